/** Clusters the archive by the features of the newest trained network. A clustering is never changed: another is another run. */

import { OsteonError } from "../../errors.ts";
import { kMeans } from "../../learning/clustering/k-means.ts";
import { principalComponents, whiten } from "../../learning/clustering/principal-components.ts";
import { type Matrix, matrixOfRows } from "../../numeric/matrix.ts";
import { quantiles } from "../../numeric/quantile.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type RunStarter,
  type StoredCluster,
  type StoredImage,
  writeClustering,
} from "../../store/index.ts";
import { Embedder, embedArchive, newestModel } from "../precedents/index.ts";
import { codeVersion } from "../training/index.ts";
import { type ClusteringSettings, settingsFor } from "./config.ts";
import { orderClusters } from "./order-clusters.ts";

/** What a clustering is told. */
export interface ClusterOptions {
  /** As published, or fewer for a small archive, where it is not told. */
  readonly clusters?: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Who asked for it, and in which job; nobody in particular from the command line. */
  readonly startedBy?: RunStarter;
  /** Radiographs that have their features; then iterations of k-means. */
  readonly onProgress?: (done: number, total: number, note: string) => void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface ClusterReport {
  readonly run: string;
  /** The run whose network made the features. */
  readonly features: string;
  readonly radiographs: number;
  readonly clusters: number;
  /** Radiographs of the smallest, the median and the largest cluster. */
  readonly sizes: readonly [smallest: number, median: number, largest: number];
  readonly outliers: number;
  readonly dimensions: number;
  /** The mean squared distance to the own centre after each iteration; rows have length 1. */
  readonly objectives: readonly number[];
  readonly reseeded: number;
}

/** The system's name in the table of runs. */
export const clusterSystem = "atlas/cluster";

/** The artefact of a run that says what is in which cluster. */
export const clustersName = "clusters.json";

/** The format of {@link clustersName}. */
export interface ClustersFile {
  readonly format: "osteon-clusters-1";
  readonly run: string;
  readonly codeVersion: string;
  readonly features: string;
  readonly seed: number;
  readonly settings: ClusteringSettings;
  readonly clusters: readonly StoredCluster[];
}

/**
 * @throws OsteonError `not-found` when nothing was trained yet, `bad-input` for an archive of fewer than two radiographs or
 *   more clusters than radiographs, `interrupted` when the signal stops it
 */
export const clusterArchive = async (home: Home, options: ClusterOptions): Promise<ClusterReport> => {
  const { seed, startedBy } = options;
  const model = await newestModel(home);
  const images = await listImages(home.database);
  const settings = settingsFor(images.length, options.clusters);
  check(images.length, settings.clusters);
  const plan = { features: model.card.modelId, seed, ...settings };
  const fingerprint = hashContent(JSON.stringify([plan, codeVersion, images.map(({ id }) => id)]));
  const { run } = await continueOrCreateRun(home.database, {
    system: clusterSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });

  const features = await featuresOf(home, images, { model, ...options });
  const components = await principalComponents(features, { dimensions: settings.dimensions, seed });
  const clustering = await kMeans(await whiten(features, components), {
    ...settings,
    seed,
    ...(options.signal ? { signal: options.signal } : {}),
    onIteration: (done, total) => options.onProgress?.(done, total, "k-means"),
  });
  const clusters = orderClusters(images, clustering);
  const file: ClustersFile = {
    format: "osteon-clusters-1",
    run: run.id,
    codeVersion,
    features: model.card.modelId,
    seed,
    settings,
    clusters,
  };
  await home.files.writeArtefact(run.id, clustersName, JSON.stringify(file));
  await writeClustering(home.database, run.id, { clusters, at: options.now() });
  const report: ClusterReport = {
    run: run.id,
    features: model.card.modelId,
    radiographs: images.length,
    clusters: clusters.length,
    sizes: sizesOf(clusters),
    outliers: clusters.reduce((sum, { members }) => sum + members.filter(({ outlier }) => outlier).length, 0),
    dimensions: components.axes.rows,
    objectives: clustering.objectives.map((objective) => objective / images.length),
    reseeded: clustering.reseeded,
  };
  await finishRun(home.database, run.id, { metrics: report, at: options.now() });
  return report;
};

const check = (images: number, clusters: number): void => {
  if (images < 2)
    throw new OsteonError("bad-input", "Fewer than two radiographs cannot be clustered; import some first.");
  if (clusters > images) {
    const sentence = `${images} radiographs cannot be put in ${clusters} clusters; ask for ${images} at most.`;
    throw new OsteonError("bad-input", sentence, { images, clusters });
  }
};

const featuresOf = async (
  home: Home,
  images: readonly StoredImage[],
  {
    model,
    signal,
    onProgress,
  }: Pick<ClusterOptions, "signal" | "onProgress"> & { readonly model: Awaited<ReturnType<typeof newestModel>> },
): Promise<Matrix<Float32Array>> => {
  const embedder = await Embedder.create(model);
  const rows: Float32Array[] = [];
  try {
    for await (const { features } of embedArchive(home, images, { model, embedder })) {
      if (signal?.aborted) throw new OsteonError("interrupted", "The clustering was interrupted; start it again.");
      rows.push(features);
      onProgress?.(rows.length, images.length, "features");
    }
  } finally {
    await embedder.release();
  }
  return matrixOfRows(rows);
};

const sizesOf = (clusters: readonly StoredCluster[]): [number, number, number] => {
  const sizes = clusters.map(({ members }) => members.length);
  return quantiles(sizes, [0, 0.5, 1]) as [number, number, number];
};
