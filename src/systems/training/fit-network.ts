/**
 * Trains one of the networks of a run: gone on with from its checkpoint, each epoch tried on what is not learned from, timed and
 * written down. Epochs are counted over all networks of the run.
 */

import type { StateDict } from "../../engine/tensor.ts";
import type { EpochReport } from "../../learning/checkpoint.ts";
import { ClassifierValidation } from "../../learning/classifier-validation.ts";
import {
  type LabelledPictures,
  type TrainedClassifier,
  type TrainingSettings,
  trainClassifier,
} from "../../learning/train-classifier.ts";
import type { Network } from "../../nn/network.ts";
import type { TrainingMemory } from "./checkpoints.ts";
import type { TrainingCourse } from "./course.ts";

/** What a network learns. */
export interface NetworkLesson extends LabelledPictures {
  readonly settings: TrainingSettings;
  /** Every tensor to begin with; drawn from the seed by default. */
  readonly initial?: StateDict;
  /** What is not learned from, on which the network is tried after each epoch; nothing where it holds no picture. */
  readonly validation?: LabelledPictures | undefined;
}

/** The hooks of every training of a run. */
export interface FitHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: (report: EpochReport) => void;
  /** Told when an unfinished network is gone on with. */
  readonly onResume?: (epochsDone: number) => void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** Which of the run's networks it is, and where its way is kept. */
export interface FitPlace {
  /** From 0. */
  readonly network: number;
  readonly networks: number;
  readonly memory: TrainingMemory;
  readonly course: TrainingCourse;
  /** A kill loses at most one of so many parts of the network's epochs. */
  readonly checkpoints: number;
}

/** A network's own report as the run counts its epochs. */
export const overallReport = (
  report: EpochReport,
  { network, networks }: Pick<FitPlace, "network" | "networks">,
): EpochReport => ({
  ...report,
  epoch: network * report.epochs + report.epoch,
  epochs: networks * report.epochs,
});

/**
 * A network that is done keeps its last checkpoint, from which a later process takes it without training.
 *
 * @throws OsteonError as {@link trainClassifier}; `interrupted` when the signal stops it
 */
export const fitNetwork = async (
  network: Network<"logits">,
  { validation, ...lesson }: NetworkLesson,
  { memory, course, checkpoints, signal, onEpoch, onResume, now, ...place }: FitPlace & FitHooks,
): Promise<TrainedClassifier> => {
  const { epochs, imageSize } = lesson.settings;
  const before = place.network * epochs;
  const checkpointEvery = Math.ceil(epochs / checkpoints);
  const resumeFrom = await memory.read(place.network);
  const trial =
    validation && validation.pictures.length > 0
      ? await ClassifierValidation.create(network, { ...validation, imageSize })
      : undefined;
  try {
    await course.goOnAfter(before + (resumeFrom?.history.length ?? 0), place.network + 1);
    let epochBegan = now();
    return await trainClassifier(network, lesson, {
      ...(signal ? { signal } : {}),
      ...(resumeFrom ? { resumeFrom } : {}),
      onResume: (done) => onResume?.(before + done),
      onEpoch: async (report, save) => {
        const seconds = (now().getTime() - epochBegan.getTime()) / 1e3;
        const measured = (await trial?.measure(save().state)) ?? null;
        const overall = overallReport(report, place);
        await course.write({ ...overall, network: place.network + 1, validation: measured, seconds });
        const isLast = report.epoch === epochs;
        if (isLast || signal?.aborted || report.epoch % checkpointEvery === 0)
          await memory.write(place.network, save());
        onEpoch?.(overall);
        epochBegan = now();
      },
    });
  } finally {
    await trial?.release();
  }
};
