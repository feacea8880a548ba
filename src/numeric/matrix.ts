/** Dense row-major matrices over typed arrays, and the few products that retrieval and statistics need. */

import { OsteonError } from "../errors.ts";

/** Real numbers in a typed array. */
export type Reals = Float32Array | Float64Array;

/** Row-major: the element at (i, j) is `values[i * columns + j]`. */
export interface Matrix<Values extends Reals = Reals> {
  readonly rows: number;
  readonly columns: number;
  readonly values: Values;
}

/**
 * A matrix from rows of equal length, in single precision, as features are stored.
 *
 * @throws OsteonError `shape-mismatch` when the rows differ in length
 * @example
 * matrixOfRows([[1, 2], [3, 4]]).columns; // 2
 */
export const matrixOfRows = (rows: readonly ArrayLike<number>[]): Matrix<Float32Array> => {
  const columns = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new OsteonError("shape-mismatch", `Row ${i} has ${row.length} values and row 0 has ${columns}.`);
    }
    values.set(row, i * columns);
  });
  return { rows: rows.length, columns, values };
};

/** Row `i` as a view: writing to it writes to the matrix. */
export const rowOf = <Values extends Reals>({ columns, values }: Matrix<Values>, i: number): Values =>
  values.subarray(i * columns, (i + 1) * columns) as Values;

/** Some rows one after another as a matrix of their own, a view. */
export const rowsFrom = <Values extends Reals>(
  { columns, values }: Matrix<Values>,
  { first, count }: { readonly first: number; readonly count: number },
): Matrix<Values> => ({
  rows: count,
  columns,
  values: values.subarray(first * columns, (first + count) * columns) as Values,
});

/** Some rows of a matrix, copied, in the order in which they are named. */
export const rowsAt = (matrix: Matrix<Float32Array>, places: ArrayLike<number>): Matrix<Float32Array> => {
  const { columns } = matrix;
  const values = new Float32Array(places.length * columns);
  for (let i = 0; i < places.length; i++) values.set(rowOf(matrix, places[i]!), i * columns);
  return { rows: places.length, columns, values };
};

/** Sum of products of two vectors of equal length. */
export const dot = (a: Reals, b: Reals): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** The mean of all rows, `columns` values. */
export const meanOfRows = ({ rows, columns, values }: Matrix): Float64Array => {
  const mean = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) mean[j] += values[at++];
  return mean.map((sum) => sum / rows);
};

/** The row divided by its Euclidean length, in place; a row of zeros stays as it is. */
export const normalise = <Values extends Reals>(row: Values): Values => {
  const length = Math.sqrt(dot(row, row));
  if (length > 0) for (let i = 0; i < row.length; i++) row[i] /= length;
  return row;
};

/**
 * The covariance of the columns about a mean, divided by the number of rows (the maximum-likelihood estimate).
 *
 * @returns [columns, columns]
 */
export const covarianceOfRows = (matrix: Matrix, mean: Reals): Matrix<Float64Array> => {
  const { rows, columns } = matrix;
  const values = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    const row = rowOf(matrix, r);
    for (let j = 0; j < columns; j++) centred[j] = row[j] - mean[j];
    for (let i = 0; i < columns; i++) {
      const factor = centred[i];
      for (let j = i, at = i * columns + i; j < columns; j++) values[at++] += factor * centred[j];
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      const value = values[i * columns + j] / rows;
      values[i * columns + j] = value;
      values[j * columns + i] = value;
    }
  }
  return { rows: columns, columns, values };
};
