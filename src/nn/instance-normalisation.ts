/** Instance normalisation (Ulyanov et al., 2016): every channel of every image by its own mean and variance. */

import type { Value } from "../engine/graph.ts";
import { add, multiply, reshape } from "../engine/ops.ts";
import { normaliseByBatch } from "./batch-normalisation.ts";
import { ones, zeros } from "./initialisers.ts";
import type { Scope } from "./scope.ts";

/** Options of instance normalisation, with PyTorch's defaults. */
export interface InstanceNormalisationOptions {
  /** Added to the variance; 1e-5 by default. */
  readonly eps?: number;
  /** Whether a factor and a shift per channel follow; false by default. */
  readonly affine?: boolean;
}

/** torch.nn.InstanceNorm2d without running statistics: x [N, C, H, W]. Parameters when affine: `weight`, `bias` [C]. */
export const instanceNormalisation = (
  scope: Scope,
  x: Value,
  { eps = 1e-5, affine = false }: InstanceNormalisationOptions = {},
): Value => {
  const [n, c, height, width] = x.shape as readonly [number, number, number, number];
  const { graph } = x;
  const filled = (value: number): Value => graph.constant(new Array<number>(n * c).fill(value), [n * c]);
  // The images' channels side by side are the channels of one image, which a batch of one normalises each by itself.
  const side = reshape(x, [1, n * c, height, width]);
  const { y } = normaliseByBatch(side, { gamma: filled(1), beta: filled(0), eps });
  const normal = reshape(y, x.shape);
  if (!affine) return normal;
  const perChannel = (value: Value): Value => reshape(value, [1, c, 1, 1]);
  const weight = perChannel(scope.parameter("weight", [c], ones));
  return add(multiply(normal, weight), perChannel(scope.parameter("bias", [c], zeros)));
};
