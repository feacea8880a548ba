/** How new tensors are filled, by PyTorch's names (torch.nn.init). */

import { sizeOf } from "../engine/shape-rules.ts";
import type { Initialiser } from "./scope.ts";

/** Every value the same. */
export const constantFill =
  (value: number): Initialiser =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);

/** 0 everywhere, as for biases. */
export const zeros: Initialiser = constantFill(0);
/** 1 everywhere, as for the weights of normalisations. */
export const ones: Initialiser = constantFill(1);

/** N(0, standardDeviation^2): torch.nn.init.normal_. */
export const normal =
  (standardDeviation: number): Initialiser =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal(0, standardDeviation));

/** N(0, standardDeviation^2) cut off at -2 and 2, as torch.nn.init.trunc_normal_ and timm's have it. */
export const truncatedNormal =
  (standardDeviation: number): Initialiser =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => {
      for (;;) {
        const value = random.normal(0, standardDeviation);
        if (Math.abs(value) <= 2) return value;
      }
    });

/** He et al. 2015, fan-out, for ReLU: N(0, 2 / (K * kh * kw)) for kernels [K, C, kh, kw]. Torchvision's ResNet. */
export const kaimingNormalFanOut: Initialiser = (shape, random) => {
  const fanOut = shape[0]! * sizeOf(shape.slice(2));
  const standardDeviation = Math.sqrt(2 / fanOut);
  return Float32Array.from({ length: sizeOf(shape) }, () => random.normal(0, standardDeviation));
};

/** He et al. 2015, fan-in, uniform, for ReLU: U(-b, b), b = sqrt(6 / fan-in). The decoders of segmentation_models.pytorch. */
export const kaimingUniformFanIn: Initialiser = (shape, random) =>
  uniformWithin(Math.sqrt(6 / fanInOf(shape)))(shape, random);

/** Kaiming-uniform with a = sqrt(5), U(-b, b), b = 1 / sqrt(fan-in): what torch.nn.Conv2d begins with. */
export const kaimingUniformA5: Initialiser = (shape, random) =>
  uniformWithin(1 / Math.sqrt(fanInOf(shape)))(shape, random);

/** Glorot and Bengio 2010, U(-b, b), b = sqrt(6 / (fan-in + fan-out)): torch.nn.init.xavier_uniform_. */
export const xavierUniform: Initialiser = (shape, random) => {
  const area = sizeOf(shape.slice(2));
  return uniformWithin(Math.sqrt(6 / (fanInOf(shape) + shape[0]! * area)))(shape, random);
};

const fanInOf = (shape: readonly number[]): number => sizeOf(shape.slice(1));

const uniformWithin =
  (bound: number): Initialiser =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-bound, bound));

/** U(-1/sqrt(fanIn), 1/sqrt(fanIn)): what torch.nn.Linear does to its weight and its bias. */
export const uniformFanIn = (fanIn: number): Initialiser => uniformWithin(1 / Math.sqrt(fanIn));

/** U(-1/sqrt(fanOut), 1/sqrt(fanOut)) for weights [out, in]: the classifiers of timm's efficient networks. */
export const uniformFanOut: Initialiser = (shape, random) => uniformWithin(1 / Math.sqrt(shape[0]!))(shape, random);
