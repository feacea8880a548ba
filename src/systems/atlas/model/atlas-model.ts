/** A trained atlas model as a file: the networks of the folds, and what tells whether a picture belongs to any region. */

import { decodeSafetensors, encodeSafetensors } from "../../../engine/safetensors.ts";
import type { StateDict } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import type { HomeFiles } from "../../../store/files.ts";
import type { ClusterNetwork } from "../cluster-network.ts";
import { type Recognition, type RecognitionRules, recognitionOf, recognitionTensors } from "./recognition.ts";
import type { AtlasTrainingSettings } from "./training-settings.ts";

/** What is known of an atlas model besides its tensors. */
export interface AtlasCard {
  readonly format: "osteon-atlas-1";
  /** The run that made it. */
  readonly modelId: string;
  /** The clustering whose labels it learned. */
  readonly clustering: string;
  readonly network: ClusterNetwork;
  /** Whether it began with the network that made the clusters. */
  readonly isPretrained: boolean;
  /** In the order of the networks' outputs, which `discard` ends where anything was discarded. */
  readonly classes: readonly string[];
  readonly folds: number;
  readonly settings: AtlasTrainingSettings;
  /** Of each network. */
  readonly epochs: number;
  readonly seed: number;
  /** That it learned from, each network all but those of its fold. */
  readonly radiographs: number;
  readonly patients: number;
  readonly codeVersion: string;
}

/** A trained atlas model. */
export interface AtlasModel {
  readonly card: AtlasCard;
  /** Of each fold's network. */
  readonly states: readonly StateDict[];
  readonly recognition: Recognition;
}

/** The artefact of a training run that holds the model. */
export const atlasModelName = "atlas.safetensors";

/** The bytes of a model file: safetensors; names are `fold-0/conv1.weight` and `recognition/...`, the rest in the metadata. */
export const encodeAtlasModel = ({ card, states, recognition }: AtlasModel): Uint8Array =>
  encodeSafetensors({
    tensors: new Map([
      ...states.flatMap((state, fold) => [...state].map(([name, tensor]) => [`fold-${fold}/${name}`, tensor] as const)),
      ...[...recognitionTensors(recognition)].map(([name, tensor]) => [`recognition/${name}`, tensor] as const),
    ]),
    metadata: { card: JSON.stringify(card), recognition: JSON.stringify(recognition.rules) },
  });

/** @throws OsteonError `corrupt-store` when the bytes are no model of this format */
export const decodeAtlasModel = (bytes: Uint8Array): AtlasModel => {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const card = JSON.parse(metadata.card ?? "{}") as AtlasCard;
    if (card.format === "osteon-atlas-1") {
      const under = (prefix: string): StateDict =>
        new Map(
          [...tensors]
            .filter(([name]) => name.startsWith(prefix))
            .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
        );
      const rules = JSON.parse(metadata.recognition!) as RecognitionRules;
      return {
        card,
        states: Array.from({ length: card.folds }, (_, fold) => under(`fold-${fold}/`)),
        recognition: recognitionOf(rules, under("recognition/")),
      };
    }
  } catch (cause) {
    const sentence = "The atlas model is damaged; train again with `osteon atlas train`.";
    throw new OsteonError("corrupt-store", sentence, {}, cause);
  }
  throw new OsteonError(
    "corrupt-store",
    "The atlas model is of another format; train again with `osteon atlas train`.",
  );
};

/** @throws OsteonError `not-found` when the run keeps no atlas model, `corrupt-store` when it is damaged */
export const readAtlasModel = async (files: HomeFiles, run: string): Promise<AtlasModel> => {
  if (!(await files.hasArtefact(run, atlasModelName)))
    throw new OsteonError("not-found", `The run ${run} keeps no atlas model.`, { run });
  return decodeAtlasModel(await files.readArtefact(run, atlasModelName));
};
