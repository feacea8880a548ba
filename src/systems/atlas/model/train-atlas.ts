/**
 * Trains the atlas model: networks that learn the regions from readers' labels of clusters (SAM-X, phase 2; Eur Radiol 2023,
 * 10.1007/s00330-022-09184-6), and what tells whether a picture belongs to any. A run that was broken off is gone on with.
 */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
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
import { readDeepCluster } from "../cluster-files.ts";
import type { ClusterNetwork } from "../cluster-network.ts";
import { clusteringPresets } from "../config.ts";
import { type AtlasCard, atlasModelName, encodeAtlasModel } from "./atlas-model.ts";
import { atlasOutcomesName, encodeAtlasOutcomes } from "./atlas-outcomes.ts";
import { type AtlasFigure, atlasConfusionOf, atlasFiguresOf, atlasLabelsOf } from "./atlas-scores.ts";
import { fitFolds, foldsOf } from "./fit-folds.ts";
import { fitRecognition, type RecognitionTrial } from "./fit-recognition.ts";
import { FoldNetworks } from "./fold-networks.ts";
import { fingerprintOf, lessonsOf, problemOfLessons, regionsOf } from "./lessons.ts";
import { outcomesOf } from "./outcomes-of.ts";
import { seeLessons } from "./see-lessons.ts";
import { publishedSplit, splitLessons } from "./split-lessons.ts";
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
  const { preset, seed, startedBy, signal, now } = options;
  const clustering = await findClustering(home.database, options.clustering);
  const lessons = await lessonsOf(home, clustering.id);
  const problem = problemOfLessons(lessons);
  if (problem) throw problem;
  const split = splitLessons(lessons, seed);
  const folds = foldsOf(lessons, split);
  const regions = regionsOf(lessons);
  const classes = lessons.some(({ label }) => label === discard) ? [...regions, discard] : regions;
  const pretrained = await readDeepCluster(home, clustering.id);
  const network: ClusterNetwork = pretrained
    ? { name: pretrained.card.network, sobel: pretrained.card.sobel, imageSize: pretrained.card.imageSize }
    : clusteringPresets.small.network;
  const settings = atlasPresets[preset];
  const epochs = options.epochs ?? atlasEpochs(settings, Math.max(...folds.map(({ learn }) => learn.length)));
  const isPretrained = pretrained !== undefined;
  const plan = {
    target: "region",
    clustering: clustering.id,
    classes,
    epochs,
    seed,
    settings: { preset, network, isPretrained, folds: publishedSplit.folds, ...settings },
  };
  const fingerprint = hashContent(JSON.stringify([plan, codeVersion, fingerprintOf(lessons)]));
  const { run } = await continueOrCreateRun(home.database, {
    system: trainAtlasSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });

  return underWatch(home, { run: run.id, now }, async () => {
    const states = await fitFolds(home, folds, {
      ...options,
      network,
      pretrained: pretrained?.state ?? null,
      classes,
      settings,
      epochs,
      memory: memoryOf(home, run.id),
      course: courseOf(home, run.id),
    });
    const networks = await FoldNetworks.create(states, { network, classes: classes.length });
    const judged = await seeLessons(home, lessons, {
      networks,
      split,
      classes,
      imageSize: network.imageSize,
      signal,
    }).finally(() => networks.release());
    const learned = judged.filter(({ leftOutBy }) => leftOutBy !== null);
    const { recognition, trial } = fitRecognition(learned, { folds: folds.length, seed });
    const { outcomes, byFold } = outcomesOf(judged, { classes, recognition });
    const holdOut = outcomes.filter(({ side }) => side === "hold-out");
    const patientsOf = (some: readonly { readonly patient: string }[]): number =>
      new Set(some.map(({ patient }) => patient)).size;
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
      radiographs: learned.length,
      patients: patientsOf(learned),
      codeVersion,
    };
    await home.files.writeArtefact(run.id, atlasModelName, encodeAtlasModel({ card, states, recognition }));
    await home.files.writeArtefact(run.id, atlasOutcomesName, encodeAtlasOutcomes(outcomes));
    const clustersOf = (discarded: boolean): number =>
      new Set(lessons.filter(({ label }) => (label === discard) === discarded).map(({ cluster }) => cluster)).size;
    const external = lessons.filter(({ image }) => image.origin === "external" && split.holdOut.has(image.patient));
    const report: TrainAtlasReport = {
      run: run.id,
      clustering: clustering.id,
      regions,
      labelledClusters: clustersOf(false) + clustersOf(true),
      discardedClusters: clustersOf(true),
      trainRadiographs: learned.length,
      trainPatients: card.patients,
      testRadiographs: holdOut.length,
      testPatients: patientsOf(holdOut),
      externalTestPatients: patientsOf(external.map(({ image }) => image)),
      networks: states.length,
      epochs,
      figures: atlasFiguresOf(outcomes, { byFold, seed }),
      labels: atlasLabelsOf(holdOut, seed),
      confusion: atlasConfusionOf(holdOut),
      recognition: trial,
      lessons: fingerprintOf(lessons),
    };
    await finishRun(home.database, run.id, { metrics: report, at: now() });
    await forgetCheckpoints(home, run.id, states.length);
    return report;
  });
};
