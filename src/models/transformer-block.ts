/** The pre-norm transformer block that ViT and NesT share, with timm's parameter names. */

import type { Value } from "../engine/graph.ts";
import { add, gelu } from "../engine/ops.ts";
import { selfAttention } from "../nn/attention.ts";
import { dropout, stochasticDepth } from "../nn/dropout.ts";
import { truncatedNormal, zeros } from "../nn/initialisers.ts";
import { layerNormalisation } from "../nn/layer-normalisation.ts";
import { type LinearOptions, linear } from "../nn/layers.ts";
import type { Scope } from "../nn/scope.ts";

/** timm's initialisation of every linear layer: weights truncated normal 0.02, biases 0. */
export const transformerLinear: LinearOptions = { initialiseWeight: truncatedNormal(0.02), initialiseBias: zeros };

/** The eps of every layer normalisation of timm's vision transformers. */
export const transformerEps = 1e-6;

/** What is dropped while training, each a probability in [0, 1). */
export interface TransformerDropOptions {
  /** Dropout after projections and in the multilayer perceptron; 0 by default. */
  readonly dropRate?: number;
  /** Dropout of attention weights; 0 by default. */
  readonly attnDropRate?: number;
  /** Stochastic depth of the last block; it grows evenly from 0 at the first. 0 unless a network says otherwise. */
  readonly dropPathRate?: number;
}

/** The stochastic depth of each of `depth` blocks: torch.linspace(0, rate, depth). */
export const dropPathRates = (rate: number, depth: number): readonly number[] =>
  Array.from({ length: depth }, (_, i) => (depth === 1 ? 0 : (rate * i) / (depth - 1)));

/** What one block is told. */
export interface TransformerBlockOptions {
  readonly numHeads: number;
  /** Width of the hidden layer over that of the tokens. */
  readonly mlpRatio?: number;
  readonly dropPath: number;
  readonly drop: Pick<TransformerDropOptions, "dropRate" | "attnDropRate">;
}

/** x + attention(norm(x)), then x + mlp(norm(x)): x [N, ..., tokens, dim]. Keys: `norm1`, `attn`, `norm2`, `mlp`. */
export const transformerBlock = (scope: Scope, x: Value, options: TransformerBlockOptions): Value => {
  const { numHeads, mlpRatio = 4, dropPath, drop } = options;
  const { dropRate = 0, attnDropRate = 0 } = drop;
  const dim = x.shape.at(-1)!;
  const seen = selfAttention(scope.at("attn"), layerNormalisation(scope.at("norm1"), x, { eps: transformerEps }), {
    numHeads,
    attnDrop: attnDropRate,
    projDrop: dropRate,
    ...transformerLinear,
  });
  const attended = add(x, stochasticDepth(scope.at("drop_path1"), seen, dropPath));
  const mlp = scope.at("mlp");
  const normal = layerNormalisation(scope.at("norm2"), attended, { eps: transformerEps });
  const hidden = gelu(linear(mlp.at("fc1"), normal, dim * mlpRatio, transformerLinear));
  const projected = linear(mlp.at("fc2"), dropout(mlp.at("drop1"), hidden, dropRate), dim, transformerLinear);
  const thought = dropout(mlp.at("drop2"), projected, dropRate);
  return add(attended, stochasticDepth(scope.at("drop_path2"), thought, dropPath));
};
