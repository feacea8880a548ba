/**
 * Supervised training of a classifier on grey radiographs: a seeded shuffle and augmentation each epoch, one compiled step,
 * a checkpoint after any epoch that the caller asks one of. A run resumed from a checkpoint makes the same steps as one that
 * was never broken.
 */

import { adamW, type Optimiser, sgd } from "../engine/optimisers.ts";
import { floatTensor, labelTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { initialState, type Network, stateSpecs } from "../nn/network.ts";
import { classification } from "../nn/objective.ts";
import { cosineLr, warmUp } from "../nn/schedules.ts";
import { TrainStep } from "../nn/train-step.ts";
import type { AugmentationOptions } from "./augment.ts";
import { batchesPerEpoch, loadBatches } from "./batch-loader.ts";
import type { Checkpoint, EpochReport } from "./checkpoint.ts";
import { type ClassBalance, classWeights } from "./class-weights.ts";
import { countHits } from "./count-hits.ts";
import type { GreyDataset } from "./grey-dataset.ts";
import { trainingBatches } from "./training-batches.ts";

/** How an optimiser is set up, as plain data that can be written down with a run. */
export type OptimiserSettings =
  | { readonly name: "SGD"; readonly lr: number; readonly momentum: number; readonly weightDecay: number }
  | { readonly name: "AdamW"; readonly lr: number; readonly weightDecay: number };

/** What a training run is told; plain data. */
export interface TrainingSettings {
  /** Side of the network's input in pixels. */
  readonly imageSize: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly optimiser: OptimiserSettings;
  /** Share of the steps in which the learning rate rises. */
  readonly warmup: number;
  readonly labelSmoothing: number;
  readonly classBalance: ClassBalance;
  readonly augmentation: AugmentationOptions;
  readonly seed: number;
}

/** Pictures with the class of each. */
export interface LabelledPictures {
  readonly pictures: GreyDataset;
  /** One class per picture, in [0, classes). */
  readonly labels: readonly number[];
  readonly classes: number;
}

/** The hooks of a training run. */
export interface TrainingHooks {
  /** Called after each epoch with its report and, when asked, a checkpoint. */
  readonly onEpoch?: (report: EpochReport, checkpoint: () => Checkpoint) => Promise<void> | void;
  /** A checkpoint to go on from. */
  readonly resumeFrom?: Checkpoint;
  /** Told once when a checkpoint is gone on from. */
  readonly onResume?: (epochsDone: number) => void;
  /** Stops after the epoch at hand. */
  readonly signal?: AbortSignal;
  /** Threads that make batches ready; they do not change the result. See prefetch.ts for the default. */
  readonly workers?: number;
}

/** What a step is compiled for: the size of its batches, and what each class weighs. */
export interface ClassifierStepOptions {
  /** Pictures of each class. */
  readonly counts: readonly number[];
  readonly settings: TrainingSettings;
  /** What it begins with, and with which optimiser. */
  readonly beginning: Pick<Checkpoint, "state"> & Partial<Pick<Checkpoint, "optimiserState" | "stepsDone">>;
}

/** A trained network's tensors and the course of its training. */
export interface TrainedClassifier {
  readonly state: StateDict;
  readonly history: readonly EpochReport[];
}

const optimiserOf = (settings: OptimiserSettings): Optimiser =>
  settings.name === "SGD" ? sgd(settings) : adamW({ weightDecay: settings.weightDecay });

const inputShapeOf = ({ batchSize, imageSize }: TrainingSettings): readonly number[] => [
  batchSize,
  1,
  imageSize,
  imageSize,
];

/** Compiles the step of a classifier, for {@link trainClassifier} or for several short trainings by the same one. */
export const classifierStep = (
  network: Network<"logits">,
  { counts, settings, beginning: { state, optimiserState, stepsDone = 0 } }: ClassifierStepOptions,
): Promise<TrainStep> =>
  TrainStep.create({
    network,
    inputShape: inputShapeOf(settings),
    optimiser: optimiserOf(settings.optimiser),
    state,
    ...(optimiserState ? { optimiserState } : {}),
    stepsDone,
    objective: classification({
      weight: classWeights(counts, settings.classBalance),
      labelSmoothing: settings.labelSmoothing,
    }),
    seed: settings.seed,
  });

/**
 * Trains a classifier.
 *
 * @throws OsteonError `bad-input` with fewer than two pictures or classes, `interrupted` when the signal stops it,
 *   `shape-mismatch` for a checkpoint or initial weights of another network
 */
export const trainClassifier = async (
  network: Network<"logits">,
  data: LabelledPictures & {
    readonly settings: TrainingSettings;
    /** Every tensor to begin with, such as of a pretrained network; drawn from the seed by default. */
    readonly initial?: StateDict;
    /** Compiled by {@link classifierStep} for this network and these settings; begun anew, and left for the next training. */
    readonly step?: TrainStep;
  },
  hooks: TrainingHooks = {},
): Promise<TrainedClassifier> => {
  const { pictures, labels, classes, settings } = data;
  if (pictures.length < 2 || classes < 2) {
    const found = `${pictures.length} labelled pictures of ${classes} classes`;
    throw new OsteonError("bad-input", `Training needs at least two pictures of two classes; there are ${found}.`);
  }
  const { imageSize, batchSize, epochs, seed } = settings;
  const inputShape = inputShapeOf(settings);
  const resumed = hooks.resumeFrom;
  const history: EpochReport[] = [...(resumed?.history ?? [])];
  if (resumed) hooks.onResume?.(history.length);
  const counts = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);
  const schedule = { pictures: pictures.length, batchSize, epochs, seed };
  const stepsPerEpoch = batchesPerEpoch(schedule);
  await using batches = loadBatches(
    { ...schedule, batchesDone: history.length * stepsPerEpoch },
    trainingBatches({ pictures: pictures.shared(), imageSize, augmentation: settings.augmentation, seed }),
    hooks.workers === undefined ? {} : { workers: hooks.workers },
  );
  const beginning = resumed ?? { state: data.initial ?? initialState(stateSpecs(network, inputShape), seed) };
  data.step?.restart(beginning);
  const step = data.step ?? (await classifierStep(network, { counts, settings, beginning }));
  const steps = epochs * stepsPerEpoch;
  const lrAt = warmUp(cosineLr({ lr: settings.optimiser.lr, steps }), Math.floor(steps * settings.warmup));
  try {
    for (let epoch = history.length; epoch < epochs; epoch++) {
      let lossSum = 0;
      let hits = 0;
      for (let b = 0; b < stepsPerEpoch; b++) {
        const { item, value: x } = (await batches.next()).value!;
        const batchLabels = Array.from(item.indices, (index) => labels[index]!);
        const { loss, outputs } = await step.step({
          x: floatTensor(inputShape, x),
          targets: { labels: labelTensor(batchLabels) },
          lr: lrAt(step.stepsDone),
        });
        if (!Number.isFinite(loss)) {
          throw new OsteonError(
            "bad-input",
            `The loss became ${loss} in epoch ${epoch + 1}; train with a smaller learning rate.`,
          );
        }
        lossSum += loss;
        hits += countHits(outputs.logits!, batchLabels);
      }
      const shown = stepsPerEpoch * batchSize;
      const report = {
        epoch: epoch + 1,
        epochs,
        loss: lossSum / stepsPerEpoch,
        accuracy: hits / shown,
        lr: lrAt(step.stepsDone - 1),
        pictures: shown,
      };
      history.push(report);
      await hooks.onEpoch?.(report, () => checkpointOf(step, history));
      if (hooks.signal?.aborted && epoch + 1 < epochs) {
        throw new OsteonError(
          "interrupted",
          `Training was interrupted after epoch ${epoch + 1}; start it again to go on.`,
        );
      }
    }
    return { state: step.state(), history };
  } finally {
    if (step !== data.step) await step.release();
  }
};

const checkpointOf = (step: TrainStep, history: readonly EpochReport[]): Checkpoint => ({
  state: step.state(),
  optimiserState: step.optimiserState(),
  stepsDone: step.stepsDone,
  history: [...history],
});
