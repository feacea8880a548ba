/** Principal component analysis by the covariance matrix, for up to about a thousand dimensions. */

import { OsteonError } from "../errors.ts";
import { covarianceOfRows, dot, type Matrix, meanOfRows, type Reals, rowOf } from "./matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A fitted projection; plain data. */
export interface Pca {
  readonly mean: Float64Array;
  /** [components, columns]: orthonormal rows, by descending variance. */
  readonly components: Matrix<Float64Array>;
  /** Variance along each component (divided by the number of rows). */
  readonly explainedVariance: Float64Array;
}

/**
 * Fits the directions of greatest variance.
 *
 * @throws OsteonError `bad-input` with no more rows than components: the last directions would be rounding noise
 * @example
 * const pca = fitPca(features, 256);
 * const whitened = projectRow(pca, rowOf(features, 0), { whiten: true });
 */
export const fitPca = (matrix: Matrix, components: number): Pca => {
  const { rows, columns } = matrix;
  if (components > columns || components >= rows) {
    const found = `${rows} rows of ${columns} columns`;
    throw new OsteonError(
      "bad-input",
      `${components} principal components need more rows than that; there are ${found}.`,
    );
  }
  const mean = meanOfRows(matrix);
  const { eigenvalues, eigenvectors } = symmetricEigen(covarianceOfRows(matrix, mean));
  return {
    mean,
    components: { rows: components, columns, values: eigenvectors.values.slice(0, components * columns) },
    explainedVariance: eigenvalues.slice(0, components).map((variance) => Math.max(variance, 0)),
  };
};

/**
 * A row's coordinates along the components.
 *
 * @param options.whiten divides each by its standard deviation; a direction without variance gives 0
 */
export const projectRow = (pca: Pca, row: Reals, { whiten = false } = {}): Float32Array => {
  const centred = Float64Array.from(row, (value, j) => value - pca.mean[j]);
  const floor = pca.explainedVariance[0] * 1e-12;
  return Float32Array.from({ length: pca.components.rows }, (_, i) => {
    const coordinate = dot(rowOf(pca.components, i), centred);
    if (!whiten) return coordinate;
    return pca.explainedVariance[i] > floor ? coordinate / Math.sqrt(pca.explainedVariance[i]) : 0;
  });
};
