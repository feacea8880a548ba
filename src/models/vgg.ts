/**
 * VGG-16 with batch normalisation (Simonyan and Zisserman, 2015, configuration D) as DeepCluster has it (Caron et al.,
 * 2018; facebookresearch/deepcluster, models/vgg16.py): dropout once, before the second hidden layer of the classifier.
 *
 * Parameters as there: `features.0.weight` ... `features.41.bias`, `classifier.0.weight`, `classifier.3.weight`,
 * `top_layer.weight`; `sobel.0.weight` and so on with the Sobel input. (The published checkpoints were saved from several
 * devices and say `features.module.0.weight`.) With 1000 classes at 224 x 224: 138,365,992 parameters with three
 * channels, 138,365,416 behind the Sobel input.
 */

import { relu } from "../engine/ops.ts";
import { dropout as drop } from "../nn/dropout.ts";
import {
  type DeepClusterLayout,
  type DeepClusterNetwork,
  type DeepClusterOptions,
  deepClusterNetwork,
  fullyConnected,
} from "./deepcluster-parts.ts";

const block = (outChannels: number, convolutions: number): DeepClusterLayout["stages"] => [
  ...Array.from({ length: convolutions }, () => ({ outChannels, kernelSize: 3, padding: 1 })),
  { pool: { kernel: 2, stride: 2 } },
];

const layout: DeepClusterLayout = {
  name: "VGG-16",
  smallestSide: 32,
  stages: [block(64, 2), block(128, 2), block(256, 3), block(512, 3), block(512, 3)].flat(),
  classifier: (scope, x, { dropout, featureLength }) => {
    const hidden = relu(fullyConnected(scope.at(0), x, featureLength));
    return fullyConnected(scope.at(3), drop(scope.at(2), hidden, dropout), featureLength);
  },
};

/**
 * VGG-16: x [N, C, H, W] with sides from 32 pixels. The published weights take maps of 7 x 7, which sides of 224 to 255
 * pixels give; at other sizes `classifier.0.weight` has another width.
 *
 * @throws OsteonError `shape-mismatch` when a side is shorter
 * @example
 * const network = vgg16({ numClasses: 1000, sobel: true });
 */
export const vgg16 = (options: DeepClusterOptions): DeepClusterNetwork => deepClusterNetwork(layout, options);
