/**
 * DeepCluster (Caron, Bojanowski, Joulin and Douze, 2018, "Deep Clustering for Unsupervised Learning of Visual Features"; defaults
 * and order of facebookresearch/deepcluster, main.py): the network's features of all pictures are clustered, and the network
 * learns to tell the clusters apart; over and over. Each epoch begins with a top layer that knows nothing.
 */

import { sgd } from "../../engine/optimisers.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { inferenceSession, initialState, type Network, stateSpecs } from "../../nn/network.ts";
import { classification } from "../../nn/objective.ts";
import { TrainStep } from "../../nn/train-step.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import type { Checkpoint, EpochReport } from "../checkpoint.ts";
import { type Clustering, kMeans } from "../clustering/k-means.ts";
import { type PrincipalComponents, principalComponents, whiten } from "../clustering/principal-components.ts";
import { countHits } from "../count-hits.ts";
import type { GreyDataset } from "../grey-dataset.ts";
import { Prefetch } from "../prefetch.ts";
import { type CropPlace, type CropScale, centreCrops, randomCrops } from "./crops.ts";
import { drawUniformly } from "./uniform-sampling.ts";

/** What DeepCluster is told; plain data. */
export interface DeepClusterSettings {
  /** Side of the network's input in pixels; pictures are kept larger by 256 / 224, whose middle is what is clustered by. */
  readonly imageSize: number;
  readonly clusters: number;
  /** Principal components that are kept of the features. */
  readonly dimensions: number;
  /** Of k-means. */
  readonly iterations: number;
  /** Clusterings; each is learned from until the next. */
  readonly epochs: number;
  /** Passes over the pictures between two clusterings. */
  readonly reassign: number;
  readonly batchSize: number;
  readonly lr: number;
  /** Of all layers but the top one, which is too short-lived for one. */
  readonly momentum: number;
  readonly weightDecay: number;
  readonly cropScale: CropScale;
  readonly seed: number;
}

/** As published (main.py, lines 29 to 64), but for the number of clusters and epochs, which belong to a data set. */
export const deepClusterDefaults = {
  imageSize: 224,
  dimensions: 256,
  iterations: 20,
  reassign: 1,
  batchSize: 256,
  lr: 0.05,
  momentum: 0.9,
  weightDecay: 1e-5,
  cropScale: [0.08, 1],
} as const satisfies Partial<DeepClusterSettings>;

/** A network with the name of its top layer, whose tensors are `NAME.weight` [clusters, F] and `NAME.bias`. */
export interface ClusteredNetwork {
  readonly network: Network<"features" | "logits">;
  readonly topLayer: string;
}

/** How the pictures were clustered at the beginning of an epoch. */
export interface EpochClusters {
  /** The cluster of each picture, in [0, clusters). */
  readonly assignment: Int32Array;
  /** The same in the epoch before; null in the first. */
  readonly previous: Int32Array | null;
  /** The mean squared distance of a picture to its centre; features have length 1. */
  readonly distance: number;
  /** How often a cluster was empty and got half of another. */
  readonly reseeded: number;
}

/** The hooks of a run. */
export interface DeepClusterHooks {
  /** Called after each epoch; `checkpoint` is to be written down where the run may have to go on from there. */
  readonly onEpoch?: (
    report: EpochReport,
    clusters: EpochClusters,
    checkpoint: () => Checkpoint,
  ) => Promise<void> | void;
  /** A checkpoint to go on from: what follows is what would have followed without the break. */
  readonly resumeFrom?: Checkpoint;
  /** Stops after the epoch at hand. */
  readonly signal?: AbortSignal;
  /** Threads that make batches ready; they do not change the result. */
  readonly workers?: number;
}

/** A network that has learned from clusters alone. */
export interface DeepClustered {
  /** With the top layer of the last epoch. */
  readonly state: StateDict;
  readonly history: readonly EpochReport[];
  /** The clusters that the last epoch learned. */
  readonly assignment: Int32Array;
}

/**
 * Learns from pictures without labels.
 *
 * @param pictures their side is at least the settings' image size
 * @throws OsteonError `bad-input` for fewer pictures than clusters or than a batch holds, or a loss that is no number;
 *   `interrupted` when the signal stops it; `shape-mismatch` for a checkpoint of another network
 */
