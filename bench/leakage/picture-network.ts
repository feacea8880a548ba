/** A small network that draws pictures from codes: what an attacker with pictures of its own would train, on our own engine. */

import { relu } from "../../src/engine/ops.ts";
import { adamW } from "../../src/engine/optimisers.ts";
import { floatTensor, type StateDict } from "../../src/engine/tensor.ts";
import { linear } from "../../src/nn/layers.ts";
import { binaryCrossEntropy } from "../../src/nn/losses.ts";
import { inferenceSession, initialState, type Network, stateSpecs } from "../../src/nn/network.ts";
import { segmentation } from "../../src/nn/objective.ts";
import { TrainStep } from "../../src/nn/train-step.ts";
import { rowOf } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import type { Lessons } from "./ridge.ts";

const batchSize = 32;
const hidden = 512;
const learningRate = 1e-3;
const epochs = 60;
/** The network is tried on what was held back after so many epochs, and the best one is kept. */
const triedEvery = 10;

const drawer =
  (pixels: number): Network<"logits"> =>
  (scope, x) => ({
    logits: linear(scope.at("out"), relu(linear(scope.at("hidden"), x, hidden)), pixels),
  });

/** A trained network as a function; greys in [0, 1]. */
export interface PictureNetwork {
  draw(input: Float32Array): Promise<Float64Array>;
  release(): Promise<void>;
}

/** Trains on the lessons and keeps the network of the epoch that drew `held` best. */
export const trainPictureNetwork = async (lessons: Lessons, held: Lessons, seed: number): Promise<PictureNetwork> => {
  const { columns: length, rows } = lessons.inputs;
  const pixels = lessons.targets.columns;
  const network = drawer(pixels);
  const inputShape = [Math.min(batchSize, rows), length];
  const trainer = await TrainStep.create({
    network,
    objective: segmentation((logits, masks) => binaryCrossEntropy(logits, masks)),
    inputShape,
    optimiser: adamW({ weightDecay: 0.01 }),
    state: initialState(stateSpecs(network, inputShape), seed),
    seed,
  });
  let best: { readonly error: number; readonly state: StateDict } | undefined;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = new Random(seed, "picture-network", epoch).permutation(rows);
    for (let at = 0; at + inputShape[0]! <= rows; at += inputShape[0]!) {
      const chosen = [...order.subarray(at, at + inputShape[0]!)];
      const batch = (of: Lessons["inputs"]) =>
        floatTensor([chosen.length, of.columns], Float32Array.from(chosen.flatMap((row) => [...rowOf(of, row)])));
      await trainer.step({ x: batch(lessons.inputs), targets: { masks: batch(lessons.targets) }, lr: learningRate });
    }
    if (epoch % triedEvery !== 0) continue;
    const state = new Map(
      [...trainer.state()].map(([name, { shape, data }]) => [name, floatTensor(shape, Float32Array.from(data))]),
    );
    const error = await errorOf(state, { network, length, held });
    if (!best || error < best.error) best = { error, state };
  }
  await trainer.release();
  return openNetwork(network, length, best!.state);
};

const openNetwork = async (network: Network<"logits">, length: number, state: StateDict): Promise<PictureNetwork> => {
  const session = await inferenceSession(network, { inputShape: [1, length], state });
  return {
    draw: async (input) => {
      const { logits } = await session.run({ x: floatTensor([1, length], Float32Array.from(input)) });
      return Float64Array.from(logits!.data as Float32Array, (logit) => 1 / (1 + Math.exp(-logit)));
    },
    release: () => session.release(),
  };
};

const errorOf = async (
  state: StateDict,
  { network, length, held }: { readonly network: Network<"logits">; readonly length: number; readonly held: Lessons },
): Promise<number> => {
  const opened = await openNetwork(network, length, state);
  let error = 0;
  for (let i = 0; i < held.inputs.rows; i++) {
    const drawn = await opened.draw(rowOf(held.inputs, i) as Float32Array);
    const wanted = rowOf(held.targets, i);
    for (const [pixel, grey] of drawn.entries()) error += (grey - wanted[pixel]!) ** 2;
  }
  await opened.release();
  return error;
};
