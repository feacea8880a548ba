/**
 * DeepCluster as part of a run: every epoch is written down as it ends, with its checkpoint, so that a process that is killed at any
 * moment loses an epoch at most, and the next one ends with the very same clusters.
 */

import type { StateDict } from "../../engine/tensor.ts";
import { adjustedMutualInfoScore, normalizedMutualInfoScore } from "../../evidence/clustering-scores.ts";
import {
  type DeepClustered,
  type DeepClusterSettings,
  deepCluster,
  type EpochClusters,
} from "../../learning/deep-cluster/deep-cluster.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import { quantiles } from "../../numeric/quantile.ts";
import type { Home } from "../../store/index.ts";
import { courseOf, memoryOf } from "../training/index.ts";
import { type ClusterNetwork, networkOf, topLayerOf } from "./cluster-network.ts";

/** What is measured of the clusters of an epoch. */
export interface ClusterMeasures {
  /** With the clusters of the epoch before; null in the first. */
  readonly nmi: number | null;
  readonly ami: number | null;
  readonly sizes: ClusterSpread;
  readonly reseeded: number;
  readonly distance: number;
}

/** Radiographs of the smallest, first quartile, median, third quartile and largest cluster. */
export type ClusterSpread = readonly [number, number, number, number, number];

/** How far a run is, over all of its networks. */
export interface ClusteringProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly measures: ClusterMeasures;
}

/** The hooks of a run that clusters. */
export interface ClusteringHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: ((progress: ClusteringProgress) => void) | undefined;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** One of the networks of a run, which are trained one after another. */
export interface NetworkOfRun {
  readonly network: ClusterNetwork;
  readonly settings: DeepClusterSettings;
  /** What it begins with, in place of random weights. */
  readonly initial?: StateDict | undefined;
  /** From 0. */
  readonly number: number;
  /** Epochs of the networks before it, and of all networks. */
  readonly before: number;
  readonly epochs: number;
}

/**
 * Trains a network of a run, or goes on from its checkpoint; one that is done is taken from there without training.
 *
 * @throws OsteonError as `deepCluster`
 */
export const trainDeepCluster = async (
  home: Home,
  { run, pictures, trained }: { readonly run: string; readonly pictures: GreyDataset; readonly trained: NetworkOfRun },
  { signal, onEpoch, now }: ClusteringHooks,
): Promise<DeepClustered> => {
  const { network, settings, initial, number, before, epochs } = trained;
  const [memory, course] = [memoryOf(home, run), courseOf(home, run)];
  const resumeFrom = await memory.read(number);
  await course.goOnAfter(before + (resumeFrom?.history.length ?? 0), number + 1);
  let began = now();
  return deepCluster(
    { network: networkOf(network, settings.clusters), topLayer: topLayerOf(network) },
    { pictures, settings, ...(initial ? { initial } : {}) },
    {
      ...(signal ? { signal } : {}),
      ...(resumeFrom ? { resumeFrom } : {}),
      onEpoch: async (report, clusters, save) => {
        const measures = measuresOf(clusters, settings.clusters);
        const seconds = (now().getTime() - began.getTime()) / 1e3;
        const overall = { ...report, epoch: before + report.epoch, epochs };
        await course.write({ ...overall, network: number + 1, validation: null, seconds, measures });
        await memory.write(number, save());
        onEpoch?.({ epoch: overall.epoch, epochs, loss: report.loss, measures });
        began = now();
      },
    },
  );
};

const measuresOf = (
  { assignment, previous, reseeded, distance }: EpochClusters,
  clusters: number,
): ClusterMeasures => ({
  ...agreementOf(previous, assignment),
  sizes: spreadOf(assignment, clusters),
  reseeded,
  distance,
});

/** How much two clusterings of the same pictures agree; null where there is only one. */
export const agreementOf = (
  before: ArrayLike<number> | null,
  after: ArrayLike<number>,
): Pick<ClusterMeasures, "nmi" | "ami"> =>
  before === null
    ? { nmi: null, ami: null }
    : { nmi: normalizedMutualInfoScore(before, after), ami: adjustedMutualInfoScore(before, after) };

/** The sizes of clusters, empty ones among them. */
export const spreadOf = (assignment: Int32Array, clusters: number): ClusterSpread => {
  const sizes = new Float64Array(clusters);
  for (const cluster of assignment) sizes[cluster]! += 1;
  return quantiles(sizes, [0, 0.25, 0.5, 0.75, 1]) as unknown as ClusterSpread;
};
