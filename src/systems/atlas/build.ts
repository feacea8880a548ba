/** Clusters the archive. A clustering is never changed: another is another run; one that was broken off is gone on with. */

import { OsteonError } from "../../errors.ts";
import type { FeatureClusters } from "../../learning/deep-cluster/deep-cluster.ts";
import { quantiles } from "../../numeric/quantile.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type Run,
  type StoredCluster,
  type StoredImage,
  writeClustering,
} from "../../store/index.ts";
import { newestModel } from "../precedents/index.ts";
import { codeVersion, forgetCheckpoints, underWatch } from "../training/index.ts";
import type { ClusterCandidate } from "./choose-clusters.ts";
import {
  type ClustersFile,
  clustersName,
  deepClusterName,
  encodeClusterFeatures,
  encodeDeepCluster,
  featuresName,
} from "./cluster-files.ts";
import type { ClusterNetwork } from "./cluster-network.ts";
import { type ClusterOptions, checkClusters, type DeepClusterPlan, planDeepCluster } from "./cluster-options.ts";
import { type ClusteringSettings, settingsFor } from "./config.ts";
import { type LearnedClusters, learnClusters } from "./learn-clusters.ts";
import { orderClusters } from "./order-clusters.ts";
import { clusterByPrecedents } from "./precedents-features.ts";

/** What came of it. */
export interface ClusterReport {
  readonly run: string;
  /** The run whose network made the features: this one, or one of the precedents. */
  readonly features: string;
  readonly radiographs: number;
  readonly patients: number;
  readonly clusters: number;
  /** Radiographs of the smallest, the median and the largest cluster. */
  readonly sizes: readonly [smallest: number, median: number, largest: number];
  readonly outliers: number;
  readonly dimensions: number;
  /** The mean squared distance to the own centre after each iteration; rows have length 1. */
  readonly objectives: readonly number[];
  readonly reseeded: number;
  /** What DeepCluster adds; null where it did not run. */
  readonly learned: LearningReport | null;
  /** The test runs by which the number of clusters was chosen; null where it was told. */
  readonly clusterChoice: readonly ClusterCandidate[] | null;
}

/** What came of DeepCluster's training. */
export interface LearningReport {
  readonly network: ClusterNetwork;
  readonly epochs: number;
  readonly loss: number;
  /** Of the last epoch's clusters and those that the trained network's features give: how steady they are, not how right. */
  readonly nmi: number | null;
  readonly ami: number | null;
}

/** The system's name in the table of runs. */
export const clusterSystem = "atlas/cluster";

/**
 * @throws OsteonError `not-trained` when the precedents are to make the features and nothing was trained yet, `bad-usage` for test
 *   runs by them, `bad-input` for an archive of fewer than two radiographs or more clusters than radiographs, `interrupted`
 *   when the signal stops it
 */
export const clusterArchive = (home: Home, options: ClusterOptions): Promise<ClusterReport> =>
  options.features === "precedents" ? clusterGivenFeatures(home, options) : clusterLearnedFeatures(home, options);

const clusterLearnedFeatures = async (home: Home, options: ClusterOptions): Promise<ClusterReport> => {
  const images = await listImages(home.database);
  const plan = planDeepCluster(images.length, options);
  const run = await runOf(home, { plan, images, startedBy: options.startedBy });
  const { signal, onProgress, now, weights } = options;
  return underWatch(home, { run: run.id, now }, async () => {
    const learned = await learnClusters(
      home,
      { run: run.id, plan, images, weights: weights?.bytes },
      {
        signal,
        now,
        onEpoch: ({ epoch, epochs, loss, measures: { nmi } }) =>
          onProgress?.(epoch, epochs, `loss ${loss.toFixed(3)}${nmi === null ? "" : `, NMI ${nmi.toFixed(3)}`}`),
      },
    );
    await keepNetwork(home, { run: run.id, plan, images, learned });
    const { network, epochs, dimensions, iterations, seeding, restarts } = plan.settings;
    const { nmi, ami, loss, clusters, choice, networks } = learned;
    const report = await finish(home, {
      run: run.id,
      images,
      made: learned,
      file: {
        features: run.id,
        seed: plan.seed,
        settings: { clusters, dimensions, iterations, seeding, restarts },
        network,
      },
      report: { learned: { network, epochs, loss, nmi, ami }, clusterChoice: choice },
      now,
    });
    await forgetCheckpoints(home, run.id, networks);
    return report;
  });
};

