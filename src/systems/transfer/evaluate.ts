/**
 * What pretraining is worth on a small task: the same network begins with nothing, with weights of photographs, and with weights
 * pretrained on radiographs; everything else is equal. Tested on patients whom nothing was learned from.
 */

import { OsteonError } from "../../errors.ts";
import { Random } from "../../numeric/random.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type RunStarter,
  type StoredImage,
} from "../../store/index.ts";
import {
  codeVersion,
  courseOf,
  forgetCheckpoint,
  loadPictures,
  memoryOf,
  namedNetwork,
  readKeptList,
  timedCheckpoints,
  underWatch,
  type WeightsFile,
  writeKeptList,
} from "../training/index.ts";
import type { TransferSettings } from "./config.ts";
import { Downstream } from "./downstream.ts";
import { type Fold, patientFolds } from "./folds.ts";
import type { Pretrained } from "./pretrained-file.ts";
import { readSeen } from "./seen-radiographs.ts";
import { findPretrained, type StartingWeights, startingWeights } from "./starting-weights.ts";
import { drawItems, type TaskItem, type TaskPlan, taskOf } from "./task.ts";
import { type TrainedFold, trainedFolds } from "./trained-folds.ts";
import type { RowScores } from "./transfer-scores.ts";
import {
  rowScores,
  type Start,
  type StartDifference,
  startDifferences,
  starts,
  type TestedItem,
} from "./transfer-scores.ts";

