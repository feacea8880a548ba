/**
 * Layer normalisation over the last axis (Ba et al., 2016). With D features, xhat = (x - mean) / sigma and g = dy gamma:
 *
 *   dgamma = sum dy xhat,  dbeta = sum dy,  dx = (g - mean g - xhat mean(g xhat)) / sigma
 */

import type { Value } from "../engine/graph.ts";
import { multiply, reduceMean, reduceSum, subtract } from "../engine/ops.ts";
import { ones, zeros } from "./initialisers.ts";
import type { Scope } from "./scope.ts";

/** Options of layer normalisation. */
export interface LayerNormalisationOptions {
  /** Added to the variance; 1e-5 by default, as in PyTorch. The vision transformers of timm use 1e-6. */
  readonly eps?: number;
}

/** torch.nn.LayerNorm over the last axis: x [..., D]. Parameters: `weight` [D], `bias` [D]. */
export const layerNormalisation = (scope: Scope, x: Value, { eps = 1e-5 }: LayerNormalisationOptions = {}): Value => {
  const shape = [x.shape.at(-1)!];
  const gamma = scope.parameter("weight", shape, ones);
  const beta = scope.parameter("bias", shape, zeros);
  return normaliseLayer(x, { gamma, beta, eps });
};

/** The operator behind {@link layerNormalisation}. */
export const normaliseLayer = (
  x: Value,
  { gamma, beta, eps }: { readonly gamma: Value; readonly beta: Value; readonly eps: number },
): Value => {
  const { graph } = x;
  const last = x.shape.length - 1;
  const leading = Array.from({ length: last }, (_, axis) => axis);
  let [mean, inverseSigma]: (Value | undefined)[] = [];
  const [y] = graph.composite("LayerNormalization", [x, gamma, beta], {
    build: () => {
      const outputs = graph.applyMany("LayerNormalization", [x, gamma, beta], { axis: last, epsilon: eps });
      [, mean, inverseSigma] = outputs;
      return [outputs[0]!];
    },
    gradient: (_entry, [dy]) => {
      const normal = multiply(subtract(x, mean!), inverseSigma!);
      const g = multiply(dy!, gamma);
      const along = multiply(normal, reduceMean(multiply(g, normal), [last], true));
      const dx = multiply(inverseSigma!, subtract(subtract(g, reduceMean(g, [last], true)), along));
      return [dx, reduceSum(multiply(dy!, normal), leading), reduceSum(dy!, leading)];
    },
  });
  return y!;
};
