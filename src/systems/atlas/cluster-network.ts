/** The networks that DeepCluster can train here, as plain data: AlexNet and VGG-16 as published, and networks that weights are exchanged with. */

import { alexNet } from "../../models/alexnet.ts";
import { sobelFilters } from "../../models/deepcluster-parts.ts";
import { vgg16 } from "../../models/vgg.ts";
import type { Network } from "../../nn/network.ts";
import { type NetworkName, namedNetwork, networkNames } from "../training/index.ts";

export const clusterNetworkNames = [...networkNames, "alexnet", "vgg16"] as const;
export type ClusterNetworkName = NetworkName | "alexnet" | "vgg16";

/** A network as plain data. */
export interface ClusterNetwork {
  readonly name: ClusterNetworkName;
  /** Whether it sees edges instead of greys. */
  readonly sobel: boolean;
  /** Side of its input in pixels. */
  readonly imageSize: number;
}

/** Whether it is one of those that DeepCluster was published with. */
export const isPublished = (name: ClusterNetworkName): name is "alexnet" | "vgg16" =>
  name === "alexnet" || name === "vgg16";

/** The network with so many classes, be they clusters or regions. */
export const networkOf = (
  { name, sobel }: Pick<ClusterNetwork, "name" | "sobel">,
  classes: number,
): Network<"features" | "logits"> => {
  if (isPublished(name)) return { alexnet: alexNet, vgg16: vgg16 }[name]({ numClasses: classes, sobel });
  const { network } = namedNetwork(name, classes);
  return sobel ? (scope, x) => network(scope, sobelFilters(scope.at("sobel"), x)) : network;
};

/** The layer that names the classes: `NAME.weight` [classes, features] and `NAME.bias`. */
export const topLayerOf = ({ name }: Pick<ClusterNetwork, "name">): string =>
  isPublished(name) ? "top_layer" : namedNetwork(name, 2).topLayer;

/** [N, 1, side, side] */
export const inputShapeOf = ({ imageSize }: Pick<ClusterNetwork, "imageSize">, pictures: number): readonly number[] => [
  pictures,
  1,
  imageSize,
  imageSize,
];
