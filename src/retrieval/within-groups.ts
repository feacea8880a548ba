/**
 * Vectors brought to a scale on which those of one group scatter alike in every direction (as in linear discriminant analysis): what
 * varies between pictures of the same kind counts little, what does not counts much.
 */

import { cholesky, solveLower } from "../numeric/cholesky.ts";
import { covarianceOfRows, type Matrix, matrixOfRows, meanOfRows, type Reals, rowOf } from "../numeric/matrix.ts";

/** A fitted scale; plain data. */
export interface GroupScale {
  /** Standard deviation of each number over all vectors; numbers that never vary have 1. */
  readonly deviations: Float64Array;
  /** Lower triangle L of the covariance L L^T within the groups, of the numbers in their deviations. */
  readonly lower: Matrix<Float64Array>;
}

/**
 * @param groups the group of each row
 * @param shrinkage how far the covariance is drawn towards a multiple of the identity, above 0 and at most 1: groups of a few vectors
 *   do not fill all directions
 */
export const fitGroupScale = (vectors: Matrix, groups: readonly string[], shrinkage: number): GroupScale => {
  const { rows, columns } = vectors;
  const mean = meanOfRows(vectors);
  const squares = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (const [j, value] of rowOf(vectors, i).entries()) squares[j]! += (value - mean[j]!) ** 2 / rows;
  }
  const deviations = squares.map((square) => (square > 1e-18 ? Math.sqrt(square) : 1));
  const values = Float64Array.from(vectors.values, (value, i) => value / deviations[i % columns]!);
  const scaled = { rows, columns, values };
  for (const own of Map.groupBy(groups.keys(), (row) => groups[row]!).values()) {
    const centre = meanOfRows(matrixOfRows(own.map((row) => rowOf(scaled, row))));
    for (const row of own) for (const [j, middle] of centre.entries()) values[row * columns + j]! -= middle;
  }
  const covariance = covarianceOfRows(scaled, new Float64Array(columns));
  const trace = covariance.values.reduce((sum, value, at) => (at % (columns + 1) === 0 ? sum + value : sum), 0);
  const spread = Math.max(trace / columns, 1e-6); // where every group is of one vector
  for (let at = 0; at < covariance.values.length; at++) {
    const onDiagonal = at % (columns + 1) === 0 ? shrinkage * spread : 0;
    covariance.values[at] = covariance.values[at]! * (1 - shrinkage) + onDiagonal;
  }
  return { deviations, lower: cholesky(covariance) };
};

/** A vector on the scale. */
export const onGroupScale = ({ deviations, lower }: GroupScale, vector: Reals): Float64Array =>
  solveLower(
    lower,
    Float64Array.from(vector, (value, j) => value / deviations[j]!),
  );
