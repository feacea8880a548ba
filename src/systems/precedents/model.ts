/** A trained network of the precedents as a file: its weights, and everything needed to use them again. */

import { decodeSafetensors, encodeSafetensors } from "../../engine/safetensors.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { type ResNet, resNet18, resNet34 } from "../../models/resnet.ts";
import type { Architecture, PrecedentsSettings, Target } from "./config.ts";

/** What is known of a trained network besides its weights. */
export interface ModelCard {
  readonly format: "osteon-precedents-model-1";
  /** The run that made it; an index says by this which model its features come from. */
  readonly modelId: string;
  readonly target: Target;
  /** In the order of the network's outputs. */
  readonly classes: readonly string[];
  readonly settings: PrecedentsSettings;
  readonly epochs: number;
  readonly seed: number;
  readonly radiographs: number;
  readonly patients: number;
  readonly codeVersion: string;
}

/** A trained network. */
export interface PrecedentsModel {
  readonly card: ModelCard;
  readonly state: StateDict;
}

/** The network of an architecture. */
export const networkOf = (architecture: Architecture, numClasses: number): ResNet =>
  ({ resnet18: resNet18, resnet34: resNet34 })[architecture]({ numClasses });

/** The bytes of a model file (safetensors, the card in its metadata). */
export const encodePrecedentsModel = ({ card, state }: PrecedentsModel): Uint8Array =>
  encodeSafetensors({ tensors: state, metadata: { card: JSON.stringify(card) } });

/** @throws OsteonError `corrupt-store` when the bytes are no model of this format */
export const decodePrecedentsModel = (bytes: Uint8Array): PrecedentsModel => {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const card = JSON.parse(metadata.card ?? "{}") as ModelCard;
    if (card.format === "osteon-precedents-model-1") return { card, state: tensors };
  } catch (cause) {
    throw new OsteonError(
      "corrupt-store",
      "The model file is damaged; train again with `osteon precedents train`.",
      {},
      cause,
    );
  }
  throw new OsteonError(
    "corrupt-store",
    "The model file is of another format; train again with `osteon precedents train`.",
  );
};
