/**
 * ResNet (He et al., 2016, "Deep Residual Learning for Image Recognition"), with torchvision's parameter names and
 * initialisation: Kaiming-normal fan-out, batch normalisation at 1 and 0. The bottleneck strides in its 3 x 3 convolution
 * ("v1.5"), as torchvision's and timm's; the paper strides in the first 1 x 1.
 *
 * Parameters with 1000 classes and three channels: ResNet-18 11,689,512; ResNet-34 21,797,672; ResNet-50 25,557,032.
 */

import type { Value } from "../engine/graph.ts";
import { add, globalAveragePool, maxPool2d, relu } from "../engine/ops.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { kaimingNormalFanOut, zeros } from "../nn/initialisers.ts";
import { type ConvolutionOptions, convolution, linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Scope } from "../nn/scope.ts";

/** What a residual network is told. */
export interface ResNetOptions {
  /** Length of `logits`. */
  readonly numClasses: number;
  /**
   * Whether the last normalisation of each block begins at 0, so that a block begins as its short cut (Goyal et al., 2017).
   * False as in torchvision, where it is called zero_init_residual; timm's zero_init_last is true.
   */
  readonly zeroInitResidual?: boolean;
}

/** `features` [N, 512 or 2048] after pooling, and `logits` [N, numClasses]. */
export type ResNet = Network<"features" | "logits">;

/** The published depths. */
export type ResNetName = "resnet18" | "resnet34" | "resnet50";

interface Depth {
  readonly blocks: readonly [number, number, number, number];
  /** Widening from a block's inner channels to its outer ones: 1 for basic blocks, 4 for bottlenecks. */
  readonly expansion: 1 | 4;
}

const depths: Readonly<Record<ResNetName, Depth>> = {
  resnet18: { blocks: [2, 2, 2, 2], expansion: 1 },
  resnet34: { blocks: [3, 4, 6, 3], expansion: 1 },
  resnet50: { blocks: [3, 4, 6, 3], expansion: 4 },
};

/** Length of the feature vector of ResNet-18 and ResNet-34; that of ResNet-50 is 2048. */
export const resNetFeatureLength = 512;

interface BlockOptions {
  readonly channels: number;
  readonly stride: number;
  readonly dilation: number;
  readonly zeroInitResidual: boolean;
}

const conv = (scope: Scope, x: Value, options: ConvolutionOptions): Value =>
  convolution(scope, x, { ...options, bias: false, initialiseWeight: kaimingNormalFanOut });

const lastNormalisation = (scope: Scope, x: Value, { zeroInitResidual }: BlockOptions): Value =>
  batchNormalisation(scope, x, zeroInitResidual ? { initialiseWeight: zeros } : {});

/** Two 3 x 3 convolutions beside a short cut: x [N, C, H, W] to [N, channels, H / stride, W / stride]. */
const basicBlock = (scope: Scope, x: Value, options: BlockOptions): Value => {
  const { channels, stride, dilation } = options;
  const window = { outChannels: channels, kernelSize: 3, padding: dilation, dilation };
  let y = relu(batchNormalisation(scope.at("bn1"), conv(scope.at("conv1"), x, { ...window, stride })));
  y = lastNormalisation(scope.at("bn2"), conv(scope.at("conv2"), y, window), options);
  return relu(add(y, shortCut(scope.at("downsample"), x, { outChannels: channels, stride })));
};

/** 1 x 1, 3 x 3 and 1 x 1 convolutions beside a short cut: to [N, 4 channels, H / stride, W / stride]. */
const bottleneck = (scope: Scope, x: Value, options: BlockOptions): Value => {
  const { channels, stride, dilation } = options;
  const outChannels = 4 * channels;
  const window = { outChannels: channels, kernelSize: 3, padding: dilation, dilation, stride };
  let y = relu(
    batchNormalisation(scope.at("bn1"), conv(scope.at("conv1"), x, { outChannels: channels, kernelSize: 1 })),
  );
  y = relu(batchNormalisation(scope.at("bn2"), conv(scope.at("conv2"), y, window)));
  y = lastNormalisation(scope.at("bn3"), conv(scope.at("conv3"), y, { outChannels, kernelSize: 1 }), options);
  return relu(add(y, shortCut(scope.at("downsample"), x, { outChannels, stride })));
};

const shortCut = (scope: Scope, x: Value, { outChannels, stride }: { outChannels: number; stride: number }): Value => {
  if (stride === 1 && x.shape[1] === outChannels) return x;
  return batchNormalisation(scope.at(1), conv(scope.at(0), x, { outChannels, kernelSize: 1, stride }));
};

/** How the body of a residual network is built, for the networks that build on it. */
export interface ResNetBodyOptions extends Pick<ResNetOptions, "zeroInitResidual"> {
  /** Pixels of the input per pixel of the last map; below 32 the last stages dilate instead of striding (DeepLab). */
  readonly outputStride?: 8 | 16 | 32;
}

/** The maps of a residual network without its head: after the stem (stride 2), and after each of the four stages. */
export const resNetMaps = (
  scope: Scope,
  x: Value,
  { name, zeroInitResidual = false, outputStride = 32 }: ResNetBodyOptions & { readonly name: ResNetName },
): readonly [Value, Value, Value, Value, Value] => {
  const { blocks, expansion } = depths[name];
  const block = expansion === 1 ? basicBlock : bottleneck;
  const stem = conv(scope.at("conv1"), x, { outChannels: 64, kernelSize: 7, stride: 2, padding: 3 });
  const first = relu(batchNormalisation(scope.at("bn1"), stem));
  const maps: Value[] = [first];
  let y = maxPool2d(first, { kernel: 3, stride: 2, padding: 1 });
  let strideSoFar = 4;
  let dilation = 1;
  blocks.forEach((count, stage) => {
    const wanted = stage === 0 ? 1 : 2;
    const stride = strideSoFar * wanted > outputStride ? 1 : wanted;
    dilation *= wanted / stride;
    strideSoFar *= stride;
    for (let i = 0; i < count; i++) {
      const options = { channels: 64 * 2 ** stage, stride: i === 0 ? stride : 1, dilation, zeroInitResidual };
      y = block(scope.at(`layer${stage + 1}`).at(i), y, options);
    }
    maps.push(y);
  });
  return maps as unknown as readonly [Value, Value, Value, Value, Value];
};

const resNet =
  (name: ResNetName, { numClasses, zeroInitResidual = false }: ResNetOptions): ResNet =>
  (scope, x) => {
    const maps = resNetMaps(scope, x, { name, zeroInitResidual });
    const features = globalAveragePool(maps[4]);
    return { features, logits: linear(scope.at("fc"), features, numClasses) };
  };

/**
 * ResNet-18: basic blocks [2, 2, 2, 2]; x [N, C, H, W] of any size, 224 x 224 as published.
 *
 * @example
 * const classifier = resNet18({ numClasses: 10 });
 * const weights = initialState(stateSpecs(classifier, [16, 3, 224, 224]), 1);
 */
export const resNet18 = (options: ResNetOptions): ResNet => resNet("resnet18", options);

/** ResNet-34: basic blocks [3, 4, 6, 3]; else as {@link resNet18}. */
export const resNet34 = (options: ResNetOptions): ResNet => resNet("resnet34", options);

/** ResNet-50: bottlenecks [3, 4, 6, 3]; else as {@link resNet18}. */
export const resNet50 = (options: ResNetOptions): ResNet => resNet("resnet50", options);
