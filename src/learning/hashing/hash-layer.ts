/**
 * Learned codes: one linear layer whose signs are the bits, trained with labels so that codes of one label are told from those of
 * another, that codes differ in proportion to the angle, and that values lie near -1 and 1 (as in deep hashing networks, Zhu et al.,
 * AAAI 2016). It begins as random hyperplanes, which keep angles already.
 */

import type { Value } from "../../engine/graph.ts";
import { add, matmulTransposedB, multiply, reduceMean, scalarLike, scale, subtract, tanh } from "../../engine/ops.ts";
import { adam } from "../../engine/optimisers.ts";
import { floatTensor, labelTensor, type StateDict, type Tensor } from "../../engine/tensor.ts";
import { linear } from "../../nn/layers.ts";
import { crossEntropy } from "../../nn/losses.ts";
import { initialState, type Network, stateSpecs } from "../../nn/network.ts";
import type { Objective } from "../../nn/objective.ts";
import { TrainStep } from "../../nn/train-step.ts";
import { dot, type Matrix, rowOf, rowsAt } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import type { FittedHyperplanes, TrainingDirections } from "./fitted-hyperplanes.ts";

/** What is learned from. */
export interface HashLayerSettings {
  /** [bits, dimensions]: the hyperplanes to begin with, unit rows. */
  readonly start: Float32Array;
  /** Of each direction. */
  readonly labels: readonly string[];
  readonly seed: number;
  /** How much telling labels apart counts beside keeping angles; 0 learns without labels, and 0.1 is the default. */
  readonly labelWeight?: number;
  readonly steps?: number;
}

const batchSize = 128;
const learningRate = 0.003;
/** How much it counts that values lie near -1 and 1. */
const quantisationWeight = 0.05;

/** The layer's hyperplanes. */
export const fitHashLayer = async (
  directions: TrainingDirections,
  { start, labels, seed, labelWeight = 0.1, steps = 600 }: HashLayerSettings,
): Promise<FittedHyperplanes> => {
  const { rows, columns } = directions;
  const bits = start.length / columns;
  const classes = [...new Set(labels)].sort();
  const size = Math.min(batchSize, rows);
  const network = hashNetwork(bits, classes.length);
  const inputShape = [size, columns];
  const fresh = initialState(stateSpecs(network, inputShape), seed);
  // Projections of a unit vector on random hyperplanes deviate by 1 / sqrt(dimensions): so scaled, tanh is neither flat nor a step.
  const weight = floatTensor(
    [bits, columns],
    start.map((value) => value * Math.sqrt(columns)),
  );
  const state: StateDict = new Map([...fresh, ["hash.weight", weight], ["hash.bias", zeros(bits)]]);
  const trainer = await TrainStep.create({
    network,
    objective: objectiveOf(labelWeight),
    inputShape,
    optimiser: adam(),
    state,
    report: [],
    threads: 1,
  });
  try {
    const random = new Random(seed, "hash layer");
    for (let step = 0; step < steps; step++) {
      const chosen = random.permutation(rows).subarray(0, size);
      const batch = rowsAt(directions, chosen);
      await trainer.step({
        x: floatTensor(inputShape, batch.values),
        targets: {
          labels: labelTensor(Array.from(chosen, (row) => classes.indexOf(labels[row]!))),
          agreement: agreementOf(batch),
        },
        lr: learningRate * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps)),
      });
    }
    const learned = trainer.state();
    const normals = learned.get("hash.weight")!.data;
    const thresholds = learned.get("hash.bias")!.data.map((value) => -value);
    return { normals, thresholds };
  } finally {
    await trainer.release();
  }
};

const zeros = (length: number) => floatTensor([length], new Float32Array(length));

/** `codes` in (-1, 1), and what a linear classifier says of them. */
const hashNetwork =
  (bits: number, classes: number): Network<"codes" | "logits"> =>
  (scope, x) => {
    const codes = tanh(linear(scope.at("hash"), x, bits));
    return { codes, logits: linear(scope.at("classify"), codes, classes) };
  };

const objectiveOf =
  (labelWeight: number): Objective<"codes" | "logits"> =>
  ({ codes, logits }) => {
    const { graph } = codes;
    const [size, bits] = codes.shape as [number, number];
    const told = crossEntropy(logits, graph.input("labels", [size], "int64"));
    const wanted = graph.input("agreement", [size, size]);
    const kept = meanSquare(subtract(matmulTransposedB(codes, codes, 1 / bits), wanted));
    const undecided = meanSquare(subtract(multiply(codes, codes), scalarLike(codes, 1)));
    return add(add(kept, scale(undecided, quantisationWeight)), scale(told, labelWeight));
  };

const meanSquare = (x: Value): Value => reduceMean(multiply(x, x), [0, 1]);

/** For each pair of a batch the share of equal bits less that of unequal ones which its angle deserves. */
const agreementOf = (batch: Matrix<Float32Array>): Tensor => {
  const { rows } = batch;
  const values = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    values[i * rows + i] = 1;
    for (let j = 0; j < i; j++) {
      const cosine = Math.min(Math.max(dot(rowOf(batch, i), rowOf(batch, j)), -1), 1);
      values[i * rows + j] = 1 - (2 * Math.acos(cosine)) / Math.PI;
      values[j * rows + i] = values[i * rows + j]!;
    }
  }
  return floatTensor([rows, rows], values);
};
