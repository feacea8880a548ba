/**
 * Given weights - ImageNet's, or ones that Osteon pretrained - for a network of grey radiographs. A network of colour photographs expects each
 * channel in a range of its own; that range is folded into its first convolution, so that every network here takes the same
 * picture: one channel of mean 0 and standard deviation 1.
 */

import { type FloatTensor, floatTensor, type StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { plainBatch } from "../../learning/classifier-validation.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import { adaptInputChannels } from "../../models/adapt-input.ts";
import { calibrateNormalisation } from "../../nn/calibrate-normalisation.ts";
import { loadStateDict } from "../../nn/load-state-dict.ts";
import { stateSpecs } from "../../nn/network.ts";
import { decodeWeights } from "../../weights/read-weights.ts";
import { stateOfFoldedLayers } from "../../weights/state-of-folded-layers.ts";
import { tfliteLayers } from "../../weights/tflite.ts";
import { type NamedNetwork, type NetworkName, namedNetwork } from "./networks.ts";

/** For which network the weights are. */
export interface GivenWeightsOptions {
  readonly network: NetworkName;
  /** The layer that names the classes begins anew. */
  readonly numClasses: number;
  /** Side of the network's input in pixels. */
  readonly imageSize: number;
  /** Of the new top layer. */
  readonly seed: number;
}

/**
 * What a network does to a channel's values, in [0, 1], before its first convolution: less `mean`, divided by `deviation`.
 */
interface ChannelRange {
  readonly mean: number;
  readonly deviation: number;
}

/** torchvision's and timm's, of ImageNet's photographs. */
const imageNetRanges: readonly ChannelRange[] = [
  { mean: 0.485, deviation: 0.229 },
  { mean: 0.456, deviation: 0.224 },
  { mean: 0.406, deviation: 0.225 },
];

/** TensorFlow's MobileNets take values in [-1, 1]. */
const signedRanges: readonly ChannelRange[] = imageNetRanges.map(() => ({ mean: 0.5, deviation: 0.5 }));

/** A standardised radiograph is shown as a grey photograph of ImageNet's mean brightness and contrast. */
const greyPhotograph: ChannelRange = {
  mean: imageNetRanges.reduce((sum, { mean }) => sum + mean, 0) / imageNetRanges.length,
  deviation: imageNetRanges.reduce((sum, { deviation }) => sum + deviation, 0) / imageNetRanges.length,
};

/** ImageNet's classes, and TensorFlow's with one more for the background; how many there are does not matter here. */
const tensorFlowClasses = 1001;

/**
 * The whole state of a grey network from the bytes of a file of weights (PyTorch, safetensors, ONNX or TensorFlow Lite), its
 * top layer new. Weights of a network that already took one channel are taken as they are.
 *
 * @throws OsteonError `bad-input` when the bytes are no weights, `shape-mismatch` when they are of another network,
 *   `unsupported` for a TensorFlow Lite file of another than the MobileNet
 */
export const givenWeights = (file: Uint8Array, options: GivenWeightsOptions): StateDict => {
  const { network: name, numClasses, imageSize, seed } = options;
  const { format, tensors } = decodeWeights(file);
  const isFolded = format === "tflite";
  const named = namedNetwork(name, numClasses);
  const given = isFolded ? unfolded(file, name, imageSize) : tensors;
  const kernel = `${named.stem.convolution}.weight`;
  const channels = given.get(kernel)?.shape[1] === 1 ? 1 : 3;
  const specs = stateSpecs(named.network, [1, channels, imageSize, imageSize]);
  const state = loadStateDict(specs, given, { newParts: [`${named.topLayer}.`], seed });
  if (channels === 1) return state;
  return adaptInputChannels(inGreyRange(state, named, isFolded ? signedRanges : imageNetRanges), kernel, 1);
};

/** Radiographs that statistics are taken of. */
const mostCalibrating = 48;

/**
 * The state of {@link givenWeights}, ready to be trained: where the file's normalisations were folded into its convolutions, as TensorFlow Lite
 * has them, they get statistics of some radiographs again, or the first step of training would undo what was learned.
 *
 * @param pictures any of those that the network will see
 */
export const readyToTrain = async (
  file: Uint8Array,
  state: StateDict,
  {
    network: name,
    numClasses,
    imageSize,
    pictures,
  }: Omit<GivenWeightsOptions, "seed"> & { readonly pictures: GreyDataset },
): Promise<StateDict> => {
  if (decodeWeights(file).format !== "tflite") return state;
  const { network, stem } = namedNetwork(name, numClasses);
  const count = Math.min(mostCalibrating, pictures.length);
  const indices = Array.from({ length: count }, (_, i) => Math.floor((i * pictures.length) / count));
  return calibrateNormalisation(network, { state, x: plainBatch(pictures, indices, { imageSize }), eps: stem.eps });
};

const unfolded = (file: Uint8Array, name: NetworkName, imageSize: number): StateDict => {
  if (name !== "mobilenet_v1_0.25") {
    throw new OsteonError("unsupported", `Weights of TensorFlow Lite are read for mobilenet_v1_0.25, not for ${name}.`);
  }
  const { network, stem } = namedNetwork(name, tensorFlowClasses);
  return stateOfFoldedLayers(stateSpecs(network, [1, 3, imageSize, imageSize]), tfliteLayers(file), stem);
};

/**
 * A channel that expects (p - mean) / deviation gets a standardised z instead, with p = m + d z. As the convolution is linear,
 * its kernel is multiplied by d / deviation, and what (m - mean) / deviation adds is taken off the running mean behind it:
 * exact but at the border, where padding now stands for mean brightness.
 */
const inGreyRange = (
  state: StateDict,
  { stem: { convolution, normalisation } }: NamedNetwork,
  ranges: readonly ChannelRange[],
): StateDict => {
  const [kernelName, meanName] = [`${convolution}.weight`, `${normalisation}.running_mean`];
  const kernel = state.get(kernelName)!;
  const mean = state.get(meanName)!;
  const [kernels, channels, height, width] = kernel.shape as readonly [number, number, number, number];
  const area = height * width;
  const weights = kernel.data.slice();
  const shifted = mean.data.slice();
  for (let k = 0; k < kernels; k++) {
    for (const [c, range] of ranges.entries()) {
      const scale = greyPhotograph.deviation / range.deviation;
      const offset = (greyPhotograph.mean - range.mean) / range.deviation;
      for (let i = (k * channels + c) * area, end = i + area; i < end; i++) {
        shifted[k]! -= offset * kernel.data[i]!;
        weights[i]! *= scale;
      }
    }
  }
  const changed: [string, FloatTensor][] = [
    [kernelName, floatTensor(kernel.shape, weights)],
    [meanName, floatTensor(mean.shape, shifted)],
  ];
  return new Map([...state, ...changed]);
};
