/** Factorisations against their defining identities. */
import { describe, expect, test } from "vitest";
import { cholesky, solveLower } from "./cholesky.ts";
import { dot, type Matrix, rowOf } from "./matrix.ts";
import { fitPca, projectRow } from "./pca.ts";
import { Random } from "./random.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A A^T / n of a random A [n, rank]: symmetric, positive semidefinite. */
const randomGram = (n: number, rank: number): Matrix<Float64Array> => {
  const random = new Random(3, "gram", n, rank);
  const a = { rows: n, columns: rank, values: Float64Array.from({ length: n * rank }, () => random.normal()) };
  const values = Float64Array.from({ length: n * n }, (_, i) => dot(rowOf(a, Math.floor(i / n)), rowOf(a, i % n)) / n);
  return { rows: n, columns: n, values };
};

describe("symmetricEigen", () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 1],
    [17, 17],
    [40, 5],
    [90, 120],
  ])("order %i, rank %i: orthonormal vectors that diagonalise it", (n, rank) => {
    const matrix = randomGram(n, rank);
    const { eigenvalues, eigenvectors } = symmetricEigen(matrix);
    for (let i = 0; i < n; i++) {
      const v = rowOf(eigenvectors, i);
      const image = Float64Array.from({ length: n }, (_, r) => dot(rowOf(matrix, r), v));
      for (let j = 0; j < n; j++) {
        expect(Math.abs(image[j] - eigenvalues[i] * v[j])).toBeLessThan(1e-12 * n);
        expect(Math.abs(dot(v, rowOf(eigenvectors, j)) - (i === j ? 1 : 0))).toBeLessThan(1e-12 * n);
      }
      if (i > 0) expect(eigenvalues[i]).toBeLessThanOrEqual(eigenvalues[i - 1]);
    }
  });

  test("a diagonal matrix, repeated and negative eigenvalues", () => {
    const values = Float64Array.of(2, 0, 0, 0, -5, 0, 0, 0, 2);
    expect([...symmetricEigen({ rows: 3, columns: 3, values }).eigenvalues]).toEqual([2, 2, -5]);
  });

  test("values that are not finite are refused", () => {
    expect(() => symmetricEigen({ rows: 1, columns: 1, values: Float64Array.of(Number.NaN) })).toThrow("not finite");
  });
});

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

describe("fitPca", () => {
  const random = new Random(8, "pca");
  // Variance 9 along (3, 4) / 5, 1 across it.
  const rows = Array.from({ length: 4000 }, () => {
    const along = random.normal(0, 3);
    const across = random.normal();
    return [7 + 0.6 * along - 0.8 * across, -2 + 0.8 * along + 0.6 * across];
  });
  const matrix = { rows: 4000, columns: 2, values: Float64Array.from(rows.flat()) };

  test("finds the direction and the variance it was given", () => {
    const pca = fitPca(matrix, 2);
    // Five standard errors, sqrt(2 / 4000) each of the variance.
    expect(Math.abs(pca.explainedVariance[0] / 9 - 1)).toBeLessThan(0.112);
    expect(Math.abs(pca.explainedVariance[1] - 1)).toBeLessThan(0.112);
    expect(pca.components.values[0]).toBeCloseTo(0.6, 1);
    expect(pca.components.values[1]).toBeCloseTo(0.8, 1);
  });

  test("whitened coordinates have mean 0 and variance 1", () => {
    const pca = fitPca(matrix, 2);
    const sums = [0, 0, 0, 0, 0];
    for (let i = 0; i < matrix.rows; i++) {
      const [a, b] = projectRow(pca, rowOf(matrix, i), { whiten: true });
      [a, b, a * a, b * b, a * b].forEach((value, s) => {
        sums[s] += value / matrix.rows;
      });
    }
    [0, 0, 1, 1, 0].forEach((expected, s) => {
      expect(sums[s]).toBeCloseTo(expected, 5);
    });
  });

  test("as many components as rows are refused", () => {
    expect(() => fitPca({ rows: 2, columns: 2, values: new Float64Array(4) }, 2)).toThrow("need more rows");
  });
});
