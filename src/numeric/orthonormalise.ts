/** Orthonormal vectors from any, by the modified method of Gram and Schmidt. */

import { type Matrix, normalise, rowOf } from "./matrix.ts";

/**
 * Makes the rows orthonormal, in place: each keeps what it has beyond the rows before it. Linearly independent rows, no
 * more than columns. What is left of their products is rounding times the condition of the rows, so once is enough for
 * random rows.
 *
 * @example
 * orthonormaliseRows({ rows: 2, columns: 2, values: Float64Array.of(0, 2, 1, 1) }); // values: [0, 1, 1, 0]
 */
export const orthonormaliseRows = (matrix: Matrix<Float64Array>): void => {
  const rows = Array.from({ length: matrix.rows }, (_, i) => rowOf(matrix, i));
  rows.forEach((row, i) => {
    let before = 0;
    for (; before + 4 <= i; before += 4) removeFour(row, rows.slice(before, before + 4));
    for (; before < i; before++) removeOne(row, rows[before]!);
    normalise(row);
  });
};

const removeOne = (row: Float64Array, unit: Float64Array): void => {
  let along = 0;
  for (let j = 0; j < row.length; j++) along += row[j]! * unit[j]!;
  for (let j = 0; j < row.length; j++) row[j]! -= along * unit[j]!;
};

/** Four at a time: four sums that do not wait for each other, and a quarter of the passes over the row. */
const removeFour = (row: Float64Array, units: readonly Float64Array[]): void => {
  const [a, b, c, d] = units as [Float64Array, Float64Array, Float64Array, Float64Array];
  let [alongA, alongB, alongC, alongD] = [0, 0, 0, 0];
  for (let j = 0; j < row.length; j++) {
    const value = row[j]!;
    alongA += value * a[j]!;
    alongB += value * b[j]!;
    alongC += value * c[j]!;
    alongD += value * d[j]!;
  }
  for (let j = 0; j < row.length; j++) {
    row[j]! -= alongA * a[j]! + alongB * b[j]! + alongC * c[j]! + alongD * d[j]!;
  }
};
