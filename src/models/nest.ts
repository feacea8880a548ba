/**
 * NesT, nested hierarchical transformer (Zhang et al., AAAI 2022), with timm's parameter names and initialisation. Attention
 * stays within blocks of tokens; between levels a convolution and a max-pool let neighbouring blocks speak.
 *
 * Parameters with 1000 classes at 224 x 224: tiny 17,057,608; small 38,351,176; base 67,723,368.
 */

import type { Value } from "../engine/graph.ts";
import { add, globalAveragePool, maxPool2d, reshape, transpose } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { truncatedNormal, zeros } from "../nn/initialisers.ts";
import { layerNormalisation } from "../nn/layer-normalisation.ts";
import { type ConvolutionOptions, convolution, linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Scope } from "../nn/scope.ts";
import {
  dropPathRates,
  type TransformerDropOptions,
  transformerBlock,
  transformerEps,
  transformerLinear,
} from "./transformer-block.ts";

/** What a NesT is told. */
export interface NestOptions extends TransformerDropOptions {
  /** Length of `logits`. */
  readonly numClasses: number;
  /**
   * How the pool between levels is padded: `symmetric` as timm trains it (default), `same` as TensorFlow and the original,
   * which weights converted from there need (timm's names end in `_jx`).
   */
  readonly padding?: "symmetric" | "same";
}

/** What makes a size of NesT. */
export interface NestArchitecture {
  /** Width of the tokens of each level. */
  readonly embedDims: readonly number[];
  /** Attention heads of each level; they divide its width. */
  readonly numHeads: readonly number[];
  /** Transformer blocks of each level. */
  readonly depths: readonly number[];
  /** Pixels along the side of a patch; 4 by default. */
  readonly patchSize?: number;
}

/** `features` [N, last width], pooled, and `logits` [N, numClasses]. */
export type Nest = Network<"features" | "logits">;

const conv = (scope: Scope, x: Value, options: ConvolutionOptions): Value =>
  convolution(scope, x, { ...options, initialiseWeight: truncatedNormal(0.02), initialiseBias: zeros });

/** Layer normalisation over the channels of a map: [N, C, H, W]. */
const normaliseChannels = (scope: Scope, x: Value): Value =>
  transpose(layerNormalisation(scope, transpose(x, [0, 2, 3, 1]), { eps: transformerEps }), [0, 3, 1, 2]);

/** 3 x 3 convolution, normalisation and max-pool between two levels: half the height and width. */
const pool = (scope: Scope, x: Value, options: { outChannels: number; padding: "symmetric" | "same" }): Value => {
  const { outChannels, padding } = options;
  const y = normaliseChannels(scope.at("norm"), conv(scope.at("conv"), x, { outChannels, kernelSize: 3, padding: 1 }));
  return maxPool2d(y, { kernel: 3, stride: 2, padding: padding === "symmetric" ? 1 : [0, 0, 1, 1] });
};

/** [N, C, H, W] to [N, side * side, tokens, C]: the tokens of each block together. */
const toBlocks = (x: Value, side: number): Value => {
  const [n, c, height, width] = x.shape as readonly [number, number, number, number];
  const apart = reshape(x, [n, c, side, height / side, side, width / side]);
  const tokens = (height / side) * (width / side);
  return reshape(transpose(apart, [0, 2, 4, 3, 5, 1]), [n, side * side, tokens, c]);
};

/** The reverse of {@link toBlocks}. */
const fromBlocks = (y: Value, [n, c, height, width]: readonly number[], side: number): Value => {
  const apart = reshape(y, [n!, side, side, height! / side, width! / side, c!]);
  return reshape(transpose(apart, [0, 5, 1, 3, 2, 4]), [n!, c!, height!, width!]);
};

/**
 * A NesT of any widths and depths: x [N, C, H, W], whose sides must be multiples of patchSize * 2^(levels - 1), 16 for the
 * published sizes. The position embeddings belong to the size of the picture. Stochastic depth is 0 by default.
 *
 * @throws OsteonError `shape-mismatch` when the picture cannot be cut into patches and blocks
 */
export const nest =
  ({ embedDims, numHeads, depths, patchSize = 4 }: NestArchitecture, options: NestOptions): Nest =>
  (scope, x) => {
    const { numClasses, padding = "symmetric", dropPathRate = 0 } = options;
    const unit = patchSize * 2 ** (depths.length - 1);
    const [, , height, width] = x.shape as readonly [number, number, number, number];
    if (height % unit !== 0 || width % unit !== 0) {
      throw new OsteonError(
        "shape-mismatch",
        `A picture of ${height} x ${width} does not suit this NesT; its sides must be multiples of ${unit}.`,
      );
    }
    const rates = dropPathRates(
      dropPathRate,
      depths.reduce((sum, depth) => sum + depth, 0),
    );
    let y = conv(scope.at("patch_embed").at("proj"), x, {
      outChannels: embedDims[0]!,
      kernelSize: patchSize,
      stride: patchSize,
    });
    let block = 0;
    depths.forEach((depth, i) => {
      const level = scope.at("levels").at(i);
      if (i > 0) y = pool(level.at("pool"), y, { outChannels: embedDims[i]!, padding });
      const side = 2 ** (depths.length - 1 - i);
      let tokens = toBlocks(y, side);
      const positions = level.parameter("pos_embed", [1, ...tokens.shape.slice(1)], truncatedNormal(0.02));
      tokens = add(tokens, positions);
      for (let j = 0; j < depth; j++) {
        const at = level.at("transformer_encoder").at(j);
        tokens = transformerBlock(at, tokens, { numHeads: numHeads[i]!, dropPath: rates[block++]!, drop: options });
      }
      y = fromBlocks(tokens, y.shape, side);
    });
    const features = globalAveragePool(normaliseChannels(scope.at("norm"), y));
    return { features, logits: linear(scope.at("head"), features, numClasses, transformerLinear) };
  };

/** The stochastic depth of the original training by size; timm's default is 0.5 for all. */
export const nestDropPathRates = {
  original: { tiny: 0.2, small: 0.3, base: 0.5 },
  timm: { tiny: 0.5, small: 0.5, base: 0.5 },
} as const;

/** NesT-T: widths 96, 192, 384; 2, 2 and 8 blocks. Stochastic depth 0.2 as in the original unless told otherwise. */
export const nestTiny = (options: NestOptions): Nest =>
  nest(
    { embedDims: [96, 192, 384], numHeads: [3, 6, 12], depths: [2, 2, 8] },
    { dropPathRate: nestDropPathRates.original.tiny, ...options },
  );

/** NesT-S: widths 96, 192, 384; 2, 2 and 20 blocks. Stochastic depth 0.3 as in the original unless told otherwise. */
export const nestSmall = (options: NestOptions): Nest =>
  nest(
    { embedDims: [96, 192, 384], numHeads: [3, 6, 12], depths: [2, 2, 20] },
    { dropPathRate: nestDropPathRates.original.small, ...options },
  );

/** NesT-B: widths 128, 256, 512; 2, 2 and 20 blocks. Stochastic depth 0.5 as in the original unless told otherwise. */
export const nestBase = (options: NestOptions): Nest =>
  nest(
    { embedDims: [128, 256, 512], numHeads: [4, 8, 16], depths: [2, 2, 20] },
    { dropPathRate: nestDropPathRates.original.base, ...options },
  );
