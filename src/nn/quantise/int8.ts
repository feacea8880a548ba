/**
 * Eight-bit numbers for real ones: real = scale * (integer - zeroPoint), as ONNX's QuantizeLinear has it. Activations are
 * uint8 with one scale for the tensor, weights int8 around 0 with one scale for each output channel (Krishnamoorthi, 2018,
 * "Quantizing deep convolutional networks for efficient inference").
 */

import type { Range } from "./ranges.ts";

/** How a tensor of activations is written. */
export interface ActivationScale {
  readonly scale: number;
  /** In [0, 255]. */
  readonly zeroPoint: number;
}

/** Products of steps below it leave the range of 32-bit floats. */
const smallestStep = 2 ** -60;

/** The scale that spreads a range, enlarged to hold 0 exactly (padding is 0), over 0 to 255. */
export const activationScale = (range: Range): ActivationScale => {
  const [min, max] = [Math.min(range.min, 0), Math.max(range.max, 0)];
  const step = Math.fround((max - min) / 255);
  const scale = step > smallestStep ? step : 1; // a tensor of zeros has no range
  return { scale, zeroPoint: Math.min(Math.max(Math.round(-min / scale), 0), 255) };
};

/** Weights and bias of a layer in integers. */
export interface IntegerWeights {
  /** One for each output channel. */
  readonly scales: Float32Array;
  readonly weight: Int8Array;
  /** In units of inputScale * scales, as the sums of products are. */
  readonly bias: Int32Array;
}

const largestBias = 2 ** 30; // half of what 32 bits hold: room for the sum

/**
 * Weights [K, ...] with K scales.
 *
 * @param largest the largest absolute value to use, 127 or fewer
 */
export const integerWeights = (
  weight: Float32Array,
  bias: Float32Array,
  { inputScale, largest }: { readonly inputScale: number; readonly largest: number },
): IntegerWeights => {
  const perChannel = weight.length / bias.length;
  const scales = Float32Array.from(bias, (offset, k) => {
    let greatest = 0;
    for (let i = k * perChannel; i < (k + 1) * perChannel; i++) greatest = Math.max(greatest, Math.abs(weight[i]!));
    // A channel of tiny weights beside a large bias takes a scale by which the bias still fits.
    return Math.max(greatest / largest, Math.abs(offset) / inputScale / largestBias) || 1;
  });
  return {
    scales,
    weight: Int8Array.from(weight, (value, i) => Math.round(value / scales[Math.floor(i / perChannel)]!)),
    bias: Int32Array.from(bias, (value, k) => Math.round(value / (inputScale * scales[k]!))),
  };
};
