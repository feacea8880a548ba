/**
 * What the segmentation networks share: a residual encoder, blocks of convolution, normalisation and ReLU, and the head that
 * brings one logit per class and pixel. Parameter names and initialisation are those of segmentation_models.pytorch (smp).
 */

import type { Value } from "../engine/graph.ts";
import { concat, relu, resizeBilinear2d, upsampleNearest2d } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { kaimingUniformFanIn, xavierUniform, zeros } from "../nn/initialisers.ts";
import { type ConvolutionOptions, convolution } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Scope } from "../nn/scope.ts";
import { type ResNetName, resNetMaps } from "./resnet.ts";

/** What every segmentation network is told. */
export interface SegmentationOptions {
  /** The residual network whose maps are decoded; ResNet-34 by default, as smp. */
  readonly encoder?: ResNetName;
  /** Masks per image; 1 by default. Each has a logit of its own, so that masks may overlap. */
  readonly numClasses?: number;
}

/** `logits` [N, numClasses, H, W], for x [N, C, H, W]. */
export type SegmentationNetwork = Network<"logits">;

/** The maps of an encoder from half of the input's size to the deepest, strides 2, 4, 8, 16, 32 where none is dilated. */
export type EncoderMaps = ReturnType<typeof resNetMaps>;

/** How the encoder of a segmentation network is built. */
export interface EncoderOptions {
  readonly encoder: ResNetName;
  /** Pixels of the input per pixel of the deepest map. */
  readonly outputStride: 8 | 16 | 32;
}

/**
 * The encoder's maps, under the name `encoder`.
 *
 * @throws OsteonError `shape-mismatch` when the height or the width of x [N, C, H, W] does not divide by the output stride
 */
export const encoderMaps = (scope: Scope, x: Value, { encoder, outputStride }: EncoderOptions): EncoderMaps => {
  const [height, width] = [x.shape[2]!, x.shape[3]!];
  if (height % outputStride !== 0 || width % outputStride !== 0) {
    const [above, across] = [height, width].map((size) => Math.ceil(size / outputStride) * outputStride);
    throw new OsteonError(
      "shape-mismatch",
      `Pictures of ${height} x ${width} cannot be segmented by this network: both sides must divide by ${outputStride}. Pad or resize them to ${above} x ${across}.`,
      { height, width, outputStride },
    );
  }
  return resNetMaps(scope.at("encoder"), x, { name: encoder, outputStride });
};

/** A convolution without bias, batch normalisation and ReLU, each under the name given for it. */
export const convolutionAndNormalisation = (
  x: Value,
  { convolution: at, normalisation, ...options }: { convolution: Scope; normalisation: Scope } & ConvolutionOptions,
): Value => relu(batchNormalisation(normalisation, convolution(at, x, { ...options, bias: false })));

/** smp's Conv2dReLU with a decoder's initialisation: `0` the convolution, `1` the normalisation. Keeps height and width. */
export const decoderConvolution = (
  scope: Scope,
  x: Value,
  { outChannels, kernelSize = 3 }: { readonly outChannels: number; readonly kernelSize?: number },
): Value =>
  convolutionAndNormalisation(x, {
    convolution: scope.at(0),
    normalisation: scope.at(1),
    outChannels,
    kernelSize,
    padding: (kernelSize - 1) / 2,
    initialiseWeight: kaimingUniformFanIn,
  });

/** `conv1` and `conv2`, two 3 x 3 convolutions with normalisation: x [N, C, H, W] to [N, outChannels, H, W]. */
export const doubleConvolution = (scope: Scope, x: Value, outChannels: number): Value =>
  decoderConvolution(scope.at("conv2"), decoderConvolution(scope.at("conv1"), x, { outChannels }), { outChannels });

/** Channels of a decoder's five blocks, from the deepest map to the picture's own size. */
export const decoderChannels = [256, 128, 64, 32, 16] as const;

/**
 * One step up a decoder: x [N, C, H, W], repeated to twice its size, joined with the maps of that size, and convolved twice
 * to [N, outChannels, 2H, 2W].
 */
export const decoderBlock = (
  scope: Scope,
  x: Value,
  { skips, outChannels }: { readonly skips: readonly Value[]; readonly outChannels: number },
): Value => {
  const larger = upsampleNearest2d(x, 2);
  return doubleConvolution(scope, skips.length === 0 ? larger : concat([larger, ...skips], 1), outChannels);
};

/** The 3 x 3 head of U-Net and its kin, Xavier-uniform with biases of 0: `segmentation_head.0`. */
export const segmentationHead = (scope: Scope, x: Value, numClasses: number): Value =>
  convolution(scope.at("segmentation_head").at(0), x, {
    outChannels: numClasses,
    kernelSize: 3,
    padding: 1,
    initialiseWeight: xavierUniform,
    initialiseBias: zeros,
  });

/** The 1 x 1 head of the DeepLabs, with PyTorch's initialisation, enlarged with the corners' centres kept in place. */
export const enlargingHead = (
  scope: Scope,
  x: Value,
  { numClasses, factor }: { readonly numClasses: number; readonly factor: number },
): Value =>
  enlarge(convolution(scope.at("segmentation_head").at(0), x, { outChannels: numClasses, kernelSize: 1 }), factor);

/** Bilinear, align_corners true, as smp's up-sampling between the DeepLabs' stages: [N, C, H, W] to [N, C, fH, fW]. */
export const enlarge = (x: Value, factor: number): Value =>
  resizeBilinear2d(x, { size: [x.shape[2]! * factor, x.shape[3]! * factor], alignCorners: true });
