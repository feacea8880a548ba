/** The trained networks of the precedents as a file: their weights, and everything needed to use them again. */

import { decodeSafetensors, encodeSafetensors } from "../../engine/safetensors.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { type ResNet, resNet18, resNet34 } from "../../models/resnet.ts";
import type { Architecture, PrecedentsSettings, Target } from "./config.ts";

/** What is known of trained networks besides their weights. */
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
  /** The file of weights that the networks began with; without, random ones. */
  readonly begunWith?: { readonly name: string; readonly fingerprint: string };
  readonly radiographs: number;
  readonly patients: number;
  readonly codeVersion: string;
}

/** The trained networks, one for each of the settings' image sizes, in their order. */
export interface PrecedentsModel {
  readonly card: ModelCard;
  readonly members: readonly StateDict[];
}

/** The network of an architecture. */
export const networkOf = (architecture: Architecture, numClasses: number): ResNet =>
  ({ resnet18: resNet18, resnet34: resNet34 })[architecture]({ numClasses });

/** The bytes of a model file: safetensors, the card in its metadata; names are `0/conv1.weight`, the member first. */
export const encodePrecedentsModel = ({ card, members }: PrecedentsModel): Uint8Array =>
  encodeSafetensors({
    tensors: new Map(
      members.flatMap((state, i) => [...state].map(([name, tensor]) => [`${i}/${name}`, tensor] as const)),
    ),
    metadata: { card: JSON.stringify(card) },
  });

/** @throws OsteonError `corrupt-store` when the bytes are no model of this format */
export const decodePrecedentsModel = (bytes: Uint8Array): PrecedentsModel => {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const card = JSON.parse(metadata.card ?? "{}") as ModelCard;
    if (card.format === "osteon-precedents-model-1") {
      return { card, members: card.settings.imageSizes.map((_, i) => memberOf(tensors, i)) };
    }
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

const memberOf = (tensors: StateDict, member: number): StateDict => {
  const prefix = `${member}/`;
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
};
