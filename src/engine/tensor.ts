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
 * Whole numbers from 0, such as class labels, as an int64 tensor of shape [N].
 *
 * @throws OsteonError `bad-usage` for a number that is none of them
 */
export const labelTensor = (labels: readonly number[]): Tensor => {
  const wrong = labels.find((label) => !(Number.isSafeInteger(label) && label >= 0));
  if (wrong !== undefined) throw new OsteonError("bad-usage", `A label is a whole number from 0, not ${wrong}.`);
  return { shape: [labels.length], data: BigInt64Array.from(labels, BigInt) };
};
