/**
 * ResNet (He et al., 2016, "Deep Residual Learning for Image Recognition"), with torchvision's parameter names and
 * initialisation: Kaiming-normal fan-out, batch normalisation at 1 and 0, the last one of a block not zeroed.
 *
 * Parameters with 1000 classes and three channels: ResNet-18 11,689,512; ResNet-34 21,797,672.
 */

import type { Value } from "../engine/graph.ts";
import { add, globalAveragePool, maxPool2d, relu } from "../engine/ops.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { convolution, linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Scope } from "../nn/scope.ts";

/** What a residual network is told. */
export interface ResNetOptions {
  readonly numClasses: number;
}

/** `features` [N, 512] after pooling, and `logits` [N, numClasses]. */
export type ResNet = Network<"features" | "logits">;

/** Length of the feature vector of ResNet-18 and ResNet-34. */
export const resNetFeatureLength = 512;

/** Two 3 x 3 convolutions beside a short cut: x [N, C, H, W] to [N, channels, H / stride, W / stride]. */
const basicBlock = (scope: Scope, x: Value, { channels, stride }: { channels: number; stride: number }): Value => {
  let y = convolution(scope.at("conv1"), x, { outChannels: channels, kernelSize: 3, stride, padding: 1 });
  y = relu(batchNormalisation(scope.at("bn1"), y));
  y = convolution(scope.at("conv2"), y, { outChannels: channels, kernelSize: 3, padding: 1 });
  y = batchNormalisation(scope.at("bn2"), y);
  return relu(add(y, shortCut(scope.at("downsample"), x, { channels, stride })));
};

const shortCut = (scope: Scope, x: Value, { channels, stride }: { channels: number; stride: number }): Value => {
  if (stride === 1 && x.shape[1] === channels) return x;
  return batchNormalisation(scope.at(1), convolution(scope.at(0), x, { outChannels: channels, kernelSize: 1, stride }));
};

const resNet =
  (blocks: readonly number[], { numClasses }: ResNetOptions): ResNet =>
  (scope, x) => {
    let y = convolution(scope.at("conv1"), x, { outChannels: 64, kernelSize: 7, stride: 2, padding: 3 });
    y = relu(batchNormalisation(scope.at("bn1"), y));
    y = maxPool2d(y, { kernel: 3, stride: 2, padding: 1 });
    blocks.forEach((count, stage) => {
      for (let block = 0; block < count; block++) {
        const stride = stage > 0 && block === 0 ? 2 : 1;
        y = basicBlock(scope.at(`layer${stage + 1}`).at(block), y, { channels: 64 * 2 ** stage, stride });
      }
    });
    const features = globalAveragePool(y); // [N, 512]
    return { features, logits: linear(scope.at("fc"), features, numClasses) };
  };

/** ResNet-18: blocks [2, 2, 2, 2]. */
export const resNet18 = (options: ResNetOptions): ResNet => resNet([2, 2, 2, 2], options);

/** ResNet-34: blocks [3, 4, 6, 3]. */
export const resNet34 = (options: ResNetOptions): ResNet => resNet([3, 4, 6, 3], options);
