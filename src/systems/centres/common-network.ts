/**
 * The network and the hashing that several centres have in common, so that their codes can be compared: one file that one centre
 * makes and the others take over. The hashing is by random hyperplanes, whose first bits are a code of fewer bits, and which hold
 * nothing of an archive but the mean of its features.
 */

import { createHash } from "node:crypto";
import { z } from "zod";
import { decodeSafetensors, encodeSafetensors } from "../../engine/safetensors.ts";
import { floatTensor, type StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { resNetFeatureLength } from "../../models/resnet.ts";
import type { Hashing } from "../../retrieval/hashing/hashing.ts";
import { randomHyperplanes } from "../../retrieval/hashing/random-hyperplanes.ts";
import type { ModelCard, PrecedentsModel } from "../precedents/index.ts";
import { commonBits } from "./policy.ts";

/** What is compared of a radiograph. */
export const views = ["whole image", "lesion"] as const;
export type CentreView = (typeof views)[number];

/** The hashing of each view; null where no lesion was marked when it was made. */
export type CommonHashing = Readonly<Record<CentreView, Hashing | null>>;

/** Network and hashing. */
export interface CommonNetwork {
  readonly model: PrecedentsModel;
  readonly hashing: CommonHashing;
}

/** What centres compare before they compare codes. */
export interface Fingerprints {
  readonly network: string;
  readonly hashing: Readonly<Record<CentreView, string | null>>;
}

const format = "osteon-common-network-1";
const side = z.int().min(16).max(1024);

/** What of the card decides about features, checked because the file comes from elsewhere; the rest stays as it is. */
const usedOfCard = z.looseObject({
  format: z.literal("osteon-precedents-model-1"),
  modelId: z.string().max(200),
  target: z.enum(["entity", "region", "label"]),
  classes: z.array(z.string().max(200)).min(2).max(1000),
  settings: z.looseObject({
    architecture: z.enum(["resnet18", "resnet34"]),
    sourceSize: side,
    imageSizes: z.array(side).min(1).max(5),
  }),
});

/** The file's bytes; equal networks give equal bytes. */
export const encodeCommonNetwork = ({ model, hashing }: CommonNetwork): Uint8Array => {
  const means = views.flatMap((view) => {
    const mean = hashing[view]?.mean;
    return mean ? [[`hashing/${view}/mean`, floatTensor([mean.length], mean)] as const] : [];
  });
  return encodeSafetensors({
    tensors: new Map([...tensorsOf(model), ...means]),
    metadata: { format, card: JSON.stringify(toldOfCard(model.card)) },
  });
};

/** What leaves the centre of a card: nothing but what is named here, whatever else an older version wrote into it. */
const toldOfCard = (card: ModelCard): ModelCard => {
  const { modelId, target, classes, settings, epochs, seed, radiographs, patients, codeVersion } = card;
  return { format: card.format, modelId, target, classes, settings, epochs, seed, radiographs, patients, codeVersion };
};

/**
 * Reads such a file, also one that means harm: nothing in it is executed, and what does not fit together is refused.
 *
 * @throws OsteonError `bad-input`
 */
export const decodeCommonNetwork = (bytes: Uint8Array): CommonNetwork => {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format !== format) throw refused("it is of another kind or of another version");
  const card = readCard(metadata.card ?? "");
  for (const [name, { data }] of tensors) {
    if (!(data as Float32Array).every(Number.isFinite))
      throw refused(`${JSON.stringify(name)} holds what is no number`);
  }
  const members = card.settings.imageSizes.map((_, i) => below(tensors, `network/${i}/`));
  if (members.some(({ size }) => size === 0)) throw refused("it lacks a network that its card names");
  const hashingOf = (view: CentreView): Hashing | null => {
    const mean = tensors.get(`hashing/${view}/mean`)?.data as Float32Array | undefined;
    if (mean && mean.length !== members.length * resNetFeatureLength) throw refused("its hashing is of other features");
    return mean ? hyperplanesThrough(mean) : null;
  };
  const hashing = { "whole image": hashingOf("whole image"), lesion: hashingOf("lesion") };
  if (hashing["whole image"] === null) throw refused("it has no hashing");
  return { model: { card, members }, hashing };
};

/** The hashing of features with this mean; everybody's hyperplanes are drawn from the same seed. */
export const hyperplanesThrough = (mean: Float32Array): Hashing =>
  randomHyperplanes({ seed: 0, bits: commonBits, mean });

/** What two centres must have alike. */
export const fingerprintsOf = ({ model, hashing }: CommonNetwork): Fingerprints => {
  const { architecture, sourceSize, imageSizes } = model.card.settings;
  const bytes = encodeSafetensors({
    tensors: tensorsOf(model),
    metadata: { format, seen: JSON.stringify([architecture, sourceSize, imageSizes, model.card.classes.length]) },
  });
  const network = createHash("sha256").update(bytes).digest("hex");
  const ofView = (view: CentreView): string | null => hashing[view]?.fingerprint ?? null;
  return { network, hashing: { "whole image": ofView("whole image"), lesion: ofView("lesion") } };
};

/** The tensors in the order of their names, so that equal networks give equal bytes. */
const tensorsOf = ({ members }: PrecedentsModel): StateDict =>
  new Map(
    members.flatMap((state, i) =>
      [...state]
        .map(([name, tensor]) => [`network/${i}/${name}`, tensor] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );

const below = (tensors: StateDict, prefix: string): StateDict =>
  new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );

const readCard = (text: string): ModelCard => {
  let card: unknown;
  try {
    card = JSON.parse(text);
  } catch {
    throw refused("its card cannot be read");
  }
  if (!usedOfCard.safeParse(card).success) throw refused("its card is not one of a network that is known here");
  return card as ModelCard;
};

const refused = (why: string): OsteonError =>
  new OsteonError("bad-input", `The file is no network for centres to share: ${why}.`);
