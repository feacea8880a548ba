/**
 * MobileNetV1 (Howard et al., 2017, "MobileNets") and MobileNetV2 (Sandler et al., 2018, "Inverted Residuals and Linear
 * Bottlenecks"), in every published width.
 *
 * V2 has torchvision's parameter names and initialisation. Torchvision has no V1: its names and initialisation are those of
 * timm's mobilenetv1_100. The defaults are PyTorch's (padding of 1 all around, eps 1e-5); TensorFlow's published weights need
 * `padding: "same"` and `eps: 1e-3`.
 *
 * Parameters with 1000 classes and three channels: V1 in widths 0.25, 0.5, 0.75, 1: 470,072; 1,331,592; 2,585,560;
 * 4,231,976. V2 in widths 0.35, 0.5, 0.75, 1, 1.3, 1.4: 1,677,128; 1,968,680; 2,636,424; 3,504,872; 5,386,792; 6,108,776.
 */

import type { Value } from "../engine/graph.ts";
import { add, clip, globalAveragePool, type Padding } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { dropout } from "../nn/dropout.ts";
import { kaimingNormalFanOut, normal, uniformFanOut, zeros } from "../nn/initialisers.ts";
import { convolution, linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Initialiser, Scope } from "../nn/scope.ts";

/** What a MobileNet is told. */
export interface MobileNetOptions {
  readonly numClasses: number;
  /** Factor on every layer's channels, the papers' alpha; 1. Published: V1 0.25 to 1, V2 0.35 to 1.4. */
  readonly width?: number;
  /**
   * "symmetric", PyTorch's: one pixel on all sides. "same", TensorFlow's: what the output size needs and no more, the odd
   * pixel below and on the right; at an even size and stride 2 nothing above and on the left.
   */
  readonly padding?: "symmetric" | "same";
  /** Epsilon of every batch normalisation: 1e-5, PyTorch's; TensorFlow's is 1e-3. */
  readonly eps?: number;
  /** Probability of dropping a feature before the classifier: in V2 0.2, as torchvision's; in V1 0, as timm's. */
  readonly dropout?: number;
}

/** `features` [N, channels of the last map] after pooling, and `logits` [N, numClasses]. */
export type MobileNet = Network<"features" | "logits">;

/** Channels are multiples of this. */
const divisor = 8;

