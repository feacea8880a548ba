/** Clusters by the features of the precedents' newest network, where one is trained: nothing has to be learned for them. */

import { kMeans } from "../../learning/clustering/k-means.ts";
import { principalComponents, whiten } from "../../learning/clustering/principal-components.ts";
import type { FeatureClusters } from "../../learning/deep-cluster/deep-cluster.ts";
import { type Matrix, matrixOfRows } from "../../numeric/matrix.ts";
import type { Home, StoredImage } from "../../store/index.ts";
import { Embedder, embedArchive, type newestModel } from "../precedents/index.ts";
import { interruptedClustering } from "./cluster-options.ts";
import type { ClusteringSettings } from "./config.ts";

/** What the clustering is told. */
export interface PrecedentsFeatures {
  readonly images: readonly StoredImage[];
  readonly model: Awaited<ReturnType<typeof newestModel>>;
  readonly settings: ClusteringSettings;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number, note: string) => void) | undefined;
}

/** @throws OsteonError `interrupted` when the signal stops it */
export const clusterByPrecedents = async (home: Home, told: PrecedentsFeatures): Promise<FeatureClusters> => {
  const { settings, seed, signal, onProgress } = told;
  const features = await featuresOf(home, told);
  const components = await principalComponents(features, { dimensions: settings.dimensions, seed });
  const rows = await whiten(features, components);
  const clustering = await kMeans(rows, {
    ...settings,
    seed,
    ...(signal ? { signal } : {}),
    onIteration: (done, total) => onProgress?.(done, total, "k-means"),
  });
  return { components, rows, clustering };
};

const featuresOf = async (
  home: Home,
  { images, model, signal, onProgress }: PrecedentsFeatures,
): Promise<Matrix<Float32Array>> => {
  const embedder = await Embedder.create(model);
  const rows: Float32Array[] = [];
  try {
    for await (const { features } of embedArchive(home, images, { model, embedder })) {
      if (signal?.aborted) throw interruptedClustering();
      rows.push(features);
      onProgress?.(rows.length, images.length, "features");
    }
  } finally {
    await embedder.release();
  }
  return matrixOfRows(rows);
};
