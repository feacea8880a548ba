/**
 * The downstream task: networks that begin with some weights learn a small task, and are tested on patients whom they did not
 * learn from. One compiled step serves every fold, seed and start, for compiling takes as long as a short training.
 */

import type { StateDict } from "../../engine/tensor.ts";
import type { Checkpoint, EpochReport } from "../../learning/checkpoint.ts";
import { ClassifierValidation } from "../../learning/classifier-validation.ts";
import { classifierStep, type LabelledPictures, trainClassifier } from "../../learning/train-classifier.ts";
import type { Network } from "../../nn/network.ts";
import { Scope } from "../../nn/scope.ts";
import type { TrainStep } from "../../nn/train-step.ts";
import type { DownstreamSettings } from "./config.ts";
import type { Fold } from "./folds.ts";

/** With the side of the network's input in pixels. */
type SizedSettings = DownstreamSettings & { readonly imageSize: number };

/** One network of the comparison. */
export interface DownstreamTraining {
  readonly fold: Fold;
  /** Every tensor to begin with. */
  readonly initial: StateDict;
  readonly seed: number;
  readonly resumeFrom?: Checkpoint | undefined;
  readonly onEpoch?: (report: EpochReport, checkpoint: () => Checkpoint) => Promise<void> | void;
  readonly signal?: AbortSignal | undefined;
}

/** What a trained network said. */
export interface DownstreamResult {
  /** For each item of the fold's test part, whether it was named rightly. */
  readonly test: readonly boolean[];
  readonly validation: readonly boolean[];
  /** Of the training pictures in the last epoch. */
  readonly last: EpochReport;
}

/** A task with everything compiled that its networks share. */
export class Downstream {
  readonly #network: Network<"logits">;
  readonly #task: LabelledPictures;
  readonly #settings: SizedSettings;
  readonly #step: TrainStep;
  readonly #trial: ClassifierValidation;

  private constructor(
    network: Network<"logits">,
    {
      task,
      settings,
      step,
      trial,
    }: { task: LabelledPictures; settings: SizedSettings; step: TrainStep; trial: ClassifierValidation },
  ) {
    this.#network = network;
    this.#task = task;
    this.#settings = settings;
    this.#step = step;
    this.#trial = trial;
  }

  /** @param task all radiographs of the task; folds are positions in it */
  static async create(
    network: Network<"logits">,
    {
      task,
      settings,
      state,
    }: { readonly task: LabelledPictures; readonly settings: SizedSettings; readonly state: StateDict },
  ): Promise<Downstream> {
    const { training, epochs, normalisation, imageSize } = settings;
    const counts = Array.from({ length: task.classes }, (_, c) => task.labels.filter((label) => label === c).length);
    const step = await classifierStep(normalisation === "frozen" ? frozen(network) : network, {
      counts,
      settings: { ...training, imageSize, epochs, seed: 0 },
      beginning: { state },
    });
    const trial = await ClassifierValidation.create(network, { ...task, imageSize });
    return new Downstream(network, { task, settings, step, trial });
  }

  /** Trains one network and tests it. */
  async train({ fold, initial, seed, resumeFrom, onEpoch, signal }: DownstreamTraining): Promise<DownstreamResult> {
    const { training, epochs, imageSize } = this.#settings;
    const { state, history } = await trainClassifier(
      this.#network,
      {
        ...this.#partOf(fold.train),
        settings: { ...training, imageSize, epochs, seed },
        initial,
        step: this.#step,
      },
      {
        workers: 1, // threads are started for every network, and the pictures are few
        ...(resumeFrom ? { resumeFrom } : {}),
        ...(onEpoch ? { onEpoch } : {}),
        ...(signal ? { signal } : {}),
      },
    );
    return {
      test: await this.#hits(state, fold.test),
      validation: await this.#hits(state, fold.validation),
      last: history.at(-1)!,
    };
  }

  async release(): Promise<void> {
    await this.#step.release();
    await this.#trial.release();
  }

  #partOf(positions: readonly number[]): LabelledPictures {
    const { pictures, labels, classes } = this.#task;
    return {
      pictures: pictures.pick(positions),
      labels: positions.map((position) => labels[position]!),
      classes,
    };
  }

  async #hits(state: StateDict, positions: readonly number[]): Promise<boolean[]> {
    const said = await this.#trial.logits(state, positions);
    return said.map((logits, i) => logits.indexOf(Math.max(...logits)) === this.#task.labels[positions[i]!]);
  }
}

/** Normalises by the running statistics that the weights came with, also while it trains. */
const frozen =
  <Output extends string>(network: Network<Output>): Network<Output> =>
  (scope, x) =>
    network(new Scope({ ...scope.context, training: false }), x);
