/** Thresholds that halve the training features bit by bit: no bit is nearly always set, and none is wasted. */

import { dot, type Matrix, rowOf } from "../../numeric/matrix.ts";
import { quantile } from "../../numeric/quantile.ts";
import { directionFrom } from "./hashing.ts";

/** For each normal the median projection of the training features' directions. */
export const medianThresholds = (
  features: Matrix,
  { mean, normals }: { readonly mean: Float32Array; readonly normals: Float32Array },
): Float32Array => {
  const { rows, columns } = features;
  const directions = Array.from({ length: rows }, (_, i) => directionFrom(mean, rowOf(features, i)));
  return Float32Array.from({ length: normals.length / columns }, (_, b) => {
    const normal = normals.subarray(b * columns, (b + 1) * columns);
    return quantile(
      Float64Array.from(directions, (direction) => dot(normal, direction)),
      0.5,
    );
  });
};
