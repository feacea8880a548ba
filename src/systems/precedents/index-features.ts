/** The index of some radiographs' features, by a hashing that is fitted on those alone from which the networks learned. */

import type { PatientId } from "../../clinic/ids.ts";
import { type Matrix, rowsAt } from "../../numeric/matrix.ts";
import { buildPrecedentIndex, type PrecedentIndex } from "../../retrieval/precedent-index.ts";
import type { StoredImage } from "../../store/index.ts";
import type { Target } from "./config.ts";
import { fitHashing, type HashingSettings } from "./fit-hashing.ts";
import type { PrecedentsModel } from "./model.ts";

/** What an index says of a radiograph. */
export type IndexedImage = Pick<StoredImage, "id" | "patient" | Target>;

/** What is indexed. */
export interface IndexedFeatures {
  readonly images: readonly IndexedImage[];
  /** A row for each radiograph, as the networks give them; afterwards the index has their memory for its directions. */
  readonly features: Matrix<Float32Array>;
  /** Patients from whom the networks were kept; nothing is fitted on theirs. */
  readonly heldOut?: ReadonlySet<PatientId>;
  /** Random hyperplanes of as many bits as the model's settings say, where nothing else is. */
  readonly hashing?: Partial<HashingSettings>;
}

/** Whether codes may be fitted on a radiograph: the networks learned from it, or from others of its patient. */
export const isLearned = (
  image: IndexedImage,
  { target, heldOut }: { readonly target: Target; readonly heldOut: ReadonlySet<PatientId> },
): boolean => image[target] !== null && !heldOut.has(image.patient);

/** @throws OsteonError `bad-input` where the family needs more radiographs to be fitted on than there are */
export const indexFeatures = async (
  { card }: Pick<PrecedentsModel, "card">,
  { images, features, heldOut = new Set(), hashing: wanted = {} }: IndexedFeatures,
): Promise<PrecedentIndex> => {
  const { target } = card;
  const learned = [...images.keys()].filter((i) => isLearned(images[i]!, { target, heldOut }));
  const training = {
    features: rowsAt(features, learned),
    patients: learned.map((i) => images[i]!.patient),
    labels: learned.map((i) => images[i]![target]!),
  };
  const { family = "random-hyperplanes", bits = card.settings.bits } = wanted;
  const hashing = await fitHashing(training, { family, bits, seed: card.seed });
  return buildPrecedentIndex({
    modelId: card.modelId,
    hashing,
    entries: images.map((image) => ({ image: image.id, patient: image.patient, label: image[target] })),
    features,
    memory: features.values,
  });
};
