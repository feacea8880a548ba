/**
 * Whether a vector is unlike all of the archive: its Mahalanobis distance from the archive's mean, with the covariance shrunk
 * as the number of vectors demands (Ledoit and Wolf, J. Multivariate Analysis 2004). The limit comes from vectors that were
 * left out of the fit. Works on any vectors: texture descriptions as on network features.
 */

import { OsteonError } from "../errors.ts";
import { cholesky, solveLower } from "../numeric/cholesky.ts";
import { covarianceOfRows, dot, type Matrix, meanOfRows, type Reals, rowOf } from "../numeric/matrix.ts";
import { normalQuantile } from "../numeric/normal-quantile.ts";
import { quantiles } from "../numeric/quantile.ts";
import { Random } from "../numeric/random.ts";

/** A fitted detector; plain data. */
export interface NoveltyModel {
  readonly mean: Float64Array;
  /** Standard deviation of each number; numbers that never vary have 1. */
  readonly scale: Float64Array;
  /** Lower triangle L of the shrunk correlation matrix L L^T, [dimensions, dimensions]. */
  readonly lower: Matrix<Float64Array>;
  /** How far the correlations were drawn towards 0, in [0, 1]. */
  readonly shrinkage: number;
  /** The distance beyond which a vector is novel. */
  readonly threshold: number;
  /** Share of the archive's own vectors that were beyond it when left out: the false alarms to expect. */
  readonly shareBeyond: number;
}

/** How the limit is set. */
export interface NoveltyOptions {
  readonly seed: number;
  /** The patient of each row: one patient's images are left out together. Each row for itself by default. */
  readonly groups?: readonly string[];
  /** Parts in turn left out of the fit; 5 by default. */
  readonly folds?: number;
  /**
   * How many standard deviations of the logarithm above the median distance the limit lies; 3 by default. The standard
   * deviation is read off between the median and the 90th percentile, so that the odd pictures that every archive holds do
   * not widen the limit, as they do where it is a high quantile.
   */
  readonly deviations?: number;
}

/** How unlike the archive a vector is. */
export interface Novelty {
  /** Root of the mean squared deviation along the archive's own axes: about 1 for a vector like the others. */
  readonly distance: number;
  /** Distance over the limit: above 1 is novel. */
  readonly ratio: number;
  readonly novel: boolean;
}

/**
 * Fits a detector to the vectors of an archive, one a row.
 *
 * @throws OsteonError `bad-input` with fewer than ten groups: there is no telling what is usual
 * @example
 * const model = fitNovelty(descriptions, { seed: 1, groups: patients });
 * noveltyOf(model, describeTexture(image)).novel;
 */
export const fitNovelty = (vectors: Matrix, options: NoveltyOptions): NoveltyModel => {
  const { seed, folds = 5, deviations = 3 } = options;
  const groups = options.groups ?? Array.from({ length: vectors.rows }, (_, i) => String(i));
  if (groups.length !== vectors.rows) {
    throw new OsteonError("shape-mismatch", `There are ${groups.length} groups for ${vectors.rows} vectors.`);
  }
  const names = [...new Set(groups)];
  if (names.length < 10) {
    throw new OsteonError(
      "bad-input",
      `Novelty needs at least ten patients to know what is usual, not ${names.length}.`,
    );
  }
  const order = new Random(seed, "novelty").permutation(names.length);
  const foldOf = new Map(names.map((name, i) => [name, order[i] % folds]));
  const distances = new Float64Array(vectors.rows);
  for (let fold = 0; fold < folds; fold++) {
    const rows = groups.map((group, i) => ({ i, out: foldOf.get(group) === fold }));
    const fitted = fitDistance(
      rowsOf(
        vectors,
        rows.filter(({ out }) => !out).map(({ i }) => i),
      ),
    );
    for (const { i, out } of rows) if (out) distances[i] = distanceFrom(fitted, rowOf(vectors, i));
  }
  const [median, ninetieth] = quantiles(distances, [0.5, 0.9]).map((distance) => Math.max(distance, 1e-9));
  const deviation = Math.log(ninetieth / median) / normalQuantile(0.9);
  const threshold = median * Math.exp(deviations * deviation);
  const beyond = distances.filter((distance) => distance > threshold).length;
  return { ...fitDistance(vectors), threshold, shareBeyond: beyond / vectors.rows };
};

/** How unlike the archive a vector is; one with a value that is not finite is novel at an infinite distance. */
export const noveltyOf = (model: NoveltyModel, vector: Reals): Novelty => {
  if (vector.length !== model.mean.length) {
    const message = `The detector is for ${model.mean.length} numbers and the vector has ${vector.length}.`;
    throw new OsteonError("shape-mismatch", message);
  }
  const found = distanceFrom(model, vector);
  const distance = Number.isNaN(found) ? Number.POSITIVE_INFINITY : found;
  return { distance, ratio: distance / model.threshold, novel: distance > model.threshold };
};

type FittedDistance = Omit<NoveltyModel, "threshold" | "shareBeyond">;

const distanceFrom = ({ mean, scale, lower }: FittedDistance, vector: Reals): number => {
  const y = solveLower(
    lower,
    Float64Array.from(vector, (value, j) => (value - mean[j]) / scale[j]),
  );
  return Math.sqrt(dot(y, y) / vector.length);
};

const rowsOf = (matrix: Matrix, rows: readonly number[]): Matrix<Float64Array> => {
  const values = new Float64Array(rows.length * matrix.columns);
  rows.forEach((row, i) => {
    values.set(rowOf(matrix, row), i * matrix.columns);
  });
  return { rows: rows.length, columns: matrix.columns, values };
};

const fitDistance = (vectors: Matrix): FittedDistance => {
  const { rows, columns } = vectors;
  const mean = meanOfRows(vectors);
  const squares = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    rowOf(vectors, i).forEach((value, j) => {
      squares[j] += (value - mean[j]) ** 2 / rows;
    });
  }
  const scale = squares.map((square) => (square > 1e-18 ? Math.sqrt(square) : 1));
  const values = Float64Array.from(vectors.values, (value, i) => (value - mean[i % columns]) / scale[i % columns]);
  const { covariance, shrinkage } = ledoitWolf({ rows, columns, values });
  return { mean, scale, lower: cholesky(covariance), shrinkage };
};

/**
 * The covariance of centred rows, drawn towards a multiple of the identity by the share that minimises the expected squared
 * error.
 */
export const ledoitWolf = (centred: Matrix): { covariance: Matrix<Float64Array>; shrinkage: number } => {
  const { rows, columns } = centred;
  const sample = covarianceOfRows(centred, new Float64Array(columns));
  let trace = 0;
  for (let j = 0; j < columns; j++) trace += sample.values[j * columns + j];
  const level = trace / columns;
  const squaredNorm = dot(sample.values, sample.values);
  const dispersion = squaredNorm - columns * level * level;
  let fourth = 0;
  for (let i = 0; i < rows; i++) fourth += dot(rowOf(centred, i), rowOf(centred, i)) ** 2;
  const error = Math.min((fourth / rows - squaredNorm) / rows, dispersion);
  const shrinkage = dispersion > 0 ? Math.max(error, 0) / dispersion : 1;
  const values = sample.values.map((value, at) => {
    const onDiagonal = at % (columns + 1) === 0;
    return (1 - shrinkage) * value + (onDiagonal ? shrinkage * level + 1e-9 : 0); // numbers that never vary stay solvable
  });
  return { covariance: { rows: columns, columns, values }, shrinkage };
};
