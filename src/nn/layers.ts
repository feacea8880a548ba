/** The layers that hold weights, with PyTorch's parameter names and defaults. */

import type { Value } from "../engine/graph.ts";
import { conv2d, convTranspose2d, gather, gemm, reshape, type WindowOptions } from "../engine/ops.ts";
import { kaimingUniformA5, normal, uniformFanIn } from "./initialisers.ts";
import type { Initialiser, Scope } from "./scope.ts";

/** Shape of a convolution layer; stride 1, padding 0, dilation 1 and groups 1 by default. */
export interface ConvolutionOptions extends WindowOptions {
  readonly outChannels: number;
  /** Height and width of the kernels. */
  readonly kernelSize: number;
  /** Into how many groups the channels are split, which do not see each other; must divide both numbers of channels. */
  readonly groups?: number;
  /** True as in PyTorch; false before a normalisation, which takes any bias off again. */
  readonly bias?: boolean;
  /** PyTorch's default, Kaiming-uniform with a = sqrt(5), if nothing else is said. */
  readonly initialiseWeight?: Initialiser;
  /** PyTorch's default, U(-b, b) with b = 1 / sqrt(fan-in), if nothing else is said. */
  readonly initialiseBias?: Initialiser;
}

/**
 * torch.nn.Conv2d: x [N, C, H, W] to [N, outChannels, H', W']. Parameters: `weight`
 * [outChannels, C / groups, k, k], and `bias` [outChannels] where there is one.
 *
 * @example
 * const conv3x3: Network<"maps"> = (scope, image) => ({
 *   maps: convolution(scope.at("conv1"), image, { outChannels: 64, kernelSize: 3, padding: 1, bias: false }),
 * });
 */
export const convolution = (scope: Scope, x: Value, options: ConvolutionOptions): Value => {
  const { outChannels, kernelSize, groups = 1, bias = true, initialiseWeight, initialiseBias, ...window } = options;
  const inChannels = x.shape[1]! / groups;
  const shape = [outChannels, inChannels, kernelSize, kernelSize];
  const weight = scope.parameter("weight", shape, initialiseWeight ?? kaimingUniformA5);
  const fanIn = uniformFanIn(inChannels * kernelSize ** 2);
  return conv2d(x, weight, {
    groups,
    ...window,
    ...(bias ? { bias: scope.parameter("bias", [outChannels], initialiseBias ?? fanIn) } : {}),
  });
};

/** Shape of a transposed convolution layer. */
export interface TransposedConvolutionOptions extends ConvolutionOptions {
  /** Rows and columns added below and on the right, as PyTorch's output_padding; 0 by default. */
  readonly outputPadding?: number;
}

/**
 * torch.nn.ConvTranspose2d: x [N, C, H, W] to [N, outChannels, H', W']. Parameters: `weight`
 * [C, outChannels / groups, k, k], and `bias` [outChannels] where there is one.
 */
export const transposedConvolution = (scope: Scope, x: Value, options: TransposedConvolutionOptions): Value => {
  const { outChannels, kernelSize, groups = 1, bias = true, outputPadding = 0, ...rest } = options;
  const { initialiseWeight, initialiseBias, ...window } = rest;
  const shape = [x.shape[1]!, outChannels / groups, kernelSize, kernelSize];
  const weight = scope.parameter("weight", shape, initialiseWeight ?? kaimingUniformA5);
  const fanIn = uniformFanIn((outChannels / groups) * kernelSize ** 2);
  return convTranspose2d(x, weight, {
    groups,
    outputPadding,
    ...window,
    ...(bias ? { bias: scope.parameter("bias", [outChannels], initialiseBias ?? fanIn) } : {}),
  });
};

/** Options of the fully connected layer. */
export interface LinearOptions {
  /** True by default. */
  readonly bias?: boolean;
  /** PyTorch's default, U(-1/sqrt(in), 1/sqrt(in)), if nothing else is said; so for the bias. */
  readonly initialiseWeight?: Initialiser;
  readonly initialiseBias?: Initialiser;
}

/** torch.nn.Linear: x [..., in] to [..., outFeatures]. Parameters: `weight` [out, in], `bias` [out]. */
export const linear = (
  scope: Scope,
  x: Value,
  outFeatures: number,
  { bias = true, initialiseWeight, initialiseBias }: LinearOptions = {},
): Value => {
  const inFeatures = x.shape.at(-1)!;
  const fanIn = uniformFanIn(inFeatures);
  const weight = scope.parameter("weight", [outFeatures, inFeatures], initialiseWeight ?? fanIn);
  const options = {
    transB: true,
    ...(bias ? { bias: scope.parameter("bias", [outFeatures], initialiseBias ?? fanIn) } : {}),
  };
  if (x.shape.length === 2) return gemm(x, weight, options);
  const leading = x.shape.slice(0, -1);
  const rows = reshape(x, [leading.reduce((product, size) => product * size, 1), inFeatures]);
  return reshape(gemm(rows, weight, options), [...leading, outFeatures]);
};

/** torch.nn.Embedding: indices int64 of any shape to [...indices, dim]. Parameter: `weight` [count, dim], N(0, 1). */
export const embedding = (scope: Scope, indices: Value, { count, dim }: { count: number; dim: number }): Value =>
  gather(scope.parameter("weight", [count, dim], normal(1)), indices);
