/** The settings of the clustering with the source of each default. */

import type { Seeding } from "../../learning/clustering/seed-centres.ts";

/** Everything a clustering is told besides its radiographs. */
export interface ClusteringSettings {
  readonly clusters: number;
  /** Principal components that are kept. */
  readonly dimensions: number;
  readonly iterations: number;
  readonly seeding: Seeding;
}

/** As published: 1,000 clusters of 42,608 radiographs (SAM-X, phase 1). */
const publishedClusters = 1000;

/** DeepCluster, clustering.py: PCA to 256 dimensions, 20 iterations of FAISS, whose first centres are random rows. */
const publishedDimensions = 256;

/**
 * The published settings, made smaller for a small archive: no more clusters than a tenth of its radiographs, for a label of
 * fewer saves nobody work; no more dimensions either, for whitening makes all of as many rows as dimensions equally far apart.
 */
export const settingsFor = (images: number, clusters?: number): ClusteringSettings => {
  const tenth = Math.max(2, Math.floor(images / 10));
  return {
    clusters: clusters ?? Math.min(publishedClusters, tenth),
    dimensions: Math.min(publishedDimensions, tenth),
    iterations: 20,
    seeding: "random",
  };
};

/** A cluster of fewer radiographs has no outliers: what is usual in it cannot be known. */
export const fewestForOutliers = 8;

/** How many interquartile ranges beyond the third quartile of its cluster's distances an outlier lies (Tukey, 1977). */
export const outlierRanges = 1.5;
