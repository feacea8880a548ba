/** Networks for grey radiographs that weights are exchanged between: how each is built, and what its ends are called. */

import { mobileNetV1 } from "../../models/mobilenet.ts";
import { resNet18, resNet34, resNet50 } from "../../models/resnet.ts";
import type { Network } from "../../nn/network.ts";

export const networkNames = ["resnet18", "resnet34", "resnet50", "mobilenet_v1_0.25"] as const;
export type NetworkName = (typeof networkNames)[number];

/** A network with the names of its ends. */
export interface NamedNetwork {
  readonly network: Network<"features" | "logits">;
  /** The layer that names the classes: `NAME.weight` [classes, features] and `NAME.bias`. */
  readonly topLayer: string;
  /** The convolution that sees the picture, and the normalisation behind it. */
  readonly stem: { readonly convolution: string; readonly normalisation: string; readonly eps: number };
}

/** TensorFlow's, whose weights of it are published. */
const mobileNetEps = 1e-3;

/** The network of a name, for as many classes. */
export const namedNetwork = (name: NetworkName, numClasses: number): NamedNetwork => {
  if (name === "mobilenet_v1_0.25") {
    return {
      network: mobileNetV1({ numClasses, width: 0.25, padding: "same", eps: mobileNetEps }),
      topLayer: "classifier",
      stem: { convolution: "conv_stem", normalisation: "bn1", eps: mobileNetEps },
    };
  }
  return {
    network: { resnet18: resNet18, resnet34: resNet34, resnet50: resNet50 }[name]({ numClasses }),
    topLayer: "fc",
    stem: { convolution: "conv1", normalisation: "bn1", eps: 1e-5 },
  };
};
