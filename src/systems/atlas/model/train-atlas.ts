/**
 * Trains the atlas model: networks that learn the regions from readers' labels of clusters (SAM-X, phase 2; Eur Radiol 2023,
 * 10.1007/s00330-022-09184-6), and what tells whether a picture belongs to any. Networks of five folds are measured on who is held out;
 * those that sort learn from all. A run that was broken off is gone on with.
 */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import type { PatientId } from "../../../clinic/ids.ts";
import type { StateDict } from "../../../engine/tensor.ts";
import type { ConfusionMatrix } from "../../../evidence/confusion-matrix.ts";
import type { EvaluatedLabel } from "../../../evidence/label-scores-by-patient.ts";
import type { EpochReport } from "../../../learning/checkpoint.ts";
import {
  continueOrCreateRun,
  findClustering,
  finishRun,
  type Home,
  hashContent,
  type RunStarter,
} from "../../../store/index.ts";
import { codeVersion, courseOf, forgetCheckpoints, memoryOf, underWatch } from "../../training/index.ts";
import { type DeepClusterModel, readDeepCluster } from "../cluster-files.ts";
import type { ClusterNetwork } from "../cluster-network.ts";
import { clusteringPresets } from "../config.ts";
import { type AtlasCard, atlasModelName, encodeAtlasModel } from "./atlas-model.ts";
import { type AtlasOutcome, atlasOutcomesName, encodeAtlasOutcomes } from "./atlas-outcomes.ts";
import { type AtlasFigure, atlasConfusionOf, atlasFiguresOf, atlasLabelsOf } from "./atlas-scores.ts";
import { type FoldLessons, fitFolds, foldsOf } from "./fit-folds.ts";
import { fitRecognition, type RecognitionTrial } from "./fit-recognition.ts";
import { FoldNetworks } from "./fold-networks.ts";
import { fingerprintOf, type Lesson, lessonsOf, problemOfLessons, regionsOf } from "./lessons.ts";
import { outcomesOf, type RankedLesson } from "./outcomes-of.ts";
import { type JudgedLesson, seeLessons } from "./see-lessons.ts";
import { splitLessons } from "./split-lessons.ts";
import { type AtlasPresetName, atlasEpochs, atlasPresets } from "./training-settings.ts";

