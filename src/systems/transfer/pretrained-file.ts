/**
 * Pretrained weights as a file that other programs read: safetensors by torchvision's names (timm's for the MobileNet, which
 * torchvision has not), with everything about them in the metadata.
 */

import { decodeSafetensors, encodeSafetensors } from "../../engine/safetensors.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import type { Interval } from "../../evidence/wilson-interval.ts";
import type { NetworkName } from "../training/index.ts";
import type { TransferSettings } from "./config.ts";

/** Of a pretraining run: the weights. */
export const pretrainedName = "pretrained.safetensors";

/** What a pretraining began with. */
export type Beginning =
  | { readonly from: "nothing" }
  /** The network by whose features the clusters were made. */
  | { readonly from: "clustering" }
  | { readonly from: "weights"; readonly file: string };

/** How often cluster numbers were told rightly, with the 95 % interval by patient. */
interface ClusterAccuracy {
  readonly value: number;
  readonly interval: Interval;
}

/** What is known of pretrained weights besides their values. */
export interface PretrainedCard {
  readonly format: "osteon-pretrained-1";
  readonly run: string;
  /** Whose cluster numbers were learned. */
  readonly clustering: string;
  readonly network: NetworkName;
  readonly imageSize: number;
  readonly clusters: number;
  readonly beginning: Beginning;
  readonly epochs: number;
  readonly seed: number;
  readonly settings: TransferSettings;
  /** Learned from. */
  readonly radiographs: number;
  readonly patients: number;
  readonly validation: ClusterAccuracy;
  readonly test: ClusterAccuracy;
  readonly seconds: number;
  readonly codeVersion: string;
}

/** Pretrained weights, the layer that names the clusters among them. */
export interface Pretrained {
  readonly card: PretrainedCard;
  readonly state: StateDict;
}

/** The bytes of the file; PyTorch's tools look for `format`. */
export const encodePretrained = ({ card, state }: Pretrained): Uint8Array =>
  encodeSafetensors({ tensors: state, metadata: { format: "pt", card: JSON.stringify(card) } });

/** @throws OsteonError `corrupt-store` when the bytes are no file of this format */
export const decodePretrained = (bytes: Uint8Array): Pretrained => {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const card = JSON.parse(metadata.card ?? "{}") as PretrainedCard;
    if (card.format === "osteon-pretrained-1") return { card, state: tensors };
  } catch (cause) {
    throw new OsteonError("corrupt-store", "The pretrained weights are damaged; pretrain again.", {}, cause);
  }
  throw new OsteonError("corrupt-store", "The file holds no weights that `osteon transfer pretrain` wrote.");
};
