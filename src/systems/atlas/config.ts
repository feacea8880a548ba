/** The settings of the clustering with the source of each default, in three presets; what follows from them is written down with every run. */

import type { Seeding } from "../../learning/clustering/seed-centres.ts";
import { deepClusterDefaults } from "../../learning/deep-cluster/deep-cluster.ts";
import type { ClusterNetwork } from "./cluster-network.ts";

/** How features are put in clusters. */
export interface ClusteringSettings {
  readonly clusters: number;
  /** Principal components that are kept. */
  readonly dimensions: number;
  /** Of k-means. */
  readonly iterations: number;
  readonly seeding: Seeding;
  /** How often the last clustering, which readers label, begins anew; the best is kept. */
  readonly restarts: number;
}

/** How the network learns that makes the features. */
export interface LearningSettings {
  readonly network: ClusterNetwork;
  /** Clusterings; each is learned from until the next. */
  readonly epochs: number;
  /** Of each test run for a number of clusters. */
  readonly testEpochs: number;
  /** Passes over the radiographs between two clusterings. */
  readonly reassign: number;
  readonly batchSize: number;
  readonly lr: number;
  /** Of all layers but the top one. */
  readonly momentum: number;
  readonly weightDecay: number;
  /** The area of a random crop, as a share of the picture's. */
  readonly cropScale: readonly [least: number, most: number];
}

/** {@link LearningSettings} for an archive of any size. */
export interface ClusteringPreset extends Omit<LearningSettings, "reassign" | "batchSize"> {
  /** How many clusters; for a smaller archive a tenth of its radiographs. Null for as many as {@link settingsFor} says. */
  readonly clusters: number | null;
  /** By the number of radiographs. */
  readonly batchSize: (images: number) => number;
  /** Between two clusterings, in passes over the radiographs that make up at least so many; null for one pass. */
  readonly fewestSteps: number | null;
  readonly restarts: number;
}

const { imageSize, lr, momentum, weightDecay, cropScale } = deepClusterDefaults;

/**
 * DeepCluster's defaults (main.py): AlexNet behind Sobel filters at 224 pixels, batches of 256, learning rate 0.05; its paper's
 * results and the dissertation's pretraining (4.2) take 500 epochs, the latter in batches of 512. 1,000 clusters of 42,608
 * radiographs (SAM-X, phase 1).
 */
const asPublished: ClusteringPreset = {
  clusters: 1000,
  network: { name: "alexnet", sobel: true, imageSize },
  epochs: 500,
  testEpochs: 5,
  batchSize: () => deepClusterDefaults.batchSize,
  fewestSteps: null,
  lr,
  momentum,
  weightDecay,
  cropScale,
  restarts: 1,
};

/**
 * Sized for two cores; measured on phantoms (docs/decisions/018-deep-cluster-and-its-clusters.md). A residual network learns faster than AlexNet and needs
 * no Sobel filters; of a small archive one pass between two clusterings teaches nothing.
 */
const small: ClusteringPreset = {
  ...asPublished,
  clusters: null,
  network: { name: "resnet18", sobel: false, imageSize: 64 },
  epochs: 8,
  testEpochs: 2,
  batchSize: (images) => (images < 2000 ? 32 : 64),
  fewestSteps: 200,
  restarts: 5,
};

/** More pixels and longer, for a night on a larger machine. */
const recommended: ClusteringPreset = {
  ...small,
  network: { name: "resnet18", sobel: false, imageSize: 128 },
  epochs: 20,
  testEpochs: 4,
  fewestSteps: 500,
};

/** The presets by name. */
export const clusteringPresets = { "as-published": asPublished, recommended, small } as const;
export type ClusteringPresetName = keyof typeof clusteringPresets;

/** What a preset's network is told for an archive of so many radiographs. */
export const learningFor = (
  { clusters: _, fewestSteps, restarts: __, ...preset }: ClusteringPreset,
  images: number,
  {
    batchSize = preset.batchSize(images),
    epochs = preset.epochs,
  }: {
    readonly batchSize?: number | undefined;
    readonly epochs?: number | undefined;
  } = {},
): LearningSettings => {
  const batch = Math.min(batchSize, images);
  const passes = fewestSteps === null || images === 0 ? 1 : Math.ceil((fewestSteps * batch) / images);
  return { ...preset, epochs, batchSize: batch, reassign: Math.max(1, passes) };
};

/** Of an archive of N radiographs as many clusters as this times the root of N: 250 of 5,400, which a reader labels in an evening. */
const clustersPerRoot = 3.4;

/** In clusters of fewer radiographs than this on average, a label saves little work. */
const fewestOfCluster = 4;

/**
 * The number of clusters where nobody names one, and how they are made. No more dimensions than a tenth of the radiographs, for
 * whitening makes all of as many rows as dimensions equally far apart.
 */
export const settingsFor = (
  images: number,
  { clusters, preset = small }: { readonly clusters?: number | undefined; readonly preset?: ClusteringPreset } = {},
): ClusteringSettings => {
  const tenth = Math.max(2, Math.floor(images / 10));
  const fitting = Math.min(Math.round(clustersPerRoot * Math.sqrt(images)), Math.floor(images / fewestOfCluster));
  return {
    clusters: clusters ?? (preset.clusters === null ? Math.max(2, fitting) : Math.min(preset.clusters, tenth)),
    dimensions: Math.min(deepClusterDefaults.dimensions, tenth),
    iterations: deepClusterDefaults.iterations,
    seeding: "random",
    restarts: preset.restarts,
  };
};

/** The numbers of clusters that test runs choose from where nobody names some: around {@link settingsFor}'s. */
export const candidatesFor = (images: number, preset: ClusteringPreset = small): number[] => {
  const { clusters } = settingsFor(images, { preset });
  const around = [1 / 4, 1 / 2, 1, 2].map((share) => Math.round(clusters * share));
  return [...new Set(around)].filter((count) => count >= 2 && count <= images);
};

/** Side of the pictures that are kept, for the side of a network's input: Resize(256) and crops of 224, as published. */
export const sourceSizeFor = (side: number): number => Math.ceil((side * 256) / 224);

/** A cluster of fewer radiographs has no outliers: what is usual in it cannot be known. */
export const fewestForOutliers = 8;

/** How many interquartile ranges beyond the third quartile of its cluster's distances an outlier lies (Tukey, 1977). */
export const outlierRanges = 1.5;
