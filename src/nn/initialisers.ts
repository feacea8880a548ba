/** How new tensors are filled, by PyTorch's names (torch.nn.init). */

import { sizeOf } from "../engine/shape-rules.ts";
import type { Initialiser } from "./scope.ts";

/** Every value the same. */
export const constantFill =
  (value: number): Initialiser =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);

export const zeros: Initialiser = constantFill(0);
export const ones: Initialiser = constantFill(1);

/** He et al. 2015, fan-out, for ReLU: N(0, 2 / (K * kh * kw)) for kernels [K, C, kh, kw]. Torchvision's ResNet. */
export const kaimingNormalFanOut: Initialiser = (shape, random) => {
  const fanOut = shape[0]! * sizeOf(shape.slice(2));
  const standardDeviation = Math.sqrt(2 / fanOut);
  return Float32Array.from({ length: sizeOf(shape) }, () => random.normal(0, standardDeviation));
};

/** U(-1/sqrt(fanIn), 1/sqrt(fanIn)): what torch.nn.Linear does to its weight and its bias. */
export const uniformFanIn =
  (fanIn: number): Initialiser =>
  (shape, random) => {
    const bound = 1 / Math.sqrt(fanIn);
    return Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-bound, bound));
  };
