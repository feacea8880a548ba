/**
 * Batch normalisations whose running statistics say nothing, such as those of weights that were folded into the convolutions: a
 * network with such works as it should where it is used, and forgets everything in its first training step, which normalises by
 * the batch. They are given the statistics of some inputs, and scales and shifts that leave what the network computes as it is.
 */

import { Graph, type Value } from "../engine/graph.ts";
import { Session, type Tensors } from "../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import type { Network } from "./network.ts";
import { Scope, type StateSpec } from "./scope.ts";
import { nextName } from "./train-graph.ts";

/** What the statistics are taken of. */
export interface CalibrationOptions {
  readonly state: StateDict;
  /** [N, C, H, W]; some dozens of inputs. */
  readonly x: FloatTensor;
  /** Of every batch normalisation. */
  readonly eps: number;
}

/** The share of a batch in the running statistics, PyTorch's default: what a step adds to statistics of 0. */
const momentum = 0.1;

const [meanName, varianceName] = [".running_mean", ".running_var"];

/**
 * The state with statistics of the inputs in every batch normalisation: the same function of any input as before, and now nearly
 * the same one while training.
 *
 * @param network with batch normalisations of PyTorch's momentum
 */
export const calibrateNormalisation = async (
  network: Network,
  { state, x, eps }: CalibrationOptions,
): Promise<StateDict> => {
  const graph = new Graph();
  const bufferUpdates = new Map<string, Value>();
  const resolve = ({ name, shape }: StateSpec): Value => graph.input(name, shape);
  network(new Scope({ graph, training: true, resolve, bufferUpdates }), graph.input("x", x.shape));
  const updates = [...bufferUpdates].map(([name, value]) => [nextName(name), value] as const);
  const session = await Session.create(graph.toModel(Object.fromEntries(updates)));
  const calibrated = new Map(state);
  const parts = [...bufferUpdates.keys()].filter((name) => name.endsWith(meanName));
  try {
    // In the order of use: what a normalisation sees is right once all before it are.
    for (const part of parts.map((name) => name.slice(0, -meanName.length))) {
      const feeds: Tensors = Object.fromEntries(calibrated);
      const emptied = [...bufferUpdates.keys()].map((name) => [name, zerosLike(calibrated.get(name)!)] as const);
      const statistics = await session.run({ ...feeds, ...Object.fromEntries(emptied), x });
      const read = (name: string): Float32Array =>
        (statistics[nextName(name)] as FloatTensor).data.map((v) => v / momentum);
      place(calibrated, part, { mean: read(part + meanName), variance: read(part + varianceName), eps });
    }
  } finally {
    await session.release();
  }
  return calibrated;
};

/** y = weight (x - mean) / sqrt(variance + eps) + bias stays the same line through other statistics. */
const place = (
  state: Map<string, FloatTensor>,
  part: string,
  { mean, variance, eps }: { readonly mean: Float32Array; readonly variance: Float32Array; readonly eps: number },
): void => {
  const [weight, bias, oldMean, oldVariance] = ["weight", "bias", "running_mean", "running_var"].map(
    (name) => state.get(`${part}.${name}`)!.data,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const slope = weight.map((value, c) => value / Math.sqrt(oldVariance[c]! + eps));
  const values = {
    weight: slope.map((value, c) => value * Math.sqrt(variance[c]! + eps)),
    bias: bias.map((value, c) => value + (mean[c]! - oldMean[c]!) * slope[c]!),
    running_mean: mean,
    running_var: variance,
  };
  for (const [name, data] of Object.entries(values)) state.set(`${part}.${name}`, floatTensor([data.length], data));
};

const zerosLike = ({ shape, data }: FloatTensor): FloatTensor => floatTensor(shape, new Float32Array(data.length));