/** The multiple of eight nearest to the width, but never less than nine tenths of it (`_make_divisible`). */
const channelsAt = (channels: number, width: number): number => {
  const wanted = channels * width;
  const rounded = Math.max(divisor, Math.floor((wanted + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * wanted ? rounded + divisor : rounded;
};

interface ConvolutionShape {
  readonly outChannels: number;
  readonly kernelSize: 1 | 3;
  readonly stride?: number;
  readonly groups?: number;
  readonly initialiseWeight: Initialiser;
}

/** Where the parts of one convolution with its normalisation are, and whether ReLU6 follows. */
interface Unit {
  readonly convolution: Scope;
  readonly normalisation: Scope;
  readonly activation: boolean;
}

type Common = Required<Pick<MobileNetOptions, "padding" | "eps">>;

const relu6 = (x: Value): Value => clip(x, { min: 0, max: 6 });

/** TensorFlow's SAME along one axis: [before, after]. */
const same = (size: number, kernel: number, stride: number): readonly [number, number] => {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
};

const paddingOf = (x: Value, { kernelSize, stride = 1 }: ConvolutionShape, { padding }: Common): Padding => {
  if (padding === "symmetric") return (kernelSize - 1) / 2;
  const [top, bottom] = same(x.shape[2]!, kernelSize, stride);
  const [left, right] = same(x.shape[3]!, kernelSize, stride);
  return [top, left, bottom, right];
};

/** A convolution without bias, its batch normalisation and perhaps ReLU6. */
const apply = (unit: Unit, x: Value, { shape, common }: { shape: ConvolutionShape; common: Common }): Value => {
  const padding = paddingOf(x, shape, common);
  const y = convolution(unit.convolution, x, { ...shape, padding, bias: false });
  const z = batchNormalisation(unit.normalisation, y, { eps: common.eps });
  return unit.activation ? relu6(z) : z;
};

const checkWidth = (width: number): void => {
  if (width > 0 && Number.isFinite(width)) return;
  throw new OsteonError("bad-usage", `The width of a MobileNet must be above 0, not ${width}.`);
};

/** Stages of V1: channels, number of blocks, stride of the first. */
const stagesOfV1: readonly (readonly [channels: number, blocks: number, stride: number])[] = [
  [64, 1, 1],
  [128, 2, 2],
  [256, 2, 2],
  [512, 6, 2],
  [1024, 2, 2],
];

/** timm's (after TensorFlow's) for depthwise convolutions: one map's kernel counts as the fan-out, N(0, 2 / 9). */
const normalFanOutDepthwise = normal(Math.sqrt(2 / 9));

/**
 * MobileNetV1: depthwise and pointwise convolutions in turn, x [N, C, H, W]. timm's names: `conv_stem.weight`, `bn1.*`,
 * `blocks.1.0.conv_dw.weight`, `blocks.1.0.bn1.*`, `blocks.1.0.conv_pw.weight`, `blocks.1.0.bn2.*`, `classifier.*`.
 */
export const mobileNetV1 = (options: MobileNetOptions): MobileNet => {
  const { numClasses, width = 1, padding = "symmetric", eps = 1e-5, dropout: p = 0 } = options;
  checkWidth(width);
  const common = { padding, eps };
  return (scope, x) => {
    const stem = {
      outChannels: channelsAt(32, width),
      kernelSize: 3,
      stride: 2,
      initialiseWeight: kaimingNormalFanOut,
    } as const;
    const unit = { convolution: scope.at("conv_stem"), normalisation: scope.at("bn1"), activation: true };
    let y = apply(unit, x, { shape: stem, common });
    stagesOfV1.forEach(([channels, blocks, firstStride], stage) => {
      for (let i = 0; i < blocks; i++) {
        const block = scope.at("blocks").at(stage).at(i);
        const stride = i === 0 ? firstStride : 1;
        y = separableBlock(block, y, { outChannels: channelsAt(channels, width), stride, common });
      }
    });
    const features = globalAveragePool(y);
    const head = { initialiseWeight: uniformFanOut, initialiseBias: zeros };
    return { features, logits: linear(scope.at("classifier"), dropout(scope, features, p), numClasses, head) };
  };
};

interface BlockOptions {
  readonly outChannels: number;
  readonly stride: number;
  readonly common: Common;
}

const separableBlock = (scope: Scope, x: Value, { outChannels, stride, common }: BlockOptions): Value => {
  const channels = x.shape[1]!;
  const depthwise = { convolution: scope.at("conv_dw"), normalisation: scope.at("bn1"), activation: true };
  const pointwise = { convolution: scope.at("conv_pw"), normalisation: scope.at("bn2"), activation: true };
  const y = apply(depthwise, x, {
    shape: { outChannels: channels, groups: channels, kernelSize: 3, stride, initialiseWeight: normalFanOutDepthwise },
    common,
  });
  return apply(pointwise, y, { shape: { outChannels, kernelSize: 1, initialiseWeight: kaimingNormalFanOut }, common });
};

/** Stages of V2 (table 2 of the paper): expansion, channels, number of blocks, stride of the first. */
const stagesOfV2: readonly (readonly [expansion: number, channels: number, blocks: number, stride: number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/**
 * MobileNetV2: inverted residuals, x [N, C, H, W]. torchvision's names: `features.0.0.weight`, `features.0.1.*`, ...,
 * `features.18.0.weight`, `classifier.1.*`. The last map keeps its 1280 channels in widths below 1.
 */
export const mobileNetV2 = (options: MobileNetOptions): MobileNet => {
  const { numClasses, width = 1, padding = "symmetric", eps = 1e-5, dropout: p = 0.2 } = options;
  checkWidth(width);
  const common = { padding, eps };
  return (scope, x) => {
    const features = scope.at("features");
    let layer = 0;
    let y = convolutionUnit(features.at(layer++), x, {
      shape: { outChannels: channelsAt(32, width), kernelSize: 3, stride: 2, initialiseWeight: kaimingNormalFanOut },
      common,
    });
    for (const [expansion, channels, blocks, firstStride] of stagesOfV2) {
      for (let i = 0; i < blocks; i++) {
        const block = { outChannels: channelsAt(channels, width), stride: i === 0 ? firstStride : 1, common };
        y = invertedResidual(features.at(layer++).at("conv"), y, { ...block, expansion });
      }
    }
    const outChannels = channelsAt(1280, Math.max(1, width));
    const last = { outChannels, kernelSize: 1, initialiseWeight: kaimingNormalFanOut } as const;
    const pooled = globalAveragePool(convolutionUnit(features.at(layer), y, { shape: last, common }));
    const classifier = scope.at("classifier");
    const head = { initialiseWeight: normal(0.01), initialiseBias: zeros };
    return { features: pooled, logits: linear(classifier.at(1), dropout(classifier, pooled, p), numClasses, head) };
  };
};

/** torchvision's Conv2dNormActivation: 0 the convolution, 1 the normalisation. */
const convolutionUnit = (scope: Scope, x: Value, layer: { shape: ConvolutionShape; common: Common }): Value =>
  apply({ convolution: scope.at(0), normalisation: scope.at(1), activation: true }, x, layer);

/** Widen by 1 x 1, filter each channel, narrow by 1 x 1 without ReLU6; beside it a short cut where the shape stays. */
const invertedResidual = (
  scope: Scope,
  x: Value,
  { outChannels, stride, expansion, common }: BlockOptions & { readonly expansion: number },
): Value => {
  const inner = x.shape[1]! * expansion;
  const pointwise = { kernelSize: 1, initialiseWeight: kaimingNormalFanOut } as const;
  let part = 0;
  let y = x;
  if (expansion !== 1)
    y = convolutionUnit(scope.at(part++), y, { shape: { ...pointwise, outChannels: inner }, common });
  const depthwise = {
    outChannels: inner,
    groups: inner,
    kernelSize: 3,
    stride,
    initialiseWeight: kaimingNormalFanOut,
  } as const;
  y = convolutionUnit(scope.at(part++), y, { shape: depthwise, common });
  const narrow = { convolution: scope.at(part), normalisation: scope.at(part + 1), activation: false };
  y = apply(narrow, y, { shape: { ...pointwise, outChannels }, common });
  return stride === 1 && x.shape[1] === outChannels ? add(x, y) : y;
};
