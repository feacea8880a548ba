/** Clusters by the features of the precedents' newest network, where one is trained: nothing has to be learned for them. */

import { kMeans } from "../../learning/clustering/k-means.ts";
import { principalComponents, whiten } from "../../learning/clustering/principal-components.ts";
import type { FeatureClusters } from "../../learning/deep-cluster/deep-cluster.ts";
import type { Home, StoredImage } from "../../store/index.ts";
import { featuresOf, type newestModel } from "../precedents/index.ts";
import type { ClusteringSettings } from "./config.ts";

/** What the clustering is told. */
export interface PrecedentsFeatures {
  /** The run of the clustering. */
  readonly run: string;
  readonly images: readonly StoredImage[];
  readonly model: Awaited<ReturnType<typeof newestModel>>;
  readonly settings: ClusteringSettings;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number, note: string) => void) | undefined;
}

/** @throws OsteonError `interrupted` when the signal stops it */
export const clusterByPrecedents = async (home: Home, told: PrecedentsFeatures): Promise<FeatureClusters> => {
  const { run, images, model, settings, seed, signal, onProgress } = told;
  const sights = images.map((image) => ({ image, box: null }));
  const { features } = await featuresOf(home, sights, {
    run,
    model,
    modelRun: model.card.modelId,
    signal,
    onProgress: (done, total) => onProgress?.(done, total, "features"),
  });
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
