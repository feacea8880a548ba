/** Scaled dot-product attention (Vaswani et al., 2017) as timm's vision transformers use it. */

import type { Value } from "../engine/graph.ts";
import { matmul, matmulTransposedB, reshape, softmax, split, transpose } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { dropout } from "./dropout.ts";
import { type LinearOptions, linear } from "./layers.ts";
import type { Scope } from "./scope.ts";

/**
 * softmax(q k^T / sqrt(D)) v, for q [..., tokens, D] and k and v [..., others, D], to [..., tokens, D].
 *
 * @param onWeights what is done to the weights [..., tokens, others] before they are used, such as dropout; nothing by default
 */
export const scaledDotProductAttention = (
  q: Value,
  k: Value,
  { v, onWeights = (weights) => weights }: { readonly v: Value; readonly onWeights?: (weights: Value) => Value },
): Value => matmul(onWeights(softmax(matmulTransposedB(q, k, 1 / Math.sqrt(q.shape.at(-1)!)))), v);

/** Options of the attention layer; timm drops nothing by default. The initialisation is that of its two linear layers. */
export interface AttentionOptions extends LinearOptions {
  /** How many heads share the features. */
  readonly numHeads: number;
  /** Probability of dropping an attention weight while training, in [0, 1); 0 by default. */
  readonly attnDrop?: number;
  /** Probability of dropping a value of the result while training, in [0, 1); 0 by default. */
  readonly projDrop?: number;
}

/**
 * Self-attention: x [..., tokens, dim] to the same shape; tokens of different leading positions do not see each other.
 * Parameters as timm: `qkv.weight` [3 dim, dim], `qkv.bias`, `proj.weight` [dim, dim], `proj.bias`.
 *
 * @throws OsteonError `bad-usage` when the heads do not divide the features
 */
export const selfAttention = (
  scope: Scope,
  x: Value,
  { numHeads, attnDrop = 0, projDrop = 0, ...initialisation }: AttentionOptions,
): Value => {
  const [tokens, dim] = x.shape.slice(-2) as [number, number];
  if (dim % numHeads !== 0)
    throw new OsteonError("bad-usage", `${dim} features cannot be shared among ${numHeads} heads.`);
  const windows = x.shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const headDim = dim / numHeads;
  const qkv = reshape(linear(scope.at("qkv"), x, 3 * dim, initialisation), [windows, tokens, 3, numHeads, headDim]);
  const heads = split(transpose(qkv, [2, 0, 3, 1, 4]), { axis: 0, parts: 3 });
  const [q, k, v] = heads.map((part) => reshape(part, [windows, numHeads, tokens, headDim])) as [Value, Value, Value];
  const seen = scaledDotProductAttention(q, k, {
    v,
    onWeights: (weights) => dropout(scope.at("attn_drop"), weights, attnDrop),
  });
  const joined = reshape(transpose(seen, [0, 2, 1, 3]), x.shape);
  return dropout(scope.at("proj_drop"), linear(scope.at("proj"), joined, dim, initialisation), projDrop);
};
