/**
 * `osteon/models`: architectures by their published names, with the published names of their parameters, as functions for
 * `osteon/nn`. Each makes a network for any input whose height and width it can divide; weights come from `osteon/weights`.
 *
 * @module
 */

export { adaptInputChannels } from "./adapt-input.ts";
export { alexNet } from "./alexnet.ts";
export { type DeepClusterNetwork, type DeepClusterOptions, deepClusterFeatureLength } from "./deepcluster-parts.ts";
export { type DeepLabOptions, deepLabV3, deepLabV3Plus } from "./deeplab.ts";
export { type ManetOptions, manet } from "./manet.ts";
export { type HiddenLayersOptions, type Mlp, type MlpOptions, mlp } from "./mlp.ts";
export { type MobileNet, type MobileNetOptions, mobileNetV1, mobileNetV2 } from "./mobilenet.ts";
export {
  type Nest,
  type NestArchitecture,
  type NestOptions,
  nest,
  nestBase,
  nestDropPathRates,
  nestSmall,
  nestTiny,
} from "./nest.ts";
export {
  type ResNet,
  type ResNetBodyOptions,
  type ResNetName,
  type ResNetOptions,
  resNet18,
  resNet34,
  resNet50,
  resNetMaps,
} from "./resnet.ts";
export type { SegmentationNetwork, SegmentationOptions } from "./segmentation-parts.ts";
export type { TransformerDropOptions } from "./transformer-block.ts";
export { unet } from "./unet.ts";
export { unetPlusPlus } from "./unet-plus-plus.ts";
export { vgg16 } from "./vgg.ts";
export {
  type VisionTransformer,
  type VisionTransformerOptions,
  visionTransformer,
  viTBase,
  viTSmall,
  viTTiny,
} from "./vision-transformer.ts";
