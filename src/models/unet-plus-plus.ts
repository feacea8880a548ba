/**
 * UNet++ (Zhou et al., 2018, "UNet++: A Nested U-Net Architecture for Medical Image Segmentation") on a residual encoder, as
 * segmentation_models.pytorch builds it: without deep supervision, and with its names of the nested blocks.
 *
 * Number the encoder's maps from the deepest, m0, to the largest, m4. The block `x_d_l` repeats what lies left of it,
 * `x_d_(l-1)` or, where d = l, the map m_l, to the size of m_(l+1); beside it, it sees all blocks `x_e_l` with d < e <= l, and
 * m_(l+1) itself. Blocks of row 0 have the decoder's channels, all others those of m_(l+1). `x_0_4` ends at the picture's size.
 *
 * Parameters with ResNet-34, three channels and one class: 26,078,609.
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
 * UNet++: x [N, C, H, W], whose sides must divide by 32.
 *
 * @throws OsteonError `shape-mismatch` when a side does not divide
 * @example
 * const segmenter = unetPlusPlus({ encoder: "resnet18", numClasses: 1 });
 */
export const unetPlusPlus =
  ({ encoder = "resnet34", numClasses = 1 }: SegmentationOptions = {}): SegmentationNetwork =>
  (scope, x) => {
    const maps = encoderMaps(scope, x, { encoder, outputStride: 32 }).toReversed();
    const block = (row: number, layer: number, y: Value, options: Parameters<typeof decoderBlock>[2]): Value =>
      decoderBlock(scope.at("decoder").at("blocks").at(`x_${row}_${layer}`), y, options);
    const last = decoderChannels.length - 1;
    let left: Value[] = []; // the blocks of the layer before, by row
    for (let layer = 0; layer < last; layer++) {
      const here: Value[] = [];
      const skip = maps[layer + 1]!;
      for (let row = layer; row >= 0; row--) {
        const outChannels = row === 0 ? decoderChannels[layer]! : skip.shape[1]!;
        here[row] = block(row, layer, left[row] ?? maps[layer]!, {
          skips: [...here.slice(row + 1), skip],
          outChannels,
        });
      }
      left = here;
    }
    const decoded = block(0, last, left[0]!, { skips: [], outChannels: decoderChannels[last]! });
    return { logits: segmentationHead(scope, decoded, numClasses) };
  };
