/**
 * MA-Net (Fan et al., 2020, "MA-Net: A Multi-Scale Attention Network for Liver and Tumor Segmentation", IEEE Access 8) on a
 * residual encoder, as segmentation_models.pytorch builds it: a position-wise attention block on the deepest map, and
 * multi-scale fusion attention blocks on the way up.
 *
 * Parameters with ResNet-34, three channels and one class: 31,783,633.
 */

import type { Value } from "../engine/graph.ts";
import {
  add,
  concat,
  globalAveragePool,
  matmulTransposedA,
  matmulTransposedB,
  multiply,
  relu,
  reshape,
  sigmoid,
  softmax,
  upsampleNearest2d,
} from "../engine/ops.ts";
import { kaimingUniformFanIn, zeros } from "../nn/initialisers.ts";
import { type ConvolutionOptions, convolution } from "../nn/layers.ts";
import type { Scope } from "../nn/scope.ts";
import {
  decoderBlock,
  decoderChannels,
  decoderConvolution,
  doubleConvolution,
  encoderMaps,
  type SegmentationNetwork,
  type SegmentationOptions,
  segmentationHead,
} from "./segmentation-parts.ts";

/** What MA-Net is told. */
export interface ManetOptions extends SegmentationOptions {
  /**
   * Where the attended features [HW, C] of the deepest map go. `paper` brings each position's back to that position. smp
   * reads the same numbers as [C, H, W] without transposing them, so that places and channels are mixed up; `smp` does
   * so too and is the default, for that is what weights trained with smp have learnt to live with. Both have the same
   * parameters.
   */
  readonly positionAttention?: "smp" | "paper";
}

/** Channels in which positions are compared, and the narrowing inside squeeze and excitation: smp's defaults. */
const comparedChannels = 64;
const reduction = 16;

/** A convolution with a bias and a decoder's initialisation, which keeps height and width. */
const biased = (scope: Scope, x: Value, options: Pick<ConvolutionOptions, "outChannels" | "kernelSize">): Value =>
  convolution(scope, x, {
    ...options,
    padding: (options.kernelSize - 1) / 2,
    initialiseWeight: kaimingUniformFanIn,
    initialiseBias: zeros,
  });

/**
 * The position-wise attention block: x [N, C, H, W] plus, for every position, a mean of all positions' features, weighted
 * by one softmax over all HW x HW pairs of positions; convolved to the same shape.
 */
const positionWiseAttention = (scope: Scope, x: Value, arrangement: "smp" | "paper"): Value => {
  const [n, channels, height, width] = x.shape as readonly [number, number, number, number];
  const positions = height * width;
  const flat = (name: string, outChannels: number, kernelSize: number): Value =>
    reshape(biased(scope.at(name), x, { outChannels, kernelSize }), [n, outChannels, positions]);
  const top = flat("top_conv", comparedChannels, 1);
  const centre = flat("center_conv", comparedChannels, 1);
  const bottom = flat("bottom_conv", channels, 3);
  const pairs = reshape(matmulTransposedA(centre, top), [n, positions * positions]);
  const weights = reshape(softmax(pairs), [n, positions, positions]);
  const attended =
    arrangement === "smp"
      ? matmulTransposedB(weights, bottom) // [N, HW, C]
      : matmulTransposedB(bottom, weights); // [N, C, HW]
  return biased(scope.at("out_conv"), add(x, reshape(attended, x.shape)), { outChannels: channels, kernelSize: 3 });
};

/** Squeeze and excitation (Hu et al., 2018): x [N, C, H, W] to a factor per channel, [N, C, 1, 1]. */
const excitation = (scope: Scope, x: Value): Value => {
  const [n, channels] = x.shape as readonly [number, number];
  const squeezed = reshape(globalAveragePool(x), [n, channels, 1, 1]);
  const outChannels = Math.max(1, Math.floor(channels / reduction));
  const narrow = relu(biased(scope.at(1), squeezed, { outChannels, kernelSize: 1 }));
  return sigmoid(biased(scope.at(3), narrow, { outChannels: channels, kernelSize: 1 }));
};

/**
 * The multi-scale fusion attention block: x [N, C, H, W] and the encoder's map [N, S, 2H, 2W] to [N, outChannels, 2H, 2W].
 * The deeper map's channels are weighed by both maps' excitations.
 */
const fusionAttention = (
  scope: Scope,
  x: Value,
  { skip, outChannels }: { readonly skip: Value; readonly outChannels: number },
): Value => {
  const wide = decoderConvolution(scope.at("hl_conv").at(0), x, { outChannels: x.shape[1]! });
  const high = decoderConvolution(scope.at("hl_conv").at(1), wide, { outChannels: skip.shape[1]!, kernelSize: 1 });
  // smp pools and weighs after repeating every pixel; means and products are the same before, on a quarter of the pixels.
  const weights = add(excitation(scope.at("SE_hl"), high), excitation(scope.at("SE_ll"), skip));
  return doubleConvolution(scope, concat([upsampleNearest2d(multiply(high, weights), 2), skip], 1), outChannels);
};

/**
 * MA-Net: x [N, C, H, W], whose sides must divide by 32.
 *
 * @throws OsteonError `shape-mismatch` when a side does not divide
 * @example
 * const segmenter = manet({ encoder: "resnet18", numClasses: 1 });
 */
export const manet =
  ({ encoder = "resnet34", numClasses = 1, positionAttention = "smp" }: ManetOptions = {}): SegmentationNetwork =>
  (scope, x) => {
    const [deepest, ...skips] = encoderMaps(scope, x, { encoder, outputStride: 32 }).toReversed() as [
      Value,
      ...Value[],
    ];
    const decoder = scope.at("decoder");
    let y = positionWiseAttention(decoder.at("center"), deepest, positionAttention);
    decoderChannels.forEach((outChannels, i) => {
      const [block, skip] = [decoder.at("blocks").at(i), skips[i]];
      y = skip ? fusionAttention(block, y, { skip, outChannels }) : decoderBlock(block, y, { skips: [], outChannels });
    });
    return { logits: segmentationHead(scope, y, numClasses) };
  };
