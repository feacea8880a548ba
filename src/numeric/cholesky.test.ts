/** The factorisation against its defining identity. */

import { describe, expect, test } from "vitest";
import { cholesky, solveLower } from "./cholesky.ts";
import { dot, type Matrix, rowOf } from "./matrix.ts";
import { Random } from "./random.ts";

/** A A^T / n of a random A [n, rank]: symmetric, positive semidefinite. */
const randomGram = (n: number, rank: number): Matrix<Float64Array> => {
  const random = new Random(3, "gram", n, rank);
  const a = { rows: n, columns: rank, values: Float64Array.from({ length: n * rank }, () => random.normal()) };
  const values = Float64Array.from({ length: n * n }, (_, i) => dot(rowOf(a, Math.floor(i / n)), rowOf(a, i % n)) / n);
  return { rows: n, columns: n, values };
};

describe("cholesky", () => {
  test("L L^T is the matrix, and L y = b is solved", () => {
    const matrix = randomGram(12, 30);
    const lower = cholesky(matrix);
    const b = Float64Array.from({ length: 12 }, (_, i) => i - 4);
    const y = solveLower(lower, b);
    for (let i = 0; i < 12; i++) {
      expect(dot(rowOf(lower, i), y)).toBeCloseTo(b[i], 10);
      for (let j = 0; j < 12; j++)
        expect(dot(rowOf(lower, i), rowOf(lower, j))).toBeCloseTo(matrix.values[i * 12 + j], 12);
    }
  });

  test("a singular matrix is refused", () => {
    expect(() => cholesky({ rows: 2, columns: 2, values: Float64Array.of(1, 1, 1, 1) })).toThrow(
      "not positive definite",
    );
  });
});
