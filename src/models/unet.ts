/**
 * U-Net (Ronneberger et al., 2015, "U-Net: Convolutional Networks for Biomedical Image Segmentation") on a residual encoder,
 * as segmentation_models.pytorch builds it: the decoder repeats pixels where the paper has transposed convolutions, and its
 * last block, at the picture's own size, has no map to join.
 *
 * Parameters with ResNet-34, three channels and one class: 24,436,369.
 */

import type { Value } from "../engine/graph.ts";
import {
  decoderBlock,
  decoderChannels,
  encoderMaps,
  type SegmentationNetwork,
  type SegmentationOptions,
  segmentationHead,
} from "./segmentation-parts.ts";

/**
 * U-Net: x [N, C, H, W], whose sides must divide by 32.
 *
 * @throws OsteonError `shape-mismatch` when a side does not divide
 * @example
 * const segmenter = unet({ encoder: "resnet18", numClasses: 1 });
 */
export const unet =
  ({ encoder = "resnet34", numClasses = 1 }: SegmentationOptions = {}): SegmentationNetwork =>
  (scope, x) => {
    const [deepest, ...skips] = encoderMaps(scope, x, { encoder, outputStride: 32 }).toReversed() as [
      Value,
      ...Value[],
    ];
    const blocks = scope.at("decoder").at("blocks");
    const decoded = decoderChannels.reduce(
      (y, outChannels, i) => decoderBlock(blocks.at(i), y, { skips: skips.slice(i, i + 1), outChannels }),
      deepest,
    );
    return { logits: segmentationHead(scope, decoded, numClasses) };
  };
