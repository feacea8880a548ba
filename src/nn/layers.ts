/** The layers of a convolutional network, with PyTorch's parameter names and defaults. */

import type { Value } from "../engine/graph.ts";
import { add, conv2d, gemm, type WindowOptions } from "../engine/ops.ts";
import { kaimingNormalFanOut, uniformFanIn } from "./initialisers.ts";
import type { Scope } from "./scope.ts";

/** Shape of a convolution layer without bias, as before a batch normalisation. */
export interface ConvolutionOptions extends WindowOptions {
  readonly outChannels: number;
  readonly kernelSize: number;
}

/** torch.nn.Conv2d(bias=False): x [N, C, H, W] to [N, outChannels, H', W']. Parameter: `weight`. */
export const convolution = (
  scope: Scope,
  x: Value,
  { outChannels, kernelSize, stride = 1, padding = 0 }: ConvolutionOptions,
): Value => {
  const weight = scope.parameter("weight", [outChannels, x.shape[1]!, kernelSize, kernelSize], kaimingNormalFanOut);
  return conv2d(x, weight, { stride, padding });
};

/** torch.nn.Linear: x [N, inFeatures] to [N, outFeatures]. Parameters: `weight` [out, in], `bias` [out]. */
export const linear = (scope: Scope, x: Value, outFeatures: number): Value => {
  const inFeatures = x.shape[1]!;
  const weight = scope.parameter("weight", [outFeatures, inFeatures], uniformFanIn(inFeatures));
  const bias = scope.parameter("bias", [outFeatures], uniformFanIn(inFeatures));
  return add(gemm(x, weight, { transB: true }), bias);
};
