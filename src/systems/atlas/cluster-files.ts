/**
 * What a clustering run keeps in the home: which radiograph is in which cluster, the features they were clustered by with the way
 * into their space, and the network that made them, where DeepCluster trained one.
 */

import { type ImageId, imageId } from "../../clinic/ids.ts";
import { decodeSafetensors, encodeSafetensors, type SafetensorsFile } from "../../engine/safetensors.ts";
import { floatTensor, type StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import type { PrincipalComponents } from "../../learning/clustering/principal-components.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import type { Home, StoredCluster } from "../../store/index.ts";
import type { ClusterNetwork } from "./cluster-network.ts";
import type { ClusteringSettings, LearningSettings } from "./config.ts";

/** Which radiograph is in which cluster. */
export const clustersName = "clusters.json";
/** The radiographs' features, and what brings others into the same space. */
export const featuresName = "features.safetensors";
/** The network that DeepCluster trained, without its top layer. */
export const deepClusterName = "deepcluster.safetensors";

/** The format of {@link clustersName}. */
export interface ClustersFile {
  readonly format: "osteon-clusters-1";
  readonly run: string;
  readonly codeVersion: string;
  /** The run whose network made the features: this one, or one of the precedents. */
  readonly features: string;
  readonly seed: number;
  readonly settings: ClusteringSettings;
  /** Null where the features are those of the precedents. */
  readonly network: ClusterNetwork | null;
  readonly clusters: readonly StoredCluster[];
}

/** The features of a clustering. */
export interface ClusterFeatures {
  /** The run whose network made them. */
  readonly madeBy: string;
  readonly images: readonly ImageId[];
  /** A row for each of the images, whitened, of length 1. */
  readonly features: Matrix<Float32Array>;
  /** What brings a network's features into this space. */
  readonly components: PrincipalComponents;
}

/** What is known of a network that DeepCluster trained besides its weights. */
export interface DeepClusterCard {
  readonly format: "osteon-deepcluster-1";
  readonly run: string;
  readonly network: ClusterNetwork["name"];
  readonly imageSize: number;
  readonly sobel: boolean;
  readonly clusters: number;
  readonly epochs: number;
  readonly seed: number;
  readonly settings: ClusteringSettings & LearningSettings;
  /** The name of the file that it began with; null for nothing. */
  readonly weights: string | null;
  readonly radiographs: number;
  readonly patients: number;
  /** Of the last two clusterings; null after a single one. */
  readonly nmi: number | null;
  readonly codeVersion: string;
}

/** A network that DeepCluster trained; its state has torchvision's names, or DeepCluster's for AlexNet and VGG-16. */
export interface DeepClusterModel {
  readonly card: DeepClusterCard;
  readonly state: StateDict;
}

/** The bytes of a file of features. */
export const encodeClusterFeatures = ({ madeBy, images, features, components }: ClusterFeatures): Uint8Array =>
  encodeSafetensors({
    tensors: new Map([
      ["features", tensorOf(features)],
      ["mean", floatTensor([components.mean.length], Float32Array.from(components.mean))],
      ["variances", floatTensor([components.variances.length], Float32Array.from(components.variances))],
      ["axes", tensorOf(components.axes)],
    ]),
    metadata: { format: featuresFormat, madeBy, images: JSON.stringify(images) },
  });

const featuresFormat = "osteon-cluster-features-1";

const tensorOf = ({ rows, columns, values }: Matrix) => floatTensor([rows, columns], Float32Array.from(values));

/**
 * The features that a clustering was made by.
 *
 * @throws OsteonError `not-found` for a clustering of an earlier version, which kept none; `corrupt-store` for a damaged file
 */
export const readClusterFeatures = async (home: Pick<Home, "files">, run: string): Promise<ClusterFeatures> => {
  if (!(await home.files.hasArtefact(run, featuresName))) {
    const sentence = "This clustering has kept no features; cluster the archive again with `osteon atlas cluster`.";
    throw new OsteonError("not-found", sentence, { run });
  }
  const { tensors, metadata } = await readTensors(home, run, featuresName);
  const [features, mean, variances, axes] = ["features", "mean", "variances", "axes"].map((name) => tensors.get(name));
  if (metadata.format !== featuresFormat || !(features && mean && variances && axes)) throw damaged(run, featuresName);
  return {
    madeBy: metadata.madeBy!,
    images: (JSON.parse(metadata.images!) as string[]).map(imageId),
    features: { rows: features.shape[0]!, columns: features.shape[1]!, values: features.data },
    components: {
      mean: Float64Array.from(mean.data),
      variances: Float64Array.from(variances.data),
      axes: { rows: axes.shape[0]!, columns: axes.shape[1]!, values: Float64Array.from(axes.data) },
    },
  };
};

/** The bytes of a file with a network. */
export const encodeDeepCluster = ({ card, state }: DeepClusterModel): Uint8Array =>
  encodeSafetensors({ tensors: state, metadata: { format: "pt", card: JSON.stringify(card) } });

/**
 * The network that DeepCluster trained; undefined where the features came from elsewhere.
 *
 * @throws OsteonError `corrupt-store` for a damaged file
 */
export const readDeepCluster = async (
  home: Pick<Home, "files">,
  run: string,
): Promise<DeepClusterModel | undefined> => {
  if (!(await home.files.hasArtefact(run, deepClusterName))) return undefined;
  const { tensors, metadata } = await readTensors(home, run, deepClusterName);
  const card = JSON.parse(metadata.card ?? "{}") as DeepClusterCard;
  if (card.format !== "osteon-deepcluster-1") throw damaged(run, deepClusterName);
  return { card, state: tensors };
};

const readTensors = async ({ files }: Pick<Home, "files">, run: string, name: string): Promise<SafetensorsFile> => {
  const bytes = await files.readArtefact(run, name);
  try {
    return decodeSafetensors(bytes);
  } catch (cause) {
    throw damaged(run, name, cause);
  }
};

const damaged = (run: string, name: string, cause?: unknown): OsteonError =>
  new OsteonError("corrupt-store", `The file ${name} of run ${run} is damaged; cluster again.`, { run, name }, cause);
