import { expect, test } from "vitest";
import { covarianceOfRows, dot, matrixOfRows, meanOfRows, normalise, rowOf } from "./matrix.ts";

const matrix = matrixOfRows([
  [3, 4],
  [0, 0],
  [-6, 8],
]);

test("rows, mean and product, by hand", () => {
  expect([...rowOf(matrix, 2)]).toEqual([-6, 8]);
  expect([...meanOfRows(matrix)]).toEqual([-1, 4]);
  expect(dot(rowOf(matrix, 0), rowOf(matrix, 2))).toBe(14);
});

test("a normalised row has length 1, and a row of zeros stays", () => {
  expect([...normalise(Float64Array.of(3, 4))]).toEqual([0.6, 0.8]);
  expect([...normalise(Float64Array.of(0, 0))]).toEqual([0, 0]);
});

test("the covariance divides by the number of rows", () => {
  // Deviations from (-1, 4): (4, 0), (1, -4), (-5, 4).
  expect([...covarianceOfRows(matrix, meanOfRows(matrix)).values]).toEqual([42 / 3, -24 / 3, -24 / 3, 32 / 3]);
});

test("rows of unequal length are refused with both lengths", () => {
  expect(() => matrixOfRows([[1], [1, 2]])).toThrow("Row 1 has 2 values and row 0 has 1.");
});
