/** Trains the networks of a study that are not done yet, asks each, and keeps what it said. */

import { OsteonError } from "../../../errors.ts";
import type { GreyDataset } from "../../../learning/grey-dataset.ts";
import type { Home } from "../../../store/index.ts";
import {
  courseOf,
  forgetCheckpoint,
  memoryOf,
  readKeptList,
  timedCheckpoints,
  type WeightsFile,
  writeKeptList,
} from "../../training/index.ts";
import { type Baseline, baselines, type CropKind, type Hyperparameters, type StudySettings } from "./config.ts";
import { linkQueries } from "./link-rows.ts";
import { studyNetwork } from "./networks.ts";
import type { PlannedTraining } from "./plan-trainings.ts";
import { readOutputs } from "./read-outputs.ts";
import type { StudyItem } from "./study-split.ts";
import { StudyTrainer } from "./study-trainer.ts";
import { type DoneTraining, doneTrainings } from "./trainings.ts";

/** What the trainings have in common. */
export interface TrainingsOptions {
  readonly run: string;
  readonly items: readonly StudyItem[];
  readonly classes: readonly string[];
  /** Of all radiographs, for each crop. */
  readonly pictures: ReadonlyMap<CropKind, GreyDataset>;
  readonly settings: StudySettings;
  readonly planned: readonly PlannedTraining[];
  /** What the ResNets begin with. */
  readonly begin?: WeightsFile | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onNetwork?: ((done: number, all: number, what: string) => void) | undefined;
  readonly onResume?: ((networksDone: number) => void) | undefined;
  readonly now: () => Date;
}

/** @throws OsteonError `interrupted` when the signal stops it */
export const doTrainings = async (home: Home, options: TrainingsOptions): Promise<DoneTraining[]> => {
  const { run, planned, signal } = options;
  const done = await readKeptList<DoneTraining>(home, run, doneTrainings);
  if (done.length > 0) options.onResume?.(done.length);
  const course = courseOf(home, run);
  await course.goOnAfter(done.length);
  if (done.length > 0) await forgetCheckpoint(home, run, done.length - 1); // left by a process that was killed just after it
  await using trainer = new StudyTrainer();
  for (const training of planned.slice(done.length)) {
    const network = done.length;
    const { outcome, lr, pictures } = await doTraining(home, { ...options, training, network, done, trainer });
    done.push(outcome);
    await writeKeptList(home, run, { kind: doneTrainings, list: done });
    await forgetCheckpoint(home, run, network);
    const { loss, accuracy, seconds } = outcome;
    await course.write({
      epoch: done.length,
      epochs: planned.length,
      network: baselines.indexOf(training.baseline) + 1,
      loss,
      accuracy,
      lr,
      validation: null,
      pictures,
      seconds,
    });
    const right = heldHits(training, outcome, options);
    options.onNetwork?.(done.length, planned.length, `${training.name}: ${right} of ${training.held.length} right`);
    if (signal?.aborted && done.length < planned.length) {
      const sentence = `The study was interrupted after network ${done.length}; start it again to go on.`;
      throw new OsteonError("interrupted", sentence);
    }
  }
  return done;
};

/** How many of those held back were named rightly. */
const heldHits = (
  { held }: Pick<PlannedTraining, "held">,
  { saidOfHeld }: Pick<DoneTraining, "saidOfHeld">,
  { items, classes }: Pick<TrainingsOptions, "items" | "classes">,
): number => held.filter((position, i) => classes[saidOfHeld[i]!] === items[position]!.label).length;

interface OneTraining extends TrainingsOptions {
  readonly training: PlannedTraining;
  /** From 0. */
  readonly network: number;
  readonly done: readonly DoneTraining[];
  readonly trainer: StudyTrainer;
}

const doTraining = async (
  home: Home,
  { training, network, done, trainer, ...options }: OneTraining,
): Promise<{ readonly outcome: DoneTraining; readonly lr: number; readonly pictures: number }> => {
  const { run, items, classes, settings, begin, signal, now } = options;
  const { name, baseline, crop, learned, held, references, seed } = training;
  const pictures = options.pictures.get(crop)!;
  const memory = memoryOf(home, run);
  const began = now().getTime();
  const { state, history } = await trainer.train(
    {
      baseline: settings[baseline],
      hyperparameters: training.hyperparameters ?? chosenBySearch(baseline, { ...options, done }),
      imageSize: settings.imageSize,
      pictures,
      labels: items.map(({ label }) => classes.indexOf(label)),
      classes: classes.length,
      learned,
      seed,
      begin: baseline === "resnet" ? begin : undefined,
    },
    {
      resumeFrom: await memory.read(network),
      onEpoch: timedCheckpoints(memory, { network, now, signal }),
      signal,
    },
  );
  const asked = [...new Set([...learned, ...held, ...(references ?? [])])];
  const outputs = await readOutputs(studyNetwork(settings[baseline].network, classes.length), {
    state,
    pictures,
    positions: asked,
    imageSize: settings.imageSize,
  });
  const of = new Map(asked.map((position, i) => [position, outputs[i]!]));
  const said = (positions: readonly number[]): number[] => positions.map((position) => of.get(position)!.said);
  const { loss, accuracy, lr, pictures: shown, epochs } = history.at(-1)!;
  const links =
    references &&
    linkQueries({
      items,
      features: new Map([...of].map(([position, { features }]) => [position, features])),
      learned,
      references,
      queries: held,
      bits: settings.bits,
      tables: settings.tables,
      seed,
    });
  const seconds = (now().getTime() - began) / 1e3;
  return {
    outcome: { name, seconds, loss, accuracy, saidOfLearned: said(learned), saidOfHeld: said(held), links },
    lr,
    pictures: shown * epochs,
  };
};

/** A candidate of the search with how it did. */
export interface SearchedCandidate {
  readonly hyperparameters: Hyperparameters;
  /** On the folds' validation parts. */
  readonly accuracy: number;
  readonly chosen: boolean;
}

/** What the search found for a baseline, in the order of the candidates; empty where none was made. */
export const searched = (
  baseline: Baseline,
  options: Pick<TrainingsOptions, "planned" | "items" | "classes"> & { readonly done: readonly DoneTraining[] },
): SearchedCandidate[] => {
  const tried = options.planned.flatMap((training, i) => {
    const { purpose, hyperparameters } = training;
    if (purpose.kind !== "search" || training.baseline !== baseline) return [];
    const hits = heldHits(training, options.done[i]!, options);
    return [{ candidate: purpose.candidate, hyperparameters: hyperparameters!, hits, held: training.held.length }];
  });
  const candidates = [...Map.groupBy(tried, ({ candidate }) => candidate).values()].map((own) => ({
    hyperparameters: own[0]!.hyperparameters,
    accuracy: own.reduce((sum, { hits }) => sum + hits, 0) / own.reduce((sum, { held }) => sum + held, 0),
  }));
  const best = Math.max(...candidates.map(({ accuracy }) => accuracy));
  const first = candidates.findIndex(({ accuracy }) => accuracy === best);
  return candidates.map((candidate, i) => ({ ...candidate, chosen: i === first }));
};

const chosenBySearch = (
  baseline: Baseline,
  options: Parameters<typeof searched>[1] & Pick<TrainingsOptions, "settings">,
): Hyperparameters =>
  searched(baseline, options).find(({ chosen }) => chosen)?.hyperparameters ?? options.settings[baseline].chosen;
