/** What a pretraining can learn from and an evaluation of transfer can compare, for who starts one. */

import type { TransferChoices } from "../../contract/transfer.ts";
import { type Home, listClusterings, listImages, listRuns, type StoredImage } from "../../store/index.ts";
import { networkNames } from "../../systems/training/index.ts";
import {
  epochsFor,
  type PretrainReport,
  pretrainSystem,
  type TransferPresetName,
  type TransferSettings,
  type TransferTarget,
  transferPresets,
  transferTargets,
} from "../../systems/transfer/index.ts";

/** Of the patients; the others validate and test. */
const learnedShare = 0.8;

export const transferChoicesOf = async (home: Home): Promise<TransferChoices> => {
  const { database } = home;
  const clusterings = await listClusterings(database);
  const images = await listImages(database);
  const learned = Math.max(1, Math.round((clusterings[0]?.images ?? 0) * learnedShare));
  const pretrained = (await listRuns(database)).filter(
    ({ system, state }) => system === pretrainSystem && state === "finished",
  );
  return {
    presets: (Object.keys(transferPresets) as TransferPresetName[]).map((name) => {
      const { network, imageSize, pretraining, downstream } = transferPresets[name];
      const { epochs, folds, seeds } = downstream;
      return {
        name,
        network,
        imageSize,
        pretrainEpochs: epochsFor(pretraining.duration, learned),
        epochs,
        folds,
        seeds,
      };
    }),
    networks: [...networkNames],
    clusterings: clusterings.map(({ id, clusters, images: count }) => ({ run: id, clusters, images: count })),
    pretrained: pretrained.map(({ id, settings, metrics }) => {
      const { imageSize } = (settings as { readonly settings: TransferSettings }).settings;
      const { network, clusters, radiographs } = metrics as PretrainReport;
      return { run: id, network, imageSize, clusters, radiographs };
    }),
    weights: await home.files.listWeights(),
    targets: transferTargets.map((name) => ({ name, classes: classesOf(images, name) })),
  };
};

/** The values of a target, the commonest first. */
const classesOf = (
  images: readonly StoredImage[],
  target: TransferTarget,
): TransferChoices["targets"][number]["classes"] =>
  [
    ...Map.groupBy(
      images.filter((image) => image[target] !== null),
      (image) => image[target]!,
    ),
  ]
    .map(([name, own]) => ({
      name,
      radiographs: own.length,
      patients: new Set(own.map(({ patient }) => patient)).size,
    }))
    .sort((a, b) => b.radiographs - a.radiographs || (a.name < b.name ? -1 : 1));
