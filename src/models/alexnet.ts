/**
 * AlexNet with batch normalisation as DeepCluster has it (Caron et al., 2018; facebookresearch/deepcluster,
 * models/alexnet.py): five convolutions of 96, 256, 384, 384 and 256 channels in one tower, no local response
 * normalisation, and dropout before both hidden layers of the classifier.
 *
 * Parameters as there: `features.0.weight` ... `features.15.bias`, `classifier.1.weight`, `classifier.4.weight`,
 * `top_layer.weight`; `sobel.0.weight` and so on with the Sobel input. (The published checkpoints were saved from several
 * devices and say `features.module.0.weight`.) With 1000 classes at 224 x 224: 62,381,096 parameters with three channels,
 * 62,369,480 behind the Sobel input.
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

const pool = { kernel: 3, stride: 2 };

const layout: DeepClusterLayout = {
  name: "AlexNet",
  smallestSide: 63,
  stages: [
    { outChannels: 96, kernelSize: 11, stride: 4, padding: 2 },
    { pool },
    { outChannels: 256, kernelSize: 5, padding: 2 },
    { pool },
    { outChannels: 384, kernelSize: 3, padding: 1 },
    { outChannels: 384, kernelSize: 3, padding: 1 },
    { outChannels: 256, kernelSize: 3, padding: 1 },
    { pool },
  ],
  classifier: (scope, x, { dropout, featureLength }) => {
    const hidden = relu(fullyConnected(scope.at(1), drop(scope.at(0), x, dropout), featureLength));
    return fullyConnected(scope.at(4), drop(scope.at(3), hidden, dropout), featureLength);
  },
};

/**
 * AlexNet: x [N, C, H, W] with sides from 63 pixels. The published weights take maps of 6 x 6, which sides of 223 to 254
 * pixels give (224 as published); at other sizes `classifier.1.weight` has another width.
 *
 * @throws OsteonError `shape-mismatch` when a side is shorter
 * @example
 * const network = alexNet({ numClasses: 1000, sobel: true });
 */
export const alexNet = (options: DeepClusterOptions): DeepClusterNetwork => deepClusterNetwork(layout, options);
