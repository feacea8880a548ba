/**
 * Dropout (Srivastava et al., 2014) and stochastic depth (Huang et al., 2016). The masks are inputs of the training graph,
 * drawn outside it from the seed, the step and the layer's name: a resumed training drops what an unbroken one would.
 */

import type { Value } from "../engine/graph.ts";
import { multiply } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import type { Scope } from "./scope.ts";

const keepOf = (p: number): number => {
  if (p >= 0 && p < 1) return 1 - p;
  throw new OsteonError("bad-usage", `A probability of dropping must be in [0, 1), not ${p}.`);
};

/**
 * torch.nn.Dropout: while training, every element becomes 0 with probability p, and the others are divided by 1 - p; else
 * x itself.
 *
 * @throws OsteonError `bad-usage` when p is not in [0, 1)
 */
export const dropout = (scope: Scope, x: Value, p: number): Value => {
  const mask = scope.noise("dropout", x.shape, keepOf(p));
  return mask ? multiply(x, mask) : x;
};

/**
 * timm's DropPath: while training, a whole sample of a residual branch x [N, ...] becomes 0 with probability p, and the
 * others are divided by 1 - p; else x itself.
 *
 * @throws OsteonError `bad-usage` when p is not in [0, 1)
 */
export const stochasticDepth = (scope: Scope, x: Value, p: number): Value => {
  const mask = scope.noise("drop_path", [x.shape[0]!, ...x.shape.slice(1).map(() => 1)], keepOf(p));
  return mask ? multiply(x, mask) : x;
};
