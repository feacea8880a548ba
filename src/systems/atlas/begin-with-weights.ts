/** What DeepCluster begins with in place of random weights: given ones, such as ImageNet's, or DeepCluster's own checkpoints. */

import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { adaptInputChannels } from "../../models/adapt-input.ts";
import { loadStateDict } from "../../nn/load-state-dict.ts";
import { stateSpecs } from "../../nn/network.ts";
import { decodeWeights } from "../../weights/read-weights.ts";
import { givenWeights } from "../training/index.ts";
import { type ClusterNetwork, inputShapeOf, isPublished, networkOf, topLayerOf } from "./cluster-network.ts";

/**
 * The whole state of a network from the bytes of a file of weights, its top layer new.
 *
 * @throws OsteonError as `givenWeights`; `bad-usage` for Sobel filters before weights that were learned without them
 */
export const beginWithWeights = (
  file: Uint8Array,
  network: ClusterNetwork,
  { clusters, seed }: { readonly clusters: number; readonly seed: number },
): StateDict => {
  const { name, imageSize } = network;
  if (isPublished(name)) return publishedState(file, network, { clusters, seed });
  if (network.sobel) {
    throw new OsteonError(
      "bad-usage",
      `Given weights of ${name} see greys and not edges; leave the Sobel filters out.`,
    );
  }
  return givenWeights(file, { network: name, numClasses: clusters, imageSize, seed });
};

/** Published checkpoints were saved from several devices, whose parts are called `features.module`. */
const severalDevices = /^features\.module\./;

const publishedState = (
  file: Uint8Array,
  network: ClusterNetwork,
  { clusters, seed }: { readonly clusters: number; readonly seed: number },
): StateDict => {
  const given = new Map(
    [...decodeWeights(file).tensors].map(([name, tensor]) => [name.replace(severalDevices, "features."), tensor]),
  );
  const firstKernel = "features.0.weight";
  const wanted = network.sobel ? 2 : 1;
  const fitted =
    network.sobel || given.get(firstKernel)?.shape[1] !== 3 ? given : adaptInputChannels(given, firstKernel, wanted);
  const newParts = [`${topLayerOf(network)}.`, ...(network.sobel ? ["sobel."] : [])]; // filters of one channel, not of three
  return loadStateDict(stateSpecs(networkOf(network, clusters), inputShapeOf(network, 1)), fitted, { newParts, seed });
};
