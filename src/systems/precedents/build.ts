/** Builds the index: features and hash codes of every radiograph in the home, by the newest trained network. */

import { OsteonError } from "../../errors.ts";
import { encodePrecedentIndex } from "../../retrieval/index-file.ts";
import { buildPrecedentIndex, type PrecedentIndex } from "../../retrieval/precedent-index.ts";
import { RandomHyperplanes } from "../../retrieval/random-hyperplanes.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  latestFinishedRun,
  listImages,
  type StoredImage,
} from "../../store/index.ts";
import { embedArchive } from "./embed-archive.ts";
import { Embedder } from "./embedder.ts";
import { encodeFamiliarity, fitFamiliarity } from "./familiarity.ts";
import { decodePrecedentsModel, type PrecedentsModel } from "./model.ts";
import { modelName, trainSystem } from "./train.ts";

/** What building is told. */
export interface BuildOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface BuildReport {
  readonly run: string;
  readonly model: string;
  readonly radiographs: number;
  readonly patients: number;
  readonly bits: number;
}

/** The system's name in the table of runs. */
export const indexSystem = "precedents/index";

export const indexName = "index.osteon";
export const familiarityName = "familiarity.json";

/** @throws OsteonError `not-found` when nothing was trained yet, `interrupted` when the signal stops it */
export const buildIndex = async (home: Home, options: BuildOptions): Promise<BuildReport> => {
  const model = await newestModel(home);
  const images = await listImages(home.database);
  const plan = { model: model.card.modelId, bits: model.card.settings.bits, seed: model.card.seed };
  const fingerprint = hashContent(JSON.stringify([plan, images.map(({ id }) => id)]));
  const { run } = await continueOrCreateRun(home.database, { system: indexSystem, settings: plan, fingerprint });

  const embedder = await Embedder.create(model);
  const features: Float32Array[] = [];
  const textures: Float64Array[] = [];
  try {
    for await (const { features: own, texture } of embedArchive(home, images, { model, embedder, withTexture: true })) {
      if (options.signal?.aborted)
        throw new OsteonError("interrupted", "Building the index was interrupted; start it again.");
      features.push(own);
      textures.push(texture!);
      options.onProgress?.(features.length, images.length);
    }
  } finally {
    await embedder.release();
  }
  const index = indexFeatures(model, images, features);
  await home.files.writeArtefact(
    run.id,
    familiarityName,
    encodeFamiliarity(fitFamiliarity(images, textures, model.card.seed)),
  );
  await home.files.writeArtefact(run.id, indexName, encodePrecedentIndex(index));
  const report = {
    run: run.id,
    model: model.card.modelId,
    radiographs: images.length,
    patients: new Set(images.map(({ patient }) => patient)).size,
    bits: model.card.settings.bits,
  };
  await finishRun(home.database, run.id, { metrics: report, at: options.now() });
  return report;
};

/** The index of some radiographs' features; the hyperplanes go through the mean of those that carry a label. */
export const indexFeatures = (
  { card }: PrecedentsModel,
  images: readonly StoredImage[],
  features: readonly Float32Array[],
): PrecedentIndex => {
  const learned = features.filter((_, i) => images[i]![card.target] !== null);
  const hyperplanes = RandomHyperplanes.fit(matrixOf(learned), { seed: card.seed, bits: card.settings.bits });
  return buildPrecedentIndex({
    modelId: card.modelId,
    hyperplanes,
    entries: images.map((image) => ({ image: image.id, patient: image.patient, label: image[card.target] })),
    features: matrixOf(features),
  });
};

const matrixOf = (rows: readonly Float32Array[]): { rows: number; columns: number; values: Float32Array } => {
  const columns = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    values.set(row, i * columns);
  });
  return { rows: rows.length, columns, values };
};

/** @throws OsteonError `not-found` when no training run has finished */
export const newestModel = async (home: Home): Promise<PrecedentsModel> => {
  const run = await latestFinishedRun(home.database, trainSystem);
  if (!run) throw new OsteonError("not-found", "Nothing is trained yet; run `osteon precedents train` first.");
  return decodePrecedentsModel(await home.files.readArtefact(run.id, modelName));
};
