/**
 * Builds the index: features and hash codes of every radiograph in the home, and beside them of every marked lesion, by the
 * newest trained network; and what the archive's own links say of later ones.
 */

import { OsteonError } from "../../errors.ts";
import { rowOf, rowsFrom } from "../../numeric/matrix.ts";
import { checkBits } from "../../retrieval/binary-codes.ts";
import type { HashFamily } from "../../retrieval/hashing/hashing.ts";
import { precedentIndexParts } from "../../retrieval/index-file.ts";
import {
  continueOrCreateRun,
  type FileContent,
  finishRun,
  type Home,
  hashEach,
  latestFinishedRun,
  listAnnotations,
  listImages,
  type RunStarter,
  type StoredImage,
} from "../../store/index.ts";
import {
  familiarityName,
  indexName,
  indexSystem,
  lesionBoxesName,
  lesionIndexName,
  lesionPastLinksName,
  modelName,
  pastLinksName,
} from "./artefacts.ts";
import { encodeFamiliarity, fitFamiliarity } from "./familiarity.ts";
import { featuresOf } from "./features/features-of.ts";
import { forgetFeatures } from "./features/forget-features.ts";
import type { HashingSettings } from "./fit-hashing.ts";
import { indexFeatures, isLearned } from "./index-features.ts";
import { isInside, type LesionBox, lesionBoxes } from "./lesion-crop.ts";
import { decodePrecedentsModel, type PrecedentsModel } from "./model.ts";
import { encodePastLinks, linkArchive } from "./past-links.ts";
import { heldOutOf, trainSystem } from "./train.ts";

/** What building is told. */
export interface BuildOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Who asked for it, and in which job; nobody in particular from the command line. */
  readonly startedBy?: RunStarter;
  /** Which codes are made; random hyperplanes of as many bits as the model's settings say, where nothing else is wanted. */
  readonly hashing?: Partial<HashingSettings>;
  /** Told how many slices are to be made for which run, before they are: other processes may help. */
  readonly onSlices?: (work: { readonly run: string; readonly slices: number }) => Promise<void>;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface BuildReport {
  readonly run: string;
  readonly model: string;
  readonly radiographs: number;
  readonly patients: number;
  /** Radiographs whose lesion is marked, so that lesions can be compared with theirs. */
  readonly lesions: number;
  /** Radiographs and lesions that the networks looked at for it; what they had made of the others was kept. */
  readonly embedded: number;
  readonly family: HashFamily;
  readonly bits: number;
  /** Patients on whose features the codes were fitted. */
  readonly fittedOn: number;
}

/** @throws OsteonError `not-trained` when nothing was trained yet, `interrupted` when the signal stops it */
export const buildIndex = async (home: Home, options: BuildOptions): Promise<BuildReport> => {
  const model = await newestModel(home);
  const { modelId, seed, target, settings } = model.card;
  const images = await listImages(home.database);
  const boxes = lesionBoxes(await listAnnotations(home.database));
  const { family = "random-hyperplanes", bits = settings.bits } = options.hashing ?? {};
  const hashing: HashingSettings = { family, bits };
  checkBits(bits);
  const plan = { model: modelId, ...hashing, seed };
  const fingerprint = hashEach([plan, ...images.map(({ id }) => id), ...boxes]);
  const { startedBy, signal, onProgress, onSlices } = options;
  const { run } = await continueOrCreateRun(home.database, {
    system: indexSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });

  const lesions = lesionsOf(images, boxes);
  const marked = lesions.map(({ image }) => image);
  const sights = [...images.map((image) => ({ image, box: null })), ...lesions];
  const { features, textures, embedded, useless } = await featuresOf(home, sights, {
    run: run.id,
    model,
    modelRun: modelId,
    signal,
    onProgress,
    onSlices: async (slices) => onSlices?.({ run: run.id, slices }),
  });
  const write = (name: string, content: FileContent): Promise<void> => home.files.writeArtefact(run.id, name, content);
  const heldOut = await heldOutOf(home, modelId);
  const texturesByImage = images.map((_, i) => rowOf(textures, i));
  await write(familiarityName, encodeFamiliarity(fitFamiliarity(images, texturesByImage, seed)));
  const whole = rowsFrom(features, { first: 0, count: images.length });
  const index = await indexFeatures(model, { images, features: whole, heldOut, hashing });
  await write(pastLinksName, encodePastLinks(linkArchive(index, { seed, heldOut })));
  await write(indexName, precedentIndexParts(index));
  if (marked.some((image) => isLearned(image, { target, heldOut }))) {
    const crops = rowsFrom(features, { first: images.length, count: marked.length });
    const lesionIndex = await indexFeatures(model, { images: marked, features: crops, heldOut, hashing });
    await write(lesionPastLinksName, encodePastLinks(linkArchive(lesionIndex, { seed, heldOut })));
    await write(lesionBoxesName, JSON.stringify(lesions.map(({ image, box }) => [image.id, box])));
    await write(lesionIndexName, precedentIndexParts(lesionIndex));
  }
  const report = {
    run: run.id,
    model: modelId,
    radiographs: images.length,
    patients: new Set(images.map(({ patient }) => patient)).size,
    lesions: marked.length,
    embedded,
    ...hashing,
    fittedOn: index.hashing.fittedOn.length,
  };
  await finishRun(home.database, run.id, { metrics: report, at: options.now() });
  await forgetFeatures(home, { modelRun: modelId, useless });
  return report;
};

/** The marked lesions, of each radiograph the one that is compared, in the order of the radiographs. */
const lesionsOf = (
  images: readonly StoredImage[],
  boxes: ReadonlyMap<StoredImage["id"], LesionBox>,
): { readonly image: StoredImage; readonly box: LesionBox }[] =>
  images.flatMap((image) => {
    const box = boxes.get(image.id);
    return box !== undefined && isInside(box, image) ? [{ image, box }] : [];
  });

/** @throws OsteonError `not-trained` when no training run has finished */
export const newestModel = async (home: Home): Promise<PrecedentsModel> => {
  const run = await latestFinishedRun(home.database, trainSystem);
  if (!run) throw new OsteonError("not-trained", "Nothing is trained yet; run `osteon precedents train` first.");
  return modelOf(home, run.id);
};

/** The model that a run trained. */
export const modelOf = async ({ files }: Pick<Home, "files">, run: string): Promise<PrecedentsModel> =>
  decodePrecedentsModel(await files.readArtefact(run, modelName));
