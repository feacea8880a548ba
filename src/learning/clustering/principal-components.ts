/**
 * Principal components on the tensor engine, whitened, as DeepCluster does before k-means (Caron et al., 2018,
 * clustering.py): rows are centred, turned onto the leading axes, divided by the standard deviation along each, and scaled to
 * length 1.
 */

import { Graph } from "../../engine/graph.ts";
import { matmul, matmulTransposedA, matmulTransposedB, subtract } from "../../engine/ops.ts";
import { Session } from "../../engine/session.ts";
import { floatTensor } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { dot, type Matrix, meanOfRows, normalise, rowOf } from "../../numeric/matrix.ts";
import { orthonormaliseRows } from "../../numeric/orthonormalise.ts";
import { Random } from "../../numeric/random.ts";
import { type Eigen, symmetricEigen } from "../../numeric/symmetric-eigen.ts";
import { type BuildBatch, RowBatches } from "./row-batches.ts";

/** The leading axes of rows. */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** The variance along each axis, the largest first; of rows by their number, not by one less. */
  readonly variances: Float64Array;
  /** Row i is the unit vector of axis i. */
  readonly axes: Matrix<Float64Array>;
}

/** Below this share of the largest variance there is only rounding in single precision, which whitening would blow up. */
const leastVariance = 1e-6;

/**
 * The leading principal components of rows: as many as are asked for, or as there is variance along.
 *
 * @throws OsteonError `bad-input` for fewer than two rows, rows that are all alike, or dimensions that are not above 0
 */
export const principalComponents = async (
  rows: Matrix<Float32Array>,
  { dimensions, seed }: { readonly dimensions: number; readonly seed: number },
): Promise<PrincipalComponents> => {
  if (rows.rows < 2 || !(dimensions >= 1)) {
    throw new OsteonError("bad-input", `${rows.rows} rows have no ${dimensions} principal components.`);
  }
  const mean = meanOfRows(rows);
  const covariance = await covarianceOf(rows, mean);
  const { values, vectors } = await leadingEigen(covariance, { count: Math.min(dimensions, rows.columns), seed });
  const kept = values.filter((value) => value > leastVariance * values[0]!).length;
  if (!(values[0]! > 0)) throw new OsteonError("bad-input", "Rows that are all alike have no principal components.");
  return {
    mean,
    variances: values.slice(0, kept),
    axes: { rows: kept, columns: rows.columns, values: vectors.values.slice(0, kept * rows.columns) },
  };
};

/** The rows on the axes, whitened and scaled to length 1. */
export const whiten = async (
  rows: Matrix<Float32Array>,
  { mean, variances, axes }: PrincipalComponents,
): Promise<Matrix<Float32Array>> => {
  const scaled = Float32Array.from(
    axes.values,
    (value, at) => value / Math.sqrt(variances[Math.floor(at / axes.columns)]!),
  );
  const values = new Float32Array(rows.rows * axes.rows);
  const build: BuildBatch = (x, graph) => {
    const centred = subtract(x, graph.constant([...mean], [rows.columns]));
    return { y: matmulTransposedB(centred, graph.initializer("axes", [axes.rows, axes.columns], scaled)) };
  };
  for await (const { first, y } of overBatches(rows, build)) values.set(y, first * axes.rows);
  const whitened = { rows: rows.rows, columns: axes.rows, values };
  for (let i = 0; i < rows.rows; i++) normalise(rowOf(whitened, i));
  return whitened;
};

/** The output `y` of a graph of each batch. */
async function* overBatches(
  rows: Matrix<Float32Array>,
  build: BuildBatch,
): AsyncGenerator<{ first: number; y: Float32Array }, void> {
  const batches = await RowBatches.create(rows, build);
  try {
    for await (const { first, outputs } of batches.run()) yield { first, y: outputs.y!.data as Float32Array };
  } finally {
    await batches.release();
  }
}

