/** The clusters that DeepCluster learns: test runs for their number where it is to be chosen, the training, and a last clustering. */

import type { StateDict } from "../../engine/tensor.ts";
import {
  clusterFeatures,
  type DeepClusterSettings,
  type FeatureClusters,
  featuresOf,
} from "../../learning/deep-cluster/deep-cluster.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import type { Home, StoredImage } from "../../store/index.ts";
import { loadPictures, readyToTrain } from "../training/index.ts";
import { beginWithWeights } from "./begin-with-weights.ts";
import { type ClusterCandidate, chooseClusters } from "./choose-clusters.ts";
import { type ClusterNetwork, isPublished, networkOf, topLayerOf } from "./cluster-network.ts";
import { type DeepClusterPlan, interruptedClustering } from "./cluster-options.ts";
import { sourceSizeFor } from "./config.ts";
import { agreementOf, type ClusteringHooks, type ClusterMeasures, trainDeepCluster } from "./deep-cluster-run.ts";

/** What DeepCluster learned of an archive. */
export interface LearnedClusters extends FeatureClusters, Pick<ClusterMeasures, "nmi" | "ami"> {
  /** The network without its top layer. */
  readonly state: StateDict;
  readonly clusters: number;
  /** Null where the number of clusters was told. */
  readonly choice: readonly ClusterCandidate[] | null;
  /** Networks that keep a checkpoint. */
  readonly networks: number;
  /** Of the last epoch. */
  readonly loss: number;
}

/** What a run learns from. */
export interface LearningTask {
  readonly run: string;
  readonly plan: DeepClusterPlan;
  readonly images: readonly StoredImage[];
  /** The bytes of the plan's weights. */
  readonly weights?: Uint8Array | undefined;
}

/** @throws OsteonError `interrupted` when the signal stops it; as `beginWithWeights` and `deepCluster` */
export const learnClusters = async (
  home: Home,
  { run, plan, images, weights }: LearningTask,
  hooks: ClusteringHooks,
): Promise<LearnedClusters> => {
  const { seed, candidates } = plan;
  const { network, testEpochs, restarts, seeding: _, ...settings } = plan.settings;
  const { imageSize } = network;
  // weights that do not fit are refused before pictures are read
  const begun = weights && { file: weights, state: beginWithWeights(weights, network, { clusters: 2, seed }) };
  const pictures = await loadPictures(home, images, sourceSizeFor(imageSize));
  const body = begun && withoutTop(network, await calibrated(begun, network, pictures));
  const initial =
    weights && body
      ? (clusters: number) => new Map([...beginWithWeights(weights, network, { clusters, seed }), ...body])
      : undefined;
  const before = (candidates?.length ?? 0) * testEpochs;
  const epochs = before + settings.epochs;
  const common = { ...settings, imageSize, seed };

  const choice = candidates
    ? await chooseClusters(
        home,
        { run, images, pictures, network, candidates, settings: { ...common, epochs: testEpochs }, initial, epochs },
        hooks,
      )
    : null;
  const clusters = choice?.find(({ chosen }) => chosen)?.clusters ?? settings.clusters!;
  const own: DeepClusterSettings = { ...common, clusters };
  const number = candidates?.length ?? 0;
  const trained = { network, settings: own, initial: initial?.(clusters), number, before, epochs };
  const { state, history, assignment } = await trainDeepCluster(home, { run, pictures, trained }, hooks);
  if (hooks.signal?.aborted) throw interruptedClustering();

  const features = await featuresOf(networkOf(network, clusters), { pictures, settings: own, state });
  const last = await clusterFeatures(features, own, { epoch: own.epochs, restarts });
  return {
    ...last,
    ...agreementOf(assignment, last.clustering.assignment),
    state: withoutTop(network, state),
    clusters,
    choice,
    networks: number + 1,
    loss: history.at(-1)!.loss,
  };
};

const withoutTop = (network: ClusterNetwork, state: StateDict): StateDict => {
  const top = `${topLayerOf(network)}.`;
  return new Map([...state].filter(([name]) => !name.startsWith(top)));
};

/** See `readyToTrain`; AlexNet and VGG-16 come in no folded form. */
const calibrated = async (
  { file, state }: { readonly file: Uint8Array; readonly state: StateDict },
  { name, imageSize }: ClusterNetwork,
  pictures: GreyDataset,
): Promise<StateDict> =>
  isPublished(name) ? state : readyToTrain(file, state, { network: name, numClasses: 2, imageSize, pictures });