export const deepCluster = async (
  { network, topLayer }: ClusteredNetwork,
  data: { readonly pictures: GreyDataset; readonly settings: DeepClusterSettings; readonly initial?: StateDict },
  hooks: DeepClusterHooks = {},
): Promise<DeepClustered> => {
  const { pictures, settings } = data;
  const { imageSize, batchSize, epochs, seed, lr } = settings;
  check(pictures, settings);
  const inputShape = [batchSize, 1, imageSize, imageSize];
  const wanted = Math.round(settings.reassign * pictures.length);
  const resumed = hooks.resumeFrom;
  const history: EpochReport[] = [...(resumed?.history ?? [])];
  let previous = resumed ? assignmentIn(resumed) : null;
  const isTopLayer = (name: string): boolean => name.startsWith(`${topLayer}.`);
  const { momentum, weightDecay } = settings;
  const [body, top] = [sgd({ momentum, weightDecay }), sgd({ weightDecay })];
  const step = await TrainStep.create({
    network,
    inputShape,
    objective: classification(),
    optimiser: (name) => (isTopLayer(name) ? top : body),
    state: resumed?.state ?? data.initial ?? initialState(stateSpecs(network, inputShape), seed),
    ...(resumed ? { optimiserState: resumed.optimiserState, stepsDone: resumed.stepsDone } : {}),
    seed,
  });
  try {
    for (let epoch = history.length; epoch < epochs; epoch++) {
      const features = await featuresOf(network, { pictures, settings, state: step.state() }, hooks);
      const { clustering } = await clusterFeatures(features, settings, { epoch });
      const { assignment, objectives, reseeded } = clustering;
      const clusters = { assignment, previous, reseeded, distance: objectives.at(-1)! / pictures.length };
      step.replace(newTopLayer(step.state(), { topLayer, random: new Random(seed, "top layer", epoch) }));
      const order = drawUniformly(assignment, new Random(seed, "order", epoch), wanted);
      const learned = await learn(step, { pictures, settings, epoch, order, assignment }, hooks);
      const report = { epoch: epoch + 1, epochs, lr, ...learned };
      history.push(report);
      previous = assignment;
      await hooks.onEpoch?.(report, clusters, () => ({
        state: step.state(),
        optimiserState: step.optimiserState(),
        stepsDone: step.stepsDone,
        history: [...history],
        further: new Map([[assignmentName, floatTensor([assignment.length], Float32Array.from(assignment))]]),
      }));
      if (hooks.signal?.aborted && epoch + 1 < epochs) throw interrupted(epoch + 1);
    }
    return { state: step.state(), history, assignment: previous! };
  } finally {
    await step.release();
  }
};

/** What of a checkpoint holds the clusters of its epoch; their numbers are exact in single precision. */
const assignmentName = "assignment";

const assignmentIn = ({ further }: Checkpoint): Int32Array => {
  const found = further?.get(assignmentName);
  if (!found) throw new OsteonError("shape-mismatch", "The checkpoint is of another training: it holds no clusters.");
  return Int32Array.from(found.data);
};

const interrupted = (epoch: number): OsteonError =>
  new OsteonError("interrupted", `The run was interrupted after epoch ${epoch}; start it again to go on.`);

const check = (pictures: GreyDataset, { clusters, batchSize, imageSize }: DeepClusterSettings): void => {
  const refuse = (sentence: string): never => {
    throw new OsteonError("bad-input", sentence, { pictures: pictures.length, clusters, batchSize });
  };
  if (clusters < 2) refuse(`A network learns nothing from ${clusters} clusters; ask for two or more.`);
  if (pictures.length < clusters) refuse(`${pictures.length} pictures cannot be put in ${clusters} clusters.`);
  if (pictures.length < batchSize) refuse(`${pictures.length} pictures do not fill a batch of ${batchSize}.`);
  if (pictures.size < imageSize) refuse(`Pictures of side ${pictures.size} hold no part of side ${imageSize}.`);
};

interface Learned {
  readonly pictures: GreyDataset;
  readonly settings: Pick<DeepClusterSettings, "imageSize" | "batchSize">;
  readonly state: StateDict;
}

