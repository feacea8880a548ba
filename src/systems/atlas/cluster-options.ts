/** What a clustering is told, and the plan that follows from it for an archive of some size. */

import { OsteonError } from "../../errors.ts";
import { hashContent, type RunStarter } from "../../store/index.ts";
import type { ClusterNetworkName } from "./cluster-network.ts";
import {
  type ClusteringPresetName,
  type ClusteringSettings,
  candidatesFor,
  clusteringPresets,
  type LearningSettings,
  learningFor,
  settingsFor,
} from "./config.ts";

/** How many clusters: one number, some that test runs choose from, or `auto` for some that suit the archive. */
export type ClusterCount = number | readonly number[] | "auto";

/** What a clustering is told. */
export interface ClusterOptions {
  /** Those that DeepCluster learns from the clusters themselves (the default), or those of the precedents' newest network. */
  readonly features?: "deepcluster" | "precedents" | undefined;
  /** `small` by default; the following come from it where they are not told. */
  readonly preset?: ClusteringPresetName | undefined;
  readonly network?: ClusterNetworkName | undefined;
  readonly sobel?: boolean | undefined;
  readonly imageSize?: number | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly clusters?: ClusterCount | undefined;
  /** A file of weights to begin with; it is told apart by its content, and called by its name. */
  readonly weights?: { readonly name: string; readonly bytes: Uint8Array } | undefined;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Who asked for it, and in which job; nobody in particular from the command line. */
  readonly startedBy?: RunStarter | undefined;
  /** Epochs of DeepCluster; or radiographs that have their features, then iterations of k-means. */
  readonly onProgress?: ((done: number, total: number, note: string) => void) | undefined;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What is written down of a run of DeepCluster; it names the run. */
export interface DeepClusterPlan {
  readonly features: "deepcluster";
  readonly preset: ClusteringPresetName;
  /** Null where {@link settings} says it. */
  readonly candidates: readonly number[] | null;
  readonly weights: { readonly name: string; readonly sha256: string } | null;
  readonly seed: number;
  /** Without a number of clusters where test runs choose it. */
  readonly settings: Omit<ClusteringSettings, "clusters"> &
    Partial<Pick<ClusteringSettings, "clusters">> &
    LearningSettings;
}

/** @throws OsteonError `bad-input` for an archive of fewer than two radiographs, or more clusters than radiographs */
export const planDeepCluster = (images: number, options: ClusterOptions): DeepClusterPlan => {
  const { preset: presetName = "small", seed, weights, clusters: count } = options;
  const preset = clusteringPresets[presetName];
  const told = typeof count === "number" ? count : undefined;
  const candidates =
    count === "auto" ? candidatesFor(images, preset) : Array.isArray(count) ? [...new Set(count)] : null;
  const { clusters, ...settings } = settingsFor(images, { clusters: told, preset });
  checkClusters(images, candidates ? Math.max(...candidates) : clusters);
  const learning = learningFor(preset, images, options);
  const name = options.network ?? preset.network.name;
  return {
    features: "deepcluster",
    preset: presetName,
    candidates,
    weights: weights ? { name: weights.name, sha256: hashContent(weights.bytes) } : null,
    seed,
    settings: {
      ...(candidates ? {} : { clusters }),
      ...settings,
      ...learning,
      network: {
        name,
        // Edges are for the network that the preset means; another sees greys where nothing else is said.
        sobel: options.sobel ?? (name === preset.network.name && preset.network.sobel),
        imageSize: options.imageSize ?? preset.network.imageSize,
      },
    },
  };
};

/** @throws OsteonError as {@link planDeepCluster} */
export const checkClusters = (images: number, clusters: number): void => {
  if (images < 2)
    throw new OsteonError("bad-input", "Fewer than two radiographs cannot be clustered; import some first.");
  if (clusters > images) {
    const sentence = `${images} radiographs cannot be put in ${clusters} clusters; ask for ${images} at most.`;
    throw new OsteonError("bad-input", sentence, { images, clusters });
  }
};

export const interruptedClustering = (): OsteonError =>
  new OsteonError("interrupted", "The clustering was interrupted; start it again to go on.");
