/** Trains the network whose features make the precedents. A run that was broken off is gone on with. */

import { OsteonError } from "../../errors.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import { GreyDataset } from "../../learning/grey-dataset.ts";
import { type EpochReport, type TrainedClassifier, trainClassifier } from "../../learning/train-classifier.ts";
import { exportOnnx } from "../../nn/network.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type StoredImage,
} from "../../store/index.ts";
import { codeVersion } from "./code-version.ts";
import { epochsFor, type PrecedentsSettings, type Target, targets } from "./config.ts";
import { encodePrecedentsModel, type ModelCard, networkOf, type PrecedentsModel } from "./model.ts";

/** What a training run is told. */
export interface TrainOptions {
  readonly settings: PrecedentsSettings;
  readonly seed: number;
  /** What the network learns; by default the first of entity, region, label that has two values in the archive. */
  readonly target?: Target;
  /** Instead of what the settings say. */
  readonly epochs?: number;
  readonly signal?: AbortSignal;
  readonly onEpoch?: (report: EpochReport) => void;
  /** Told when an unfinished run is gone on with. */
  readonly onResume?: (epochsDone: number) => void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface TrainReport {
  readonly run: string;
  readonly target: Target;
  readonly classes: readonly string[];
  readonly radiographs: number;
  readonly patients: number;
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** The system's name in the table of runs. */
export const trainSystem = "precedents/train";

const checkpointName = "checkpoint.safetensors";

/** A kill loses at most a twentieth of the epochs; each checkpoint is three times the network and takes a second. */
const checkpointEvery = (epochs: number): number => Math.ceil(epochs / 20);

export const modelName = "model.safetensors";

/**
 * @throws OsteonError `bad-input` when fewer than two labels are in the archive, `interrupted` when the signal stops it
 */
export const trainPrecedents = async (home: Home, options: TrainOptions): Promise<TrainReport> => {
  const images = await listImages(home.database);
  const target = options.target ?? defaultTarget(images);
  const labelled = images.filter((image) => image[target] !== null);
  const classes = classesOf(labelled, target);
  const { settings, seed } = options;
  const epochs = options.epochs ?? epochsFor(settings.duration, labelled.length);
  const plan = { target, epochs, seed, settings };
  const fingerprint = hashContent(
    JSON.stringify([plan, codeVersion, labelled.map((image) => [image.id, image[target]])]),
  );
  const { run } = await continueOrCreateRun(home.database, { system: trainSystem, settings: plan, fingerprint });

  const card: ModelCard = {
    format: "osteon-precedents-model-1",
    modelId: run.id,
    target,
    classes,
    settings,
    epochs,
    seed,
    radiographs: labelled.length,
    patients: new Set(labelled.map(({ patient }) => patient)).size,
    codeVersion,
  };
  const pictures = await loadPictures(home, labelled, settings.sourceSize);
  const checkpoint = (await home.files.hasArtefact(run.id, checkpointName))
    ? await home.files.readArtefact(run.id, checkpointName)
    : undefined;
  const trained = await fitNetwork(card, labelled, {
    pictures,
    ...(checkpoint ? { resumeFrom: checkpoint } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    onEpoch: async (report, save) => {
      if (report.epoch % checkpointEvery(epochs) === 0 || options.signal?.aborted) {
        await home.files.writeArtefact(run.id, checkpointName, save());
      }
      options.onEpoch?.(report);
    },
    ...(options.onResume ? { onResume: options.onResume } : {}),
  });
  const model = { card, state: trained.state };
  await home.files.writeArtefact(run.id, modelName, encodePrecedentsModel(model));
  await home.files.writeArtefact(run.id, "model.onnx", deployable(model));
  const { loss, accuracy } = trained.history.at(-1)!;
  await finishRun(home.database, run.id, { metrics: { loss, accuracy, history: trained.history }, at: options.now() });
  await home.files.removeArtefact(run.id, checkpointName);
  return {
    run: run.id,
    target,
    classes,
    radiographs: card.radiographs,
    patients: card.patients,
    epochs,
    loss,
    accuracy,
  };
};

/** The hooks of {@link fitNetwork}. */
interface FitOptions {
  readonly pictures: GreyDataset;
  readonly resumeFrom?: Uint8Array;
  readonly signal?: AbortSignal;
  readonly onEpoch?: (report: EpochReport, save: () => Uint8Array) => Promise<void> | void;
  readonly onResume?: (epochsDone: number) => void;
}

/** Trains the network of a card on labelled radiographs. */
export const fitNetwork = (
  card: ModelCard,
  labelled: readonly StoredImage[],
  options: FitOptions,
): Promise<TrainedClassifier> => {
  const { settings, epochs, seed, classes, target } = card;
  return trainClassifier(
    networkOf(settings.architecture, classes.length),
    {
      pictures: options.pictures,
      labels: labelled.map((image) => classes.indexOf(image[target]!)),
      classes: classes.length,
      settings: { ...settings.training, epochs, seed },
    },
    options,
  );
};

/** The labels of a target, in alphabetical order. */
export const classesOf = (images: readonly StoredImage[], target: Target): readonly string[] => {
  const classes = [...new Set(images.flatMap((image) => image[target] ?? []))].sort();
  if (classes.length >= 2) return classes;
  const found = classes.length === 1 ? "only one" : "none";
  throw new OsteonError(
    "bad-input",
    `Training needs radiographs of at least two different values of "${target}", and the home has ${found}; import some with --labels.`,
  );
};

/** The first target with at least two values. */
export const defaultTarget = (images: readonly StoredImage[]): Target =>
  targets.find((target) => new Set(images.flatMap((image) => image[target] ?? [])).size >= 2) ?? "entity";

/** The small pictures of radiographs, in memory. */
export const loadPictures = async (home: Home, images: readonly StoredImage[], size: number): Promise<GreyDataset> => {
  const pictures = new GreyDataset(size);
  for (const { id } of images) pictures.add(await decodeGreyPng(await home.files.readPicture(id)));
  return pictures;
};

/** The network for one picture at a time, as other programs run it: `x` [1, 1, S, S], standardised; features and logits. */
const deployable = ({ card, state }: PrecedentsModel): Uint8Array => {
  const { imageSize } = card.settings.training;
  return exportOnnx(networkOf(card.settings.architecture, card.classes.length), {
    inputShape: [1, 1, imageSize, imageSize],
    state,
    metadata: { osteon: JSON.stringify(card) },
  });
};
