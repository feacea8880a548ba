/**
 * DeepLabv3 (Chen et al., 2017, "Rethinking Atrous Convolution for Semantic Image Segmentation") and DeepLabv3+ (Chen et
 * al., 2018, "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation") on a residual encoder
 * whose last stages dilate instead of striding, as segmentation_models.pytorch builds them. Unlike the U-Nets' their
 * decoders begin with PyTorch's own initialisation.
 *
 * Parameters with ResNet-34, three channels and one class: DeepLabv3 26,007,105; DeepLabv3+ 22,437,457.
 */

import type { Value } from "../engine/graph.ts";
import { concat, expand, globalAveragePool, reshape } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { dropout } from "../nn/dropout.ts";
import type { ConvolutionOptions } from "../nn/layers.ts";
import { convolution } from "../nn/layers.ts";
import type { Scope } from "../nn/scope.ts";
import {
  convolutionAndNormalisation,
  encoderMaps,
  enlarge,
  enlargingHead,
  type SegmentationNetwork,
  type SegmentationOptions,
} from "./segmentation-parts.ts";

/** What a DeepLab is told; the defaults are smp's. */
export interface DeepLabOptions extends SegmentationOptions {
  /** Pixels of the input per pixel of the deepest map: 8 in DeepLabv3, 16 in DeepLabv3+ by default. */
  readonly outputStride?: 8 | 16;
  /**
   * Dilations of the three 3 x 3 branches of the pyramid. [12, 24, 36] by default, as smp has them at every output stride;
   * the papers take [6, 12, 18] at output stride 16 and double them at 8.
   */
  readonly atrousRates?: readonly [number, number, number];
  /** Whether those branches are depthwise separable: false in DeepLabv3, true in DeepLabv3+ by default. */
  readonly separable?: boolean;
  /** Probability of dropping what leaves the pyramid while training, in [0, 1); 0.5 by default. */
  readonly dropout?: number;
}

/** Channels of the pyramid and of all that follows, and those to which DeepLabv3+ reduces the map of stride 4. */
const channels = 256;
const lowLevelChannels = 48;

type WindowOptions = Pick<ConvolutionOptions, "kernelSize" | "padding" | "dilation"> & {
  readonly outChannels?: number;
};

/** A convolution, `0`, and its normalisation, `1`, with ReLU. */
const plain = (scope: Scope, x: Value, window: WindowOptions): Value =>
  convolutionAndNormalisation(x, {
    convolution: scope.at(0),
    normalisation: scope.at(1),
    outChannels: channels,
    ...window,
  });

/** A depthwise convolution (`0` of `depthwise`), then a 1 x 1 across channels (`1`), normalised, with ReLU. */
const depthwiseSeparable = (
  x: Value,
  { separable, normalisation, ...window }: { separable: Scope; normalisation: Scope } & WindowOptions,
): Value => {
  const inChannels = x.shape[1]!;
  const filtered = convolution(separable.at(0), x, {
    ...window,
    outChannels: inChannels,
    groups: inChannels,
    bias: false,
  });
  const across = { convolution: separable.at(1), normalisation, outChannels: channels, kernelSize: 1 };
  return convolutionAndNormalisation(filtered, across);
};

/** The mean of the whole map, convolved and put at every position: `1` the convolution, `2` its normalisation. */
const pooledBranch = (scope: Scope, x: Value): Value => {
  const [n, inChannels, height, width] = x.shape as readonly [number, number, number, number];
  if (scope.context.training && n === 1) {
    throw new OsteonError(
      "bad-usage",
      "DeepLab normalises one number per picture and channel, so it cannot train on a batch of one picture: take two or more.",
    );
  }
  const pooled = convolutionAndNormalisation(reshape(globalAveragePool(x), [n, inChannels, 1, 1]), {
    convolution: scope.at(1),
    normalisation: scope.at(2),
    outChannels: channels,
    kernelSize: 1,
  });
  return expand(pooled, [n, channels, height, width]); // what bilinear interpolation makes of a single pixel
};

type Pyramid = Required<Pick<DeepLabOptions, "atrousRates" | "separable" | "dropout">>;

/** Atrous spatial pyramid pooling: x [N, C, H, W] seen at five scales, to [N, 256, H, W]. */
const pyramid = (scope: Scope, x: Value, { atrousRates, separable, dropout: p }: Pyramid): Value => {
  const convs = scope.at("convs");
  const branches = atrousRates.map((rate, i) => {
    const [branch, window] = [convs.at(i + 1), { kernelSize: 3, padding: rate, dilation: rate }];
    if (!separable) return plain(branch, x, window);
    return depthwiseSeparable(x, { separable: branch.at(0), normalisation: branch.at(1), ...window });
  });
  const seen = [plain(convs.at(0), x, { kernelSize: 1 }), ...branches, pooledBranch(convs.at(4), x)];
  const project = scope.at("project");
  return dropout(project.at(3), plain(project, concat(seen, 1), { kernelSize: 1 }), p);
};

const smpRates = [12, 24, 36] as const;

/**
 * DeepLabv3: x [N, C, H, W], whose sides must divide by the output stride, 8 by default.
 *
 * @throws OsteonError `shape-mismatch` when a side does not divide, `bad-usage` when it is to train on batches of one picture
 */
export const deepLabV3 =
  (options: DeepLabOptions = {}): SegmentationNetwork =>
  (scope, x) => {
    const { encoder = "resnet34", numClasses = 1, outputStride = 8 } = options;
    const { atrousRates = smpRates, separable = false, dropout = 0.5 } = options;
    const deepest = encoderMaps(scope, x, { encoder, outputStride })[4];
    const decoder = scope.at("decoder");
    const decoded = convolutionAndNormalisation(
      pyramid(decoder.at("aspp"), deepest, { atrousRates, separable, dropout }),
      {
        convolution: decoder.at("conv"),
        normalisation: decoder.at("bn"),
        outChannels: channels,
        kernelSize: 3,
        padding: 1,
      },
    );
    return { logits: enlargingHead(scope, decoded, { numClasses, factor: outputStride }) };
  };

/**
 * DeepLabv3+: x [N, C, H, W], whose sides must divide by the output stride, 16 by default.
 *
 * @throws OsteonError `shape-mismatch` when a side does not divide, `bad-usage` when it is to train on batches of one picture
 */
export const deepLabV3Plus =
  (options: DeepLabOptions = {}): SegmentationNetwork =>
  (scope, x) => {
    const { encoder = "resnet34", numClasses = 1, outputStride = 16 } = options;
    const { atrousRates = smpRates, separable = true, dropout = 0.5 } = options;
    const [, lowLevel, , , deepest] = encoderMaps(scope, x, { encoder, outputStride });
    const decoder = scope.at("decoder");
    const aspp = decoder.at("aspp");
    const window = { kernelSize: 3, padding: 1 };
    const high = depthwiseSeparable(pyramid(aspp.at(0), deepest, { atrousRates, separable, dropout }), {
      separable: aspp.at(1),
      normalisation: aspp.at(2),
      ...window,
    });
    const low = plain(decoder.at("block1"), lowLevel, { kernelSize: 1, outChannels: lowLevelChannels });
    const block = decoder.at("block2");
    const fused = depthwiseSeparable(concat([enlarge(high, outputStride / 4), low], 1), {
      separable: block.at(0),
      normalisation: block.at(1),
      ...window,
    });
    return { logits: enlargingHead(scope, fused, { numClasses, factor: 4 }) };
  };
