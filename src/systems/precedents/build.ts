/**
 * Builds the index: features and hash codes of every radiograph in the home, and beside them of every marked lesion, by the
 * newest trained network; and what the archive's own links say of later ones.
 */

import { OsteonError } from "../../errors.ts";
import { checkBits } from "../../retrieval/binary-codes.ts";
import type { HashFamily } from "../../retrieval/hashing/hashing.ts";
import { precedentIndexParts } from "../../retrieval/index-file.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  latestFinishedRun,
  listAnnotations,
  listImages,
  type RunStarter,
} from "../../store/index.ts";
import {
  familiarityName,
  indexName,
  lesionBoxesName,
  lesionIndexName,
  lesionPastLinksName,
  modelName,
  pastLinksName,
} from "./artefacts.ts";
import { embedArchive } from "./embed-archive.ts";
import { Embedder } from "./embedder.ts";
import { encodeFamiliarity, fitFamiliarity } from "./familiarity.ts";
import type { HashingSettings } from "./fit-hashing.ts";
import { indexFeatures, isLearned } from "./index-features.ts";
import { isInside, lesionBoxes } from "./lesion-crop.ts";
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
  readonly family: HashFamily;
  readonly bits: number;
  /** Patients on whose features the codes were fitted. */
  readonly fittedOn: number;
}

/** The system's name in the table of runs. */
export const indexSystem = "precedents/index";

/** @throws OsteonError `not-trained` when nothing was trained yet, `interrupted` when the signal stops it */
export const buildIndex = async (home: Home, options: BuildOptions): Promise<BuildReport> => {
  const model = await newestModel(home);
  const images = await listImages(home.database);
  const lesions = lesionBoxes(await listAnnotations(home.database));
  const { family = "random-hyperplanes", bits = model.card.settings.bits } = options.hashing ?? {};
  const hashing: HashingSettings = { family, bits };
  checkBits(bits);
  const plan = { model: model.card.modelId, ...hashing, seed: model.card.seed };
  const fingerprint = hashContent(JSON.stringify([plan, images.map(({ id }) => id), [...lesions]]));
  const { startedBy } = options;
  const { run } = await continueOrCreateRun(home.database, {
    system: indexSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });

  const marked = images.filter((image) => {
    const box = lesions.get(image.id);
    return box !== undefined && isInside(box, image);
  });
  const embedder = await Embedder.create(model);
  const features: Float32Array[] = [];
  const textures: Float64Array[] = [];
  const crops: Float32Array[] = [];
  const total = images.length + marked.length;
  const advance = (): void => {
    if (options.signal?.aborted) {
      throw new OsteonError("interrupted", "Building the index was interrupted; start it again.");
    }
    options.onProgress?.(features.length + crops.length, total);
  };
  try {
    for await (const { features: own, texture } of embedArchive(home, images, { model, embedder, withTexture: true })) {
      features.push(own);
      textures.push(texture!);
      advance();
    }
    for await (const { features: own } of embedArchive(home, marked, { model, embedder, lesions })) {
      crops.push(own);
      advance();
    }
  } finally {
    await embedder.release();
  }
  const write = (name: string, content: string | readonly Uint8Array[]): Promise<void> =>
    home.files.writeArtefact(run.id, name, content);
  const { seed } = model.card;
  const heldOut = await heldOutOf(home, model.card.modelId);
  await write(familiarityName, encodeFamiliarity(fitFamiliarity(images, textures, seed)));
  const index = await indexFeatures(model, { images, features, heldOut, hashing });
  await write(pastLinksName, encodePastLinks(linkArchive(index, { seed, heldOut })));
  await write(indexName, precedentIndexParts(index));
  if (marked.some((image) => isLearned(image, { target: model.card.target, heldOut }))) {
    const lesionIndex = await indexFeatures(model, { images: marked, features: crops, heldOut, hashing });
    await write(lesionPastLinksName, encodePastLinks(linkArchive(lesionIndex, { seed, heldOut })));
    await write(lesionBoxesName, JSON.stringify(marked.map(({ id }) => [id, lesions.get(id)])));
    await write(lesionIndexName, precedentIndexParts(lesionIndex));
  }
  const report = {
    run: run.id,
    model: model.card.modelId,
    radiographs: images.length,
    patients: new Set(images.map(({ patient }) => patient)).size,
    lesions: marked.length,
    ...hashing,
    fittedOn: index.hashing.fittedOn.length,
  };
  await finishRun(home.database, run.id, { metrics: report, at: options.now() });
  return report;
};

/** @throws OsteonError `not-trained` when no training run has finished */
export const newestModel = async (home: Home): Promise<PrecedentsModel> => {
  const run = await latestFinishedRun(home.database, trainSystem);
  if (!run) throw new OsteonError("not-trained", "Nothing is trained yet; run `osteon precedents train` first.");
  return modelOf(home, run.id);
};

/** The model that a run trained. */
export const modelOf = async ({ files }: Pick<Home, "files">, run: string): Promise<PrecedentsModel> =>
  decodePrecedentsModel(await files.readArtefact(run, modelName));
