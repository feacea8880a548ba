/**
 * Iterative quantisation (Gong and Lazebnik, Iterative quantization: a procrustean approach to learning binary codes, CVPR 2011):
 * directions on their leading principal components, turned until they lie as near as can be to the corners of a cube. Bits are signs
 * along the turned axes. There are no more axes than components, so more bits are made of several turns, each begun elsewhere.
 */

import { Graph } from "../../engine/graph.ts";
import {
  add,
  isPositive,
  matmul,
  matmulTransposedA,
  matmulTransposedB,
  multiply,
  power,
  reduceSum,
  scalarLike,
  scale,
  subtract,
} from "../../engine/ops.ts";
import { Session } from "../../engine/session.ts";
import { floatTensor } from "../../engine/tensor.ts";
import { dot, type Matrix, rowOf, rowsAt } from "../../numeric/matrix.ts";
import { orthonormaliseRows } from "../../numeric/orthonormalise.ts";
import { Random } from "../../numeric/random.ts";
import { type PrincipalComponents, principalComponents } from "../clustering/principal-components.ts";
import type { FittedHyperplanes, TrainingDirections } from "./fitted-hyperplanes.ts";

/** What is fitted. */
export interface QuantisationSettings {
  readonly bits: number;
  readonly seed: number;
  /** Turns of each block; 50 as published. */
  readonly iterations?: number;
}

/** A rotation needs no more rows than this; of more, so many are drawn. */
const mostRows = 5_000;
/** Of Newton and Schulz's iteration: a singular value of a thousandth of all grows to 1 in so many steps. */
const polarSteps = 24;

/** @throws OsteonError `bad-input` for fewer than two directions, or directions that are all alike */
export const fitIterativeQuantisation = async (
  directions: TrainingDirections,
  { bits, seed, iterations = 50 }: QuantisationSettings,
): Promise<FittedHyperplanes> => {
  const random = new Random(seed, "iterative quantisation");
  const rows = rowsAt(directions, random.permutation(directions.rows).subarray(0, mostRows));
  const components = await principalComponents(rows, { dimensions: bits, seed });
  const { axes, mean } = components;
  const projected = project(rows, components);
  const turn = await quantisingTurn(projected);
  const normals = new Float32Array(bits * axes.columns);
  try {
    for (let first = 0; first < bits; first += axes.rows) {
      let rotation = randomRotation(axes.rows, random);
      for (let i = 0; i < iterations; i++) rotation = await turn.run(rotation);
      orthonormaliseRows(rotation);
      const block = turned(axes, rotation).subarray(0, (bits - first) * axes.columns);
      normals.set(block, first * axes.columns);
    }
  } finally {
    await turn.release();
  }
  const thresholds = Float32Array.from({ length: bits }, (_, bit) =>
    dot(normals.subarray(bit * axes.columns, (bit + 1) * axes.columns), mean),
  );
  return { normals, thresholds };
};

const project = (rows: Matrix<Float32Array>, { mean, axes }: PrincipalComponents): Matrix<Float32Array> => {
  const values = new Float32Array(rows.rows * axes.rows);
  for (let i = 0; i < rows.rows; i++) {
    const centred = rowOf(rows, i).map((value, j) => value - mean[j]!);
    for (let c = 0; c < axes.rows; c++) values[i * axes.rows + c] = dot(centred, rowOf(axes, c));
  }
  return { rows: rows.rows, columns: axes.rows, values };
};

/** Row b is the axis along which bit b is the sign. */
const randomRotation = (size: number, random: Random): Matrix<Float64Array> => {
  const rotation = {
    rows: size,
    columns: size,
    values: Float64Array.from({ length: size * size }, () => random.normal()),
  };
  orthonormaliseRows(rotation);
  return rotation;
};

/**
 * One iteration: the signs of the turned rows, then the rotation that brings the rows nearest to these signs. That is the orthogonal
 * factor of the polar decomposition of signs^T rows, which the iteration of Newton and Schulz finds by products alone.
 */
const quantisingTurn = async ({ rows, columns: size, values }: Matrix<Float32Array>) => {
  const graph = new Graph();
  const data = graph.initializer("rows", [rows, size], values);
  const rotation = graph.input("rotation", [size, size]);
  const along = matmulTransposedB(data, rotation);
  const signs = subtract(scale(isPositive(along), 2), scalarLike(along, 1));
  const product = matmulTransposedA(signs, data);
  const length = power(reduceSum(multiply(product, product), [0, 1]), -0.5);
  let factor = multiply(product, length);
  for (let step = 0; step < polarSteps; step++) {
    const cube = matmul(matmulTransposedB(factor, factor), factor);
    factor = add(scale(factor, 1.5), scale(cube, -0.5));
  }
  const session = await Session.create(graph.toModel({ next: factor }), { threads: 1 });
  return {
    run: async (now: Matrix<Float64Array>): Promise<Matrix<Float64Array>> => {
      const { next } = await session.run({ rotation: floatTensor([size, size], Float32Array.from(now.values)) });
      return { rows: size, columns: size, values: Float64Array.from(next!.data as Float32Array) };
    },
    release: () => session.release(),
  };
};

/** The turned axes in the space of directions. */
const turned = (axes: Matrix<Float64Array>, rotation: Matrix<Float64Array>): Float32Array => {
  const { rows: size, columns } = axes;
  const normals = new Float64Array(size * columns);
  for (let bit = 0; bit < size; bit++) {
    for (let c = 0; c < size; c++) {
      const share = rotation.values[bit * size + c]!;
      for (let j = 0; j < columns; j++) normals[bit * columns + j]! += share * axes.values[c * columns + j]!;
    }
  }
  return Float32Array.from(normals);
};