/** What a training is told. */
export interface TrainAtlasOptions {
  /** Whose labels are learned; the newest by default. */
  readonly clustering?: string;
  readonly preset: AtlasPresetName;
  /** Of each network, instead of what the preset says. */
  readonly epochs?: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onEpoch?: (report: EpochReport) => void;
  /** Told when an unfinished run is gone on with. */
  readonly onResume?: (epochsDone: number) => void;
  /** Who asked for it, and in which job; nobody in particular from the command line. */
  readonly startedBy?: RunStarter;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface TrainAtlasReport {
  readonly run: string;
  readonly clustering: string;
  readonly regions: readonly string[];
  readonly labelledClusters: number;
  readonly discardedClusters: number;
  readonly trainRadiographs: number;
  readonly trainPatients: number;
  readonly testRadiographs: number;
  readonly testPatients: number;
  /** Of the patients who are held out. */
  readonly externalTestPatients: number;
  readonly networks: number;
  /** Of each network. */
  readonly epochs: number;
  readonly figures: readonly AtlasFigure[];
  readonly labels: readonly EvaluatedLabel[];
  readonly confusion: ConfusionMatrix;
  readonly recognition: RecognitionTrial;
  /** Tells whether readers have changed their labels since. */
  readonly lessons: string;
}

/** The system's name in the table of runs. */
export const trainAtlasSystem = "atlas/train";

/**
 * @throws OsteonError `not-found` when nothing is clustered yet, `bad-input` when the labelled clusters are too few to learn from,
 *   `interrupted` when the signal stops it
 */
export const trainAtlas = async (home: Home, options: TrainAtlasOptions): Promise<TrainAtlasReport> => {
  const { seed, startedBy, now } = options;
  const clustering = await findClustering(home.database, options.clustering);
  const lessons = await lessonsOf(home, clustering.id);
  const problem = problemOfLessons(lessons);
  if (problem) throw problem;
  const split = splitLessons(lessons, seed);
  const folds = foldsOf(lessons, split);
  const pretrained = await readDeepCluster(home, clustering.id);
  const plan = planFor(options, { clustering: clustering.id, lessons, folds, pretrained });
  const fingerprint = hashContent(JSON.stringify([plan, codeVersion, fingerprintOf(lessons)]));
  const { run } = await continueOrCreateRun(home.database, {
    system: trainAtlasSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });
  return underWatch(home, { run: run.id, now }, async () => {
    const { network, isPretrained } = plan.settings;
    const { classes, epochs } = plan;
    const settings = atlasPresets[options.preset];
    const states = await fitFolds(home, [...folds, ...foldsOf(lessons, split, { learnsHoldOut: true })], {
      ...options,
      network,
      pretrained: pretrained?.state ?? null,
      classes,
      settings,
      epochs,
      memory: memoryOf(home, run.id),
      course: courseOf(home, run.id),
    });
    const [measuring, serving] = [states.slice(0, folds.length), states.slice(folds.length)];
    /** What some networks make of the lessons, and what they refuse, by those whom not all of them learned from. */
    const judge = async (some: readonly StateDict[]) => {
      const networks = await FoldNetworks.create(some, { network, classes: classes.length });
      const told = { networks, split, classes, imageSize: network.imageSize, signal: options.signal };
      const judged = await seeLessons(home, lessons, told).finally(() => networks.release());
      return { judged, ...fitRecognition(judged.filter(isLeftOut), { folds: folds.length, seed }) };
    };
    const { judged, trial, ...measured } = await judge(measuring);
    const { recognition } = await judge(serving);
    const card: AtlasCard = {
      format: "osteon-atlas-1",
      modelId: run.id,
      clustering: clustering.id,
      network,
      isPretrained,
      classes,
      folds: folds.length,
      settings,
      epochs,
      seed,
      radiographs: lessons.length,
      patients: countPatients(lessons.map(({ image }) => image)),
      codeVersion,
    };
    const { outcomes, byFold } = outcomesOf(judged, { classes, recognition: measured.recognition });
    await home.files.writeArtefact(run.id, atlasModelName, encodeAtlasModel({ card, states: serving, recognition }));
    await home.files.writeArtefact(run.id, atlasOutcomesName, encodeAtlasOutcomes(outcomes));
    const report = reportOf(card, { lessons, holdOut: split.holdOut, outcomes, byFold, trial });
    await finishRun(home.database, run.id, { metrics: report, at: now() });
    await forgetCheckpoints(home, run.id, states.length);
    return report;
  });
};

/** What a training is told in full, as it is written down with its run. */
const planFor = (
  { preset, epochs, seed }: TrainAtlasOptions,
  {
    clustering,
    lessons,
    folds,
    pretrained,
  }: {
    readonly clustering: string;
    readonly lessons: readonly Lesson[];
    readonly folds: readonly FoldLessons[];
    readonly pretrained: DeepClusterModel | undefined;
  },
) => {
  const settings = atlasPresets[preset];
  const regions = regionsOf(lessons);
  const network: ClusterNetwork = pretrained
    ? { name: pretrained.card.network, sobel: pretrained.card.sobel, imageSize: pretrained.card.imageSize }
    : clusteringPresets.small.network;
  return {
    target: "region",
    clustering,
    classes: lessons.some(({ label }) => label === discard) ? [...regions, discard] : regions,
    epochs: epochs ?? atlasEpochs(settings, Math.max(...folds.map(({ learn }) => learn.length))),
    seed,
    settings: { preset, network, isPretrained: pretrained !== undefined, folds: folds.length, ...settings },
  };
};

const isLeftOut = ({ leftOutBy }: JudgedLesson): boolean => leftOutBy !== null;

const countPatients = (some: readonly { readonly patient: PatientId }[]): number =>
  new Set(some.map(({ patient }) => patient)).size;

const reportOf = (
  card: AtlasCard,
  {
    lessons,
    holdOut,
    outcomes,
    byFold,
    trial,
  }: {
    readonly lessons: readonly Lesson[];
    readonly holdOut: ReadonlySet<PatientId>;
    readonly outcomes: readonly AtlasOutcome[];
    readonly byFold: readonly (readonly RankedLesson[])[];
    readonly trial: RecognitionTrial;
  },
): TrainAtlasReport => {
  const held = outcomes.filter(({ side }) => side === "hold-out");
  const discarded = lessons.filter(({ label }) => label === discard);
  const countClusters = (some: readonly Lesson[]): number => new Set(some.map(({ cluster }) => cluster)).size;
  const external = lessons.map(({ image }) => image).filter(({ origin }) => origin === "external");
  return {
    run: card.modelId,
    clustering: card.clustering,
    regions: regionsOf(lessons),
    labelledClusters: countClusters(lessons),
    discardedClusters: countClusters(discarded),
    trainRadiographs: outcomes.length - held.length,
    trainPatients: countPatients(outcomes) - countPatients(held),
    testRadiographs: held.length,
    testPatients: countPatients(held),
    externalTestPatients: countPatients(external.filter(({ patient }) => holdOut.has(patient))),
    networks: card.folds,
    epochs: card.epochs,
    figures: atlasFiguresOf(outcomes, { byFold, seed: card.seed }),
    labels: atlasLabelsOf(held, card.seed),
    confusion: atlasConfusionOf(held),
    recognition: trial,
    lessons: fingerprintOf(lessons),
  };
};
