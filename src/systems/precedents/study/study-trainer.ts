/**
 * Trains the networks of a study one after another. A compiled step serves all that differ in nothing but what they learn, for
 * compiling takes as long as a short training.
 */

import type { StateDict } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import type { Checkpoint, EpochReport } from "../../../learning/checkpoint.ts";
import type { GreyDataset } from "../../../learning/grey-dataset.ts";
import { classifierStep, type TrainingSettings, trainClassifier } from "../../../learning/train-classifier.ts";
import { initialState, stateSpecs } from "../../../nn/network.ts";
import type { TrainStep } from "../../../nn/train-step.ts";
import { givenWeights, networkNames, type WeightsFile } from "../../training/index.ts";
import { epochsFor } from "../config.ts";
import { type BaselineSettings, type Hyperparameters, rotation } from "./config.ts";
import { studyNetwork } from "./networks.ts";

/** What a network learns. */
export interface StudyLesson {
  readonly baseline: BaselineSettings;
  readonly hyperparameters: Hyperparameters;
  /** Side of the network's input. */
  readonly imageSize: number;
  readonly pictures: GreyDataset;
  /** The class of each picture. */
  readonly labels: readonly number[];
  readonly classes: number;
  /** Whom it learns from, as positions of pictures. */
  readonly learned: readonly number[];
  readonly seed: number;
  /** What it begins with, the top layer apart; drawn from the seed without. */
  readonly begin?: WeightsFile | undefined;
}

/** The hooks of one training. */
export interface StudyTrainingHooks {
  readonly resumeFrom?: Checkpoint | undefined;
  readonly onEpoch?: (report: EpochReport, save: () => Checkpoint) => Promise<void> | void;
  readonly signal?: AbortSignal | undefined;
}

/** The rotations and flips of the study, each with the same probability (4.4, model performances). */
const augmentationOf = (p: number): TrainingSettings["augmentation"] => ({
  affine: { rotate: rotation, scale: [1, 1], aspect: 0, translatePercent: 0, p },
  horizontalFlip: p,
  verticalFlip: p,
  randomBrightnessContrast: { brightnessLimit: 0, contrastLimit: 0 },
  coarseDropout: { p: 0, holeRange: [0.1, 0.1] },
});

const settingsOf = ({
  baseline: { optimiser, warmup },
  hyperparameters: { lr, batchSize, duration, augmentation },
  learned,
  imageSize,
  seed,
}: StudyLesson): TrainingSettings => ({
  imageSize,
  batchSize,
  epochs: epochsFor(duration, learned.length),
  optimiser: { ...optimiser, lr },
  warmup,
  labelSmoothing: 0,
  classBalance: "none",
  augmentation: augmentationOf(augmentation),
  seed,
});

/** @throws OsteonError `unsupported` for weights of a network that none are read for */
const beginningOf = (
  { baseline: { network: name }, classes: numClasses, begin }: StudyLesson,
  { batchSize, imageSize, seed }: TrainingSettings,
): StateDict => {
  if (!begin) {
    const specs = stateSpecs(studyNetwork(name, numClasses), [batchSize, 1, imageSize, imageSize]);
    return initialState(specs, seed);
  }
  const network = networkNames.find((known) => known === name);
  if (!network) throw new OsteonError("unsupported", `Weights of a ${name} are not read; begin with nothing.`);
  return givenWeights(begin.bytes, { network, numClasses, imageSize, seed });
};

/** Keeps the step that was compiled last. */
export class StudyTrainer implements AsyncDisposable {
  #compiled: { readonly key: string; readonly step: TrainStep } | undefined;

  /** Trains one network; see {@link trainClassifier}. */
  async train(
    lesson: StudyLesson,
    { resumeFrom, onEpoch, signal }: StudyTrainingHooks = {},
  ): Promise<{ readonly state: StateDict; readonly history: readonly EpochReport[] }> {
    const settings = settingsOf(lesson);
    const network = studyNetwork(lesson.baseline.network, lesson.classes);
    const initial = beginningOf(lesson, settings);
    return trainClassifier(
      network,
      {
        pictures: lesson.pictures.pick(lesson.learned),
        labels: lesson.learned.map((position) => lesson.labels[position]!),
        classes: lesson.classes,
        settings,
        initial,
        step: await this.#stepFor(lesson, settings, initial),
      },
      {
        workers: 1, // threads are started for every network, and the pictures are few
        ...(resumeFrom ? { resumeFrom } : {}),
        ...(onEpoch ? { onEpoch } : {}),
        ...(signal ? { signal } : {}),
      },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#compiled?.step.release();
    this.#compiled = undefined;
  }

  async #stepFor(lesson: StudyLesson, settings: TrainingSettings, state: StateDict): Promise<TrainStep> {
    const { baseline, classes } = lesson;
    const key = JSON.stringify([baseline, classes, settings.imageSize, settings.batchSize]);
    if (this.#compiled?.key === key) return this.#compiled.step;
    await this[Symbol.asyncDispose]();
    const network = studyNetwork(baseline.network, classes);
    // Nothing is weighed by how common it is, so that one step serves trainings on other radiographs.
    const counts = new Array<number>(classes).fill(1);
    const step = await classifierStep(network, { counts, settings: { ...settings, seed: 0 }, beginning: { state } });
    this.#compiled = { key, step };
    return step;
  }
}
