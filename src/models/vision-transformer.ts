/**
 * Vision transformer (Dosovitskiy et al., 2021), patch 16, with timm's parameter names, initialisation and defaults.
 *
 * Parameters with 1000 classes at 224 x 224: tiny 5,717,416; small 22,050,664; base 86,567,656.
 */

import type { Value } from "../engine/graph.ts";
import { add, concat, expand, reshape, slice, transpose } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { dropout } from "../nn/dropout.ts";
import { normal, truncatedNormal } from "../nn/initialisers.ts";
import { layerNormalisation } from "../nn/layer-normalisation.ts";
import { convolution, linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import {
  dropPathRates,
  type TransformerDropOptions,
  transformerBlock,
  transformerEps,
  transformerLinear,
} from "./transformer-block.ts";

/** What a vision transformer is told; the defaults make the base size, and drop nothing, as in timm. */
export interface VisionTransformerOptions extends TransformerDropOptions {
  /** Length of `logits`. */
  readonly numClasses: number;
  /** Pixels along the side of a patch; 16 by default. */
  readonly patchSize?: number;
  /** Width of the tokens and of `features`; 768 by default. */
  readonly embedDim?: number;
  /** Transformer blocks; 12 by default. */
  readonly depth?: number;
  /** Attention heads, which divide the width; 12 by default. */
  readonly numHeads?: number;
}

/** `features` [N, embedDim], the class token after the last normalisation, and `logits` [N, numClasses]. */
export type VisionTransformer = Network<"features" | "logits">;

/**
 * The network for square or oblong pictures whose sides the patch divides; the positions belong to the size of the picture.
 *
 * @throws OsteonError `shape-mismatch` when the patch does not divide a side, `bad-usage` when the heads do not divide the width
 * @example
 * const transformer = visionTransformer({ numClasses: 10, embedDim: 192, depth: 6, numHeads: 3 });
 */
export const visionTransformer =
  (options: VisionTransformerOptions): VisionTransformer =>
  (scope, x) => {
    const { numClasses, patchSize = 16, embedDim = 768, depth = 12, numHeads = 12, dropRate = 0 } = options;
    const [n, , height, width] = x.shape as readonly [number, number, number, number];
    if (height % patchSize !== 0 || width % patchSize !== 0) {
      throw new OsteonError(
        "shape-mismatch",
        `A picture of ${height} x ${width} cannot be cut into patches of ${patchSize}; its sides must be multiples of that.`,
      );
    }
    const patches = (height / patchSize) * (width / patchSize);
    const embedded = convolution(scope.at("patch_embed").at("proj"), x, {
      outChannels: embedDim,
      kernelSize: patchSize,
      stride: patchSize,
    });
    const tokens = transpose(reshape(embedded, [n, embedDim, patches]), [0, 2, 1]);
    const classToken = expand(scope.parameter("cls_token", [1, 1, embedDim], normal(1e-6)), [n, 1, embedDim]);
    const positions = scope.parameter("pos_embed", [1, patches + 1, embedDim], truncatedNormal(0.02));
    let y: Value = dropout(scope.at("pos_drop"), add(concat([classToken, tokens], 1), positions), dropRate);
    dropPathRates(options.dropPathRate ?? 0, depth).forEach((dropPath, i) => {
      y = transformerBlock(scope.at("blocks").at(i), y, { numHeads, dropPath, drop: options });
    });
    y = layerNormalisation(scope.at("norm"), y, { eps: transformerEps });
    const features = reshape(slice(y, { axes: [1], starts: [0], ends: [1] }), [n, embedDim]);
    return { features, logits: linear(scope.at("head"), features, numClasses, transformerLinear) };
  };

/** timm's vit_tiny_patch16: width 192, 12 blocks, 3 heads. */
export const viTTiny = (options: VisionTransformerOptions): VisionTransformer =>
  visionTransformer({ embedDim: 192, numHeads: 3, ...options });

/** timm's vit_small_patch16: width 384, 12 blocks, 6 heads. */
export const viTSmall = (options: VisionTransformerOptions): VisionTransformer =>
  visionTransformer({ embedDim: 384, numHeads: 6, ...options });

/** timm's vit_base_patch16: width 768, 12 blocks, 12 heads. */
export const viTBase = (options: VisionTransformerOptions): VisionTransformer => visionTransformer(options);