const clusterGivenFeatures = async (home: Home, options: ClusterOptions): Promise<ClusterReport> => {
  const { seed, startedBy, now, clusters: count } = options;
  if (count !== undefined && typeof count !== "number") {
    throw new OsteonError(
      "bad-usage",
      "Test runs choose a number of clusters for DeepCluster; name one number for the features of the precedents.",
    );
  }
  const model = await newestModel(home);
  const images = await listImages(home.database);
  const settings = settingsFor(images.length, { clusters: count });
  checkClusters(images.length, settings.clusters);
  const features = model.card.modelId;
  const run = await runOf(home, { plan: { features, seed, ...settings }, images, startedBy });
  return underWatch(home, { run: run.id, now }, async () => {
    const made = await clusterByPrecedents(home, { ...options, run: run.id, images, model, settings });
    return finish(home, {
      run: run.id,
      images,
      made,
      file: { features, seed, settings, network: null },
      report: { learned: null, clusterChoice: null },
      now,
    });
  });
};

const runOf = async (
  { database }: Home,
  {
    plan,
    images,
    startedBy,
  }: { readonly plan: unknown; readonly images: readonly StoredImage[] } & Pick<ClusterOptions, "startedBy">,
): Promise<Run> => {
  const fingerprint = hashContent(JSON.stringify([plan, codeVersion, images.map(({ id }) => id)]));
  const { run } = await continueOrCreateRun(database, {
    system: clusterSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });
  return run;
};

const keepNetwork = async (
  { files }: Home,
  {
    run,
    plan,
    images,
    learned,
  }: {
    readonly run: string;
    readonly plan: DeepClusterPlan;
    readonly images: readonly StoredImage[];
    readonly learned: LearnedClusters;
  },
): Promise<void> => {
  const { clusters, nmi, state } = learned;
  const { network, epochs } = plan.settings;
  const card = {
    format: "osteon-deepcluster-1",
    run,
    network: network.name,
    imageSize: network.imageSize,
    sobel: network.sobel,
    clusters,
    epochs,
    seed: plan.seed,
    settings: { ...plan.settings, clusters },
    weights: plan.weights?.name ?? null,
    radiographs: images.length,
    patients: countPatients(images),
    nmi,
    codeVersion,
  } as const;
  await files.writeArtefact(run, deepClusterName, encodeDeepCluster({ card, state }));
};

/** What is written at the end of every clustering. */
interface Ending {
  readonly run: string;
  readonly images: readonly StoredImage[];
  readonly made: FeatureClusters;
  readonly file: Pick<ClustersFile, "features" | "seed" | "network"> & { readonly settings: ClusteringSettings };
  readonly report: Pick<ClusterReport, "learned" | "clusterChoice">;
  readonly now: () => Date;
}

const finish = async (
  { database, files }: Home,
  { run, images, made, file, report: own, now }: Ending,
): Promise<ClusterReport> => {
  const { rows, components, clustering } = made;
  const clusters = orderClusters(images, clustering);
  const content: ClustersFile = { format: "osteon-clusters-1", run, codeVersion, ...file, clusters };
  const kept = { madeBy: file.features, images: images.map(({ id }) => id), features: rows, components };
  await files.writeArtefact(run, featuresName, encodeClusterFeatures(kept));
  await files.writeArtefact(run, clustersName, JSON.stringify(content));
  await writeClustering(database, run, { clusters, at: now() });
  const report: ClusterReport = {
    run,
    features: file.features,
    radiographs: images.length,
    patients: countPatients(images),
    clusters: clusters.length,
    sizes: sizesOf(clusters),
    outliers: clusters.reduce((sum, { members }) => sum + members.filter(({ outlier }) => outlier).length, 0),
    dimensions: components.axes.rows,
    objectives: clustering.objectives.map((objective) => objective / images.length),
    reseeded: clustering.reseeded,
    ...own,
  };
  await finishRun(database, run, { metrics: { ...report, figures: figuresOf(own) }, at: now() });
  return report;
};

/** What stands for the run on pages. */
const figuresOf = ({ learned }: Pick<ClusterReport, "learned">) =>
  learned?.nmi == null || learned.ami === null
    ? []
    : [
        { name: "NMI", value: learned.nmi, interval: null },
        { name: "AMI", value: learned.ami, interval: null },
      ];

const countPatients = (images: readonly StoredImage[]): number => new Set(images.map(({ patient }) => patient)).size;

const sizesOf = (clusters: readonly StoredCluster[]): [number, number, number] => {
  const sizes = clusters.map(({ members }) => members.length);
  return quantiles(sizes, [0, 0.5, 1]) as [number, number, number];
};