/** The products of a batch come in single precision; their sums do not. */
const covarianceOf = async (rows: Matrix<Float32Array>, mean: Float64Array): Promise<Matrix<Float64Array>> => {
  const { columns } = rows;
  const values = new Float64Array(columns * columns);
  const build: BuildBatch = (x, graph) => {
    const centred = subtract(x, graph.constant([...mean], [columns]));
    return { y: matmulTransposedA(centred, centred) };
  };
  for await (const { y } of overBatches(rows, build)) for (let i = 0; i < values.length; i++) values[i]! += y[i]!;
  for (let i = 0; i < values.length; i++) values[i]! /= rows.rows;
  return { rows: columns, columns, values };
};

/** Further axes that are followed with those that are wanted: the last of these settle the sooner for it. */
const furtherAxes = (count: number): number => Math.max(16, Math.ceil(count / 4));

const mostIterations = 200;

/** The followed axes hold all the variance that they ever will when it grows by less than this share. */
const settled = 1e-6;

/** The leading eigenvectors by subspace iteration (Golub and Van Loan, 8.2.4), or all of a small matrix. */
const leadingEigen = async (
  matrix: Matrix<Float64Array>,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Eigen> => {
  const { rows: n } = matrix;
  const followed = count + furtherAxes(count);
  if (followed >= n) return leading(symmetricEigen(matrix), count);
  const random = new Random(seed, "principal components");
  let axes: Matrix<Float64Array> = {
    rows: followed,
    columns: n,
    values: Float64Array.from({ length: followed * n }, () => random.normal()),
  };
  orthonormaliseRows(axes);
  const multiply = await multiplierBy(matrix, followed);
  try {
    let images = await multiply.run(axes);
    let variance = traceOf(axes, images);
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      orthonormaliseRows(images);
      axes = images;
      images = await multiply.run(axes);
      const before = variance;
      variance = traceOf(axes, images);
      if (variance - before <= settled * variance) break;
    }
    return leading(turn(axes, images), count);
  } finally {
    await multiply.release();
  }
};

/** The product of rows with a symmetric matrix, on the engine. */
const multiplierBy = async (matrix: Matrix<Float64Array>, count: number) => {
  const { rows: n } = matrix;
  const graph = new Graph();
  const by = graph.initializer("matrix", [n, n], Float32Array.from(matrix.values));
  const session = await Session.create(graph.toModel({ y: matmul(graph.input("x", [count, n]), by) }), { threads: 1 });
  return {
    run: async ({ values }: Matrix<Float64Array>): Promise<Matrix<Float64Array>> => {
      const { y } = await session.run({ x: floatTensor([count, n], Float32Array.from(values)) });
      return { rows: count, columns: n, values: Float64Array.from(y!.data as Float32Array) };
    },
    release: () => session.release(),
  };
};

const traceOf = (axes: Matrix<Float64Array>, images: Matrix<Float64Array>): number => {
  let trace = 0;
  for (let i = 0; i < axes.rows; i++) trace += dot(rowOf(axes, i), rowOf(images, i));
  return trace;
};

/** The eigenvectors within the space of some axes, given the axes' images (Rayleigh and Ritz). */
const turn = (axes: Matrix<Float64Array>, images: Matrix<Float64Array>): Eigen => {
  const { rows: count, columns } = axes;
  const within = Float64Array.from({ length: count * count }, (_, at) =>
    dot(rowOf(axes, Math.floor(at / count)), rowOf(images, at % count)),
  );
  const { values, vectors } = symmetricEigen({ rows: count, columns: count, values: within });
  const turned = new Float64Array(count * columns);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const share = vectors.values[i * count + k]!;
      for (let j = 0; j < columns; j++) turned[i * columns + j]! += share * axes.values[k * columns + j]!;
    }
  }
  return { values, vectors: { rows: count, columns, values: turned } };
};

const leading = ({ values, vectors }: Eigen, count: number): Eigen => ({
  values: values.slice(0, count),
  vectors: { rows: count, columns: vectors.columns, values: vectors.values.slice(0, count * vectors.columns) },
});
