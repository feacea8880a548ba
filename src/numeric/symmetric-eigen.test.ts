/** The decomposition against its defining identities. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { dot, rowOf } from "./matrix.ts";
import { Random } from "./random.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A random symmetric matrix of a rank. */
const randomSymmetric = (seed: number, n: number, rank: number) => {
  const random = new Random(seed, "symmetric");
  const a = { rows: n, columns: rank, values: Float64Array.from({ length: n * rank }, () => random.normal()) };
  const signs = Array.from({ length: rank }, (_, i) => (i % 3 === 2 ? -1 : 1));
  const signed = (i: number) => rowOf(a, i).map((value, k) => value * signs[k]!);
  const values = Float64Array.from({ length: n * n }, (_, at) => dot(signed(Math.floor(at / n)), rowOf(a, at % n)));
  return { rows: n, columns: n, values };
};

test("A v = lambda v, the vectors are orthonormal, the values fall, and their sum is the trace", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }), (seed, n, rank) => {
      const matrix = randomSymmetric(seed, n, rank);
      const { values, vectors } = symmetricEigen(matrix);
      const scale = Math.max(...matrix.values.map(Math.abs), 1);
      for (let i = 0; i < n; i++) {
        const v = rowOf(vectors, i);
        for (let j = 0; j < n; j++) {
          expect(Math.abs(dot(rowOf(matrix, j), v) - values[i]! * v[j]!)).toBeLessThan(1e-11 * scale * n);
          expect(dot(v, rowOf(vectors, j))).toBeCloseTo(i === j ? 1 : 0, 11);
        }
        if (i > 0) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
      }
      const trace = matrix.values.reduce((sum, value, at) => (at % (n + 1) === 0 ? sum + value : sum), 0);
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) - trace)).toBeLessThan(1e-11 * scale * n);
    }),
    { numRuns: 40 },
  );
});

test("a large matrix of small rank is put together again from its decomposition", () => {
  const n = 160;
  const matrix = randomSymmetric(1, n, 40);
  const { values, vectors } = symmetricEigen(matrix);
  let worst = 0;
  for (let at = 0; at < n * n; at++) {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[k]! * rowOf(vectors, k)[i]! * rowOf(vectors, k)[j]!;
    worst = Math.max(worst, Math.abs(sum - matrix.values[at]!));
  }
  expect(worst).toBeLessThan(1e-11);
});

test("a diagonal matrix is its own decomposition, and equal values do no harm", () => {
  const { values, vectors } = symmetricEigen({
    rows: 3,
    columns: 3,
    values: Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 5),
  });
  expect([...values]).toEqual([5, 5, 1]);
  expect([...vectors.values]).toEqual([0, 1, 0, 0, 0, 1, 1, 0, 0]);
});