/** The network's features of every picture, without augmentation and in evaluation mode. */
export const featuresOf = async (
  network: Network<"features" | "logits">,
  { pictures, settings, state }: Learned,
  { workers }: Pick<DeepClusterHooks, "workers"> = {},
): Promise<Matrix<Float32Array>> => {
  const { imageSize, batchSize } = settings;
  const session = await inferenceSession(network, { inputShape: [batchSize, 1, imageSize, imageSize], state });
  const how = centreCrops({ pictures: pictures.shared(), imageSize });
  const batches = new Prefetch(wholeBatches(pictures.length, batchSize), how, workers === undefined ? {} : { workers });
  try {
    let features: Matrix<Float32Array> | undefined;
    for await (const { item, value } of batches) {
      const outputs = await session.run({ x: floatTensor([batchSize, 1, imageSize, imageSize], value) });
      const { shape, data } = outputs.features as FloatTensor;
      const columns = shape[1]!;
      features ??= { rows: pictures.length, columns, values: new Float32Array(pictures.length * columns) };
      const rows = Math.min(batchSize, pictures.length - item[0]!);
      features.values.set(data.subarray(0, rows * columns), item[0]! * columns);
    }
    return features!;
  } finally {
    await session.release();
  }
};

/** Positions one after the other, the last batch filled up with the last picture: a session has one shape. */
function* wholeBatches(pictures: number, batchSize: number): Generator<Uint32Array, void> {
  for (let first = 0; first < pictures; first += batchSize)
    yield Uint32Array.from({ length: batchSize }, (_, i) => Math.min(first + i, pictures - 1));
}

/** Features in clusters. */
export interface FeatureClusters {
  readonly components: PrincipalComponents;
  /** The features on their principal components, whitened, of length 1. */
  readonly rows: Matrix<Float32Array>;
  readonly clustering: Clustering;
}

/** Principal components, whitened, of length 1; then k-means from other centres each epoch. */
export const clusterFeatures = async (
  features: Matrix<Float32Array>,
  { seed, ...settings }: Pick<DeepClusterSettings, "clusters" | "dimensions" | "iterations" | "seed">,
  { epoch, restarts = 1 }: { readonly epoch: number; readonly restarts?: number },
): Promise<FeatureClusters> => {
  const { clusters, dimensions, iterations } = settings;
  const own = new Random(seed, "clusters", epoch).uint32();
  const components = await principalComponents(features, { dimensions, seed: own });
  const rows = await whiten(features, components);
  return { components, rows, clustering: await kMeans(rows, { clusters, iterations, restarts, seed: own }) };
};

/** A top layer with weights from N(0, 0.01^2) and bias 0. */
const newTopLayer = (
  state: StateDict,
  { topLayer, random }: { readonly topLayer: string; readonly random: Random },
): StateDict => {
  const [weight, bias] = [`${topLayer}.weight`, `${topLayer}.bias`];
  const fresh = (name: string, value: () => number): [string, FloatTensor] => {
    const { shape, data } = state.get(name)!;
    return [name, floatTensor(shape, Float32Array.from(data, value))];
  };
  return new Map([fresh(weight, () => random.normal(0, 0.01)), fresh(bias, () => 0)]);
};

interface Lesson {
  readonly pictures: GreyDataset;
  readonly settings: DeepClusterSettings;
  readonly epoch: number;
  readonly order: Uint32Array;
  readonly assignment: Int32Array;
}

/** The drawn pictures in their order, whole batches alone. */
const learn = async (
  step: TrainStep,
  { pictures, settings, epoch, order, assignment }: Lesson,
  { workers }: Pick<DeepClusterHooks, "workers">,
): Promise<Pick<EpochReport, "loss" | "accuracy" | "pictures">> => {
  const { imageSize, batchSize, lr, seed, cropScale } = settings;
  const count = Math.floor(order.length / batchSize);
  const places = Array.from(
    { length: count },
    (_, batch): CropPlace => ({ epoch, batch, indices: order.slice(batch * batchSize, (batch + 1) * batchSize) }),
  );
  const how = randomCrops({ pictures: pictures.shared(), imageSize, seed, scale: cropScale });
  let [lossSum, hits] = [0, 0];
  for await (const { item, value } of new Prefetch(places, how, workers === undefined ? {} : { workers })) {
    const labels = Array.from(item.indices, (index) => assignment[index]!);
    const { loss, outputs } = await step.step({
      x: floatTensor([batchSize, 1, imageSize, imageSize], value),
      targets: { labels: labelTensor(labels) },
      lr,
    });
    if (!Number.isFinite(loss)) {
      const sentence = `The loss became ${loss} in epoch ${epoch + 1}; learn with a smaller learning rate.`;
      throw new OsteonError("bad-input", sentence);
    }
    lossSum += loss;
    hits += countHits(outputs.logits!, labels);
  }
  return { loss: lossSum / count, accuracy: hits / (count * batchSize), pictures: count * batchSize };
};