/** What an evaluation is told. */
export interface EvaluateTransferOptions extends TaskPlan {
  /** Network and size of its pictures are the pretraining's, where there is one. */
  readonly settings: TransferSettings;
  /** Of the first of the seeds, which follow each other. */
  readonly seed: number;
  /** The run that pretrained; the newest where none is named. */
  readonly pretrained?: string | undefined;
  readonly imageNet?: WeightsFile | undefined;
  /** As many radiographs are drawn anew for each seed; all of them where it is not told. */
  readonly images?: number | undefined;
  /** Tests also on patients whom the pretraining learned from. */
  readonly allowOverlap?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each network that is trained and tested. */
  readonly onNetwork?: (done: number, all: number, what: string) => void;
  /** Told when an unfinished run is gone on with. */
  readonly onResume?: (networksDone: number) => void;
  readonly startedBy?: RunStarter | undefined;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** One start with what its networks did. */
export interface TransferRow extends RowScores {
  readonly start: Start;
  readonly from: string | null;
  readonly validation: number | null;
  readonly seconds: number;
}

/** What came of it; the contract's `transferResult`. */
export interface TransferOutcome {
  readonly target: string;
  readonly classes: readonly string[];
  readonly radiographs: number;
  readonly patients: number;
  readonly folds: number;
  readonly seeds: number;
  readonly seconds: number;
  readonly chance: number;
  readonly rows: readonly TransferRow[];
  readonly differences: readonly StartDifference[];
}

/** What came of an evaluation as a run keeps it. */
export interface TransferReport {
  readonly run: string;
  readonly network: TransferSettings["network"];
  readonly imageSize: number;
  readonly radiographs: number;
  readonly patients: number;
  /** Patients of the task whose radiographs, unlabelled, were among those that the pretraining learned from or clustered. */
  readonly overlap: { readonly learned: number; readonly clustered: number };
  readonly transfer: TransferOutcome;
  /** What stands for the run, first. */
  readonly figures: readonly {
    readonly name: string;
    readonly value: number;
    readonly interval: RowScores["interval"];
  }[];
}

/** The system's name in the table of runs. */
export const evaluateTransferSystem = "transfer/evaluate";

/** A network of the comparison that is yet to be trained. */
interface PlannedNetwork {
  readonly seed: number;
  readonly row: StartingWeights;
  /** From 0. */
  readonly number: number;
  /** Positions in the task. */
  readonly fold: Fold;
}

/**
 * @throws OsteonError `bad-input` for a class without radiographs, fewer patients of one than folds, or patients whom the pretraining
 *   learned from; `shape-mismatch` for weights of another network; `interrupted` when the signal stops it
 */
export const evaluateTransfer = async (home: Home, options: EvaluateTransferOptions): Promise<TransferReport> => {
  const { seed, target, classes, now } = options;
  const archive = await listImages(home.database);
  const items = taskOf(archive, options);
  const pretrained = await findPretrained(home, options.pretrained);
  const overlap = await overlapOf(home, items, pretrained);
  if (overlap.learned > 0 && !options.allowOverlap) {
    const known = `${overlap.learned} of the task's ${patientsOf(items)} patients`;
    const sentence = `The pretraining learned from radiographs of ${known}, who cannot be tested fairly; pretrain with them left out, or allow the overlap.`;
    throw new OsteonError("bad-input", sentence, { ...overlap });
  }
  const settings = settingsOf(options.settings, pretrained);
  const { network, imageSize, sourceSize, downstream } = settings;
  const rows = await startingWeights({
    network,
    imageSize,
    numClasses: classes.length,
    imageNet: options.imageNet,
    pictures: await loadPictures(home, calibrating(archive, items), sourceSize),
    pretrained,
  });
  const planned = planNetworks(items, rows, { downstream, ...options });
  const plan = {
    target,
    classes,
    seed,
    images: options.images ?? null,
    starts: rows.map(({ start, from }) => (from === null ? start : `${start} (${from})`)),
    settings,
  };
  const read = [plan, codeVersion, rows.map(({ fingerprint }) => fingerprint), items];
  const { run } = await continueOrCreateRun(home.database, {
    system: evaluateTransferSystem,
    settings: plan,
    fingerprint: hashContent(JSON.stringify(read)),
    startedBy: options.startedBy,
  });

  return underWatch(home, { run: run.id, now }, async () => {
    const done = await readKeptList<TrainedFold>(home, run.id, trainedFolds);
    if (done.length > 0) options.onResume?.(done.length);
    const pictures = await loadPictures(
      home,
      items.map(({ image }) => ({ id: image })),
      sourceSize,
    );
    const task = { pictures, labels: items.map(({ label }) => classes.indexOf(label)), classes: classes.length };
    const downstreamTask = await Downstream.create(namedNetwork(network, classes.length).network, {
      task,
      settings: { ...downstream, imageSize },
      state: rows[0]!.stateFor(seed),
    });
    try {
      await trainAll(home, run.id, { downstreamTask, planned, done, options });
    } finally {
      await downstreamTask.release();
    }
    const report: TransferReport = {
      run: run.id,
      network,
      imageSize,
      overlap,
      ...measured({ items, planned, done, rows, target, classes, seed }, downstream),
    };
    await finishRun(home.database, run.id, { metrics: report, at: now() });
    return report;
  });
};

/** A few radiographs of people who are not tested, or of those who are where there are no others: no label is looked at. */
const calibrating = (archive: readonly StoredImage[], items: readonly TaskItem[]): readonly StoredImage[] => {
  const tested = new Set(items.map(({ patient }) => patient));
  const others = archive.filter(({ patient }) => !tested.has(patient));
  return (others.length > 0 ? others : archive).slice(0, 64);
};

const patientsOf = (items: readonly { readonly patient: string }[]): number =>
  new Set(items.map(({ patient }) => patient)).size;

const overlapOf = async (
  home: Home,
  items: readonly TaskItem[],
  pretrained: Pretrained | undefined,
): Promise<TransferReport["overlap"]> => {
  if (!pretrained) return { learned: 0, clustered: 0 };
  const seen = await readSeen(home, pretrained.card.run);
  const images = await listImages(home.database);
  const among = (known: ReadonlySet<string>): number => {
    const patients = new Set(images.filter(({ id }) => known.has(id)).map(({ patient }) => patient));
    return patientsOf(items.filter(({ patient }) => patients.has(patient)));
  };
  return { learned: among(seen.learned), clustered: among(seen.clustered) };
};

/** All rows have the network of the pretraining, or there would be nothing to compare. */
const settingsOf = (told: TransferSettings, pretrained: Pretrained | undefined): TransferSettings => {
  if (!pretrained) return told;
  const { network, imageSize, settings } = pretrained.card;
  return { ...told, network, imageSize, sourceSize: settings.sourceSize };
};

/** In the order of training: a seed is done for all rows before the next begins. */
const planNetworks = (
  items: readonly TaskItem[],
  rows: readonly StartingWeights[],
  {
    downstream,
    seed: first,
    images,
  }: EvaluateTransferOptions & { readonly downstream: TransferSettings["downstream"] },
): PlannedNetwork[] => {
  const { seeds, folds, hasValidation } = downstream;
  return Array.from({ length: seeds }, (_, i) => first + i).flatMap((seed) => {
    const chosen =
      images === undefined ? [...items.keys()] : drawItems(items, images, new Random(seed, "draw radiographs"));
    const dealt = patientFolds(
      chosen.map((at) => items[at]!),
      { folds, hasValidation, random: new Random(seed, "folds") },
    );
    const placed = dealt.map(
      ({ train, validation, test }): Fold => ({
        train: train.map((at) => chosen[at]!),
        validation: validation.map((at) => chosen[at]!),
        test: test.map((at) => chosen[at]!),
      }),
    );
    return rows.flatMap((row) => placed.map((fold, number) => ({ seed, row, number, fold })));
  });
};

interface Training {
  readonly downstreamTask: Downstream;
  readonly planned: readonly PlannedNetwork[];
  /** In the order of the plan; grows. */
  readonly done: TrainedFold[];
  readonly options: EvaluateTransferOptions;
}

const trainAll = async (
  home: Home,
  run: string,
  { downstreamTask, planned, done, options: { signal, onNetwork, now } }: Training,
): Promise<void> => {
  const memory = memoryOf(home, run);
  const course = courseOf(home, run);
  await course.goOnAfter(done.length);
  if (done.length > 0) await forgetCheckpoint(home, run, done.length - 1); // left by a process that was killed just after it
  for (const { seed, row, number, fold } of planned.slice(done.length)) {
    const network = done.length;
    const began = now().getTime();
    const { test, validation, last } = await downstreamTask.train({
      fold,
      initial: row.stateFor(seed),
      seed: new Random(seed, "fold", number).uint32(),
      resumeFrom: await memory.read(network),
      signal,
      onEpoch: timedCheckpoints(memory, { network, now, signal }),
    });
    const seconds = (now().getTime() - began) / 1e3;
    const { loss, accuracy, lr, pictures } = last;
    done.push({ seed, start: row.start, fold: number, test, validation, loss, accuracy, seconds });
    await writeKeptList(home, run, { kind: trainedFolds, list: done });
    await forgetCheckpoint(home, run, network);
    await course.write({
      epoch: done.length,
      epochs: planned.length,
      network: starts.indexOf(row.start) + 1,
      loss,
      accuracy,
      lr,
      validation: null,
      pictures: pictures * last.epochs,
      seconds,
    });
    onNetwork?.(done.length, planned.length, `${row.start}: ${test.filter(Boolean).length} of ${test.length} right`);
    if (signal?.aborted && done.length < planned.length) {
      const sentence = `The evaluation was interrupted after network ${done.length}; start it again to go on.`;
      throw new OsteonError("interrupted", sentence);
    }
  }
};

interface Finished extends Pick<EvaluateTransferOptions, "target" | "classes" | "seed"> {
  readonly items: readonly TaskItem[];
  readonly planned: readonly PlannedNetwork[];
  readonly done: readonly TrainedFold[];
  readonly rows: readonly StartingWeights[];
}

const measured = (
  { items, planned, done, rows, target, classes, seed }: Finished,
  { folds, seeds }: TransferSettings["downstream"],
): Pick<TransferReport, "transfer" | "figures" | "radiographs" | "patients"> => {
  const tested = new Map<Start, TestedItem[]>(rows.map(({ start }) => [start, []]));
  for (const [i, { start, test }] of done.entries())
    for (const [k, isRight] of test.entries()) {
      const { image, patient, label } = items[planned[i]!.fold.test[k]!]!;
      tested.get(start)!.push({ seed: planned[i]!.seed, image, patient, label, isRight });
    }
  const shown = [...new Set([...tested.values()][0]!.map(({ image }) => image))].length;
  const own = [...tested.values()][0]!;
  const counts = classes.map((name) => own.filter(({ label }) => label === name).length);
  const transferRows = rows.map(({ start, from }): TransferRow => {
    const trained = done.filter((one) => one.start === start);
    const validation = trained.flatMap((one) => one.validation);
    return {
      start,
      from,
      ...rowScores(tested.get(start)!, seed),
      validation: validation.length === 0 ? null : validation.filter(Boolean).length / validation.length,
      seconds: trained.reduce((sum, { seconds }) => sum + seconds, 0),
    };
  });
  return {
    radiographs: shown,
    patients: patientsOf(own),
    transfer: {
      target,
      classes,
      radiographs: shown,
      patients: patientsOf(own),
      folds,
      seeds,
      seconds: transferRows.reduce((sum, { seconds }) => sum + seconds, 0),
      chance: Math.max(...counts) / own.length,
      rows: transferRows,
      differences: startDifferences(tested),
    },
    figures: transferRows
      .toReversed()
      .map(({ start, accuracy, interval }) => ({ name: `accuracy, ${start}`, value: accuracy, interval })),
  };
};
