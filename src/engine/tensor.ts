/** Numbers in memory with a shape: what goes into a session and comes out of it. */

import { OsteonError } from "../errors.ts";
import { sizeOf } from "./shape-rules.ts";

/** A row-major tensor of 32-bit floats or 64-bit integers. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** A named collection of float tensors: a network's parameters and buffers under their published names. */
export type StateDict = ReadonlyMap<string, FloatTensor>;

/** A row-major tensor of 32-bit floats. */
export interface FloatTensor extends Tensor {
  readonly data: Float32Array;
}

/**
 * A tensor of 32-bit floats; the data are kept, not copied.
 *
 * @throws OsteonError `shape-mismatch` when the shape does not hold as many values as there are
 * @example
 * const image = floatTensor([1, 1, 64, 64], new Float32Array(64 * 64));
 */
export const floatTensor = (shape: readonly number[], data: Float32Array): FloatTensor => {
  if (sizeOf(shape) !== data.length) {
    throw new OsteonError(
      "shape-mismatch",
      `A tensor of shape [${shape.join(", ")}] needs ${sizeOf(shape)} values, not ${data.length}.`,
    );
  }
  return { shape, data };
};

/**
 * Whole numbers, such as class labels from 0, as an int64 tensor of shape [N].
 *
 * @throws RangeError when a label is no whole number
 */
export const labelTensor = (labels: readonly number[]): Tensor => ({
  shape: [labels.length],
  data: BigInt64Array.from(labels, BigInt),
});
