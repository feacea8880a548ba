/**
 * Batch normalisation over [N, C, H, W] or a table [N, C] (Ioffe and Szegedy, 2015), with PyTorch's names, defaults and running statistics.
 *
 * ONNX Runtime's CPU build has no training form of the operator, so the batch statistics are reduced first and the
 * inference form, fed with them, applies the per-channel affine map. With M = N * H * W, c = x - mean, xhat = c / sigma:
 *
 *   dbeta = sum dy,  dgamma = sum dy * xhat,  dx = gamma / sigma * (dy - dbeta / M - xhat * dgamma / M)
 *
 * dx is affine in dy and in c per channel, hence two more passes of the same operator. Everything is written with c,
 * because the short cut over the mean of x * x loses the variance of a channel that lies far from zero.
 */

import type { TapeEntry, Value } from "../engine/graph.ts";
import {
  add,
  channelAffine,
  matmulTransposedB,
  multiply,
  negate,
  reciprocal,
  reduceSum,
  reshape,
  scale,
  sqrt,
} from "../engine/ops.ts";
import { ones, zeros } from "./initialisers.ts";
import type { Initialiser, Scope } from "./scope.ts";

/** Options of batch normalisation, with PyTorch's defaults. */
export interface BatchNormalisationOptions {
  /** Added to the variance; 1e-5 by default. */
  readonly eps?: number;
  /** The share of the new batch in the running statistics; 0.1 by default. */
  readonly momentum?: number;
  /** 1 everywhere by default. */
  readonly initialiseWeight?: Initialiser;
}

/**
 * torch.nn.BatchNorm2d for x [N, C, H, W], torch.nn.BatchNorm1d for x [N, C]. Parameters: `weight`, `bias` [C]; buffers:
 * `running_mean`, `running_var` [C]. While training it normalises by the batch and moves the running statistics; else it
 * normalises by those.
 */
export const batchNormalisation = (
  scope: Scope,
  x: Value,
  { eps = 1e-5, momentum = 0.1, initialiseWeight = ones }: BatchNormalisationOptions = {},
): Value => {
  const shape = [x.shape[1]!];
  const gamma = scope.parameter("weight", shape, initialiseWeight);
  const beta = scope.parameter("bias", shape, zeros);
  const runningMean = scope.buffer("running_mean", shape, zeros);
  const runningVariance = scope.buffer("running_var", shape, ones);
  if (!scope.context.training) {
    return x.graph.apply("BatchNormalization", [x, gamma, beta, runningMean, runningVariance], { epsilon: eps });
  }
  const images = x.shape.length === 2 ? reshape(x, [...x.shape, 1, 1]) : x;
  const { y, mean, variance } = normaliseByBatch(images, { gamma, beta, eps });
  const count = elementsPerChannel(images);
  const unbiased = count > 1 ? count / (count - 1) : 1; // PyTorch keeps the unbiased variance
  x.graph.untaped(() => {
    scope.updateBuffer("running_mean", add(scale(runningMean, 1 - momentum), scale(mean, momentum)));
    scope.updateBuffer("running_var", add(scale(runningVariance, 1 - momentum), scale(variance, momentum * unbiased)));
  });
  return images === x ? y : reshape(y, x.shape);
};

const elementsPerChannel = (x: Value): number => x.shape[0]! * x.shape[2]! * x.shape[3]!;

const sumPerChannel = (x: Value): Value => reduceSum(x, [0, 2, 3]);

/** From this many positions per map, a product of rows beats writing all products down to sum them up. */
const dotFromPositions = 196;

/** The sum of a * b per channel: [N, C, H, W] twice to [C]. */
const dotPerChannel = (a: Value, b: Value): Value => {
  const [n, c, height, width] = a.shape as readonly [number, number, number, number];
  if (height * width < dotFromPositions) return sumPerChannel(multiply(a, b));
  const rows = (x: Value): Value => reshape(x, [n * c, 1, height * width]);
  return reduceSum(reshape(matmulTransposedB(rows(a), rows(b)), [n, c]), [0]);
};

interface Affine {
  readonly gamma: Value;
  readonly beta: Value;
  readonly eps: number;
}

/** Normalises by the statistics of the batch itself and returns them beside the result. */
export const normaliseByBatch = (
  x: Value,
  { gamma, beta, eps }: Affine,
): { y: Value; mean: Value; variance: Value } => {
  const { graph } = x;
  const count = elementsPerChannel(x);
  const channels = x.shape[1]!;
  const filled = (value: number): Value => graph.constant(new Array<number>(channels).fill(value), [channels]);
  const [none, one] = [filled(0), filled(1)];
  const { mean, centred, variance, inverseSigma } = graph.untaped(() => {
    const mean = scale(sumPerChannel(x), 1 / count);
    const centred = graph.apply("BatchNormalization", [x, one, none, mean, one], { epsilon: 0 });
    const variance = scale(dotPerChannel(centred, centred), 1 / count);
    return { mean, centred, variance, inverseSigma: reciprocal(sqrt(add(variance, graph.scalar(eps)))) };
  });
  const [y] = graph.composite("BatchNormalizationTraining", [x, gamma, beta], {
    build: () => [graph.apply("BatchNormalization", [centred, gamma, beta, none, variance], { epsilon: eps })],
    gradient: (_entry: TapeEntry, [dy]) => {
      const dbeta = sumPerChannel(dy!);
      const dgamma = multiply(inverseSigma, dotPerChannel(dy!, centred));
      const onDy = multiply(gamma, inverseSigma);
      const onCentred = negate(scale(multiply(multiply(onDy, inverseSigma), dgamma), 1 / count));
      const shift = negate(scale(multiply(onDy, dbeta), 1 / count));
      return [add(channelAffine(dy!, onDy, shift), channelAffine(centred, onCentred, none)), dgamma, dbeta];
    },
  });
  return { y: y!, mean, variance };
};
