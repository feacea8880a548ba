/** Trains the perceptrons of src/imaging/burned-in-text: Adam on the logistic loss, reproducibly. */

import type { NetworkFile, SmallNetwork } from "../../src/imaging/burned-in-text/small-network.ts";
import type { Random } from "../../src/numeric/random.ts";

/** Rows of features and their labels. */
export class Examples {
  readonly inputs: number;
  features: Float32Array;
  labels: number[] = [];

  constructor(inputs: number) {
    this.inputs = inputs;
    this.features = new Float32Array(inputs * 1024);
  }

  add(features: Float32Array, label: 0 | 1): void {
    const at = this.labels.length * this.inputs;
    if (at + this.inputs > this.features.length) {
      const larger = new Float32Array(this.features.length * 2);
      larger.set(this.features);
      this.features = larger;
    }
    this.features.set(features, at);
    this.labels.push(label);
  }

  get positives(): number {
    return this.labels.reduce((sum, label) => sum + label, 0);
  }
}

/** How to train. */
export interface TrainingOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly random: Random;
  /** Weight of an example that is 1 beside one that is 0. */
  readonly positiveWeight: number;
}

const BATCH = 64;
const [BETA1, BETA2, DECAY] = [0.9, 0.999, 1e-4];

/** A network from examples; the learning rate falls from 2e-3 to 0 along a cosine. */
export const trainNetwork = (examples: Examples, options: TrainingOptions): SmallNetwork => {
  const { inputs, features, labels } = examples;
  const { hidden, epochs, random, positiveWeight } = options;
  const count = hidden * (inputs + 2) + 1;
  const [biases, outputs] = [hidden * inputs, hidden * inputs + hidden];
  const w = new Float32Array(count);
  for (let i = 0; i < biases; i++) w[i] = random.normal(0, Math.sqrt(2 / inputs));
  for (let h = 0; h < hidden; h++) w[outputs + h] = random.normal(0, Math.sqrt(1 / hidden));
  const gradient = new Float32Array(count);
  const [mean, square] = [new Float32Array(count), new Float32Array(count)];
  const activation = new Float32Array(hidden);
  const batches = Math.ceil(labels.length / BATCH);
  const total = epochs * batches;
  for (let step = 0, epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(labels.length);
    for (let batch = 0; batch < batches; batch++, step++) {
      gradient.fill(0);
      const end = Math.min(labels.length, (batch + 1) * BATCH);
      for (let k = batch * BATCH; k < end; k++) {
        const row = order[k]! * inputs;
        let logit = w[count - 1]!;
        for (let h = 0; h < hidden; h++) {
          let sum = w[biases + h]!;
          const from = h * inputs;
          for (let i = 0; i < inputs; i++) sum += w[from + i]! * features[row + i]!;
          activation[h] = Math.max(0, sum);
          logit += activation[h]! * w[outputs + h]!;
        }
        const label = labels[order[k]!]!;
        const error = (1 / (1 + Math.exp(-logit)) - label) * (label === 1 ? positiveWeight : 1);
        gradient[count - 1]! += error;
        for (let h = 0; h < hidden; h++) {
          if (activation[h]! <= 0) continue;
          gradient[outputs + h]! += error * activation[h]!;
          const back = error * w[outputs + h]!;
          gradient[biases + h]! += back;
          const from = h * inputs;
          for (let i = 0; i < inputs; i++) gradient[from + i]! += back * features[row + i]!;
        }
      }
      const rate = 1e-3 * (1 + Math.cos((Math.PI * step) / total));
      const [c1, c2] = [1 - BETA1 ** (step + 1), 1 - BETA2 ** (step + 1)];
      for (let i = 0; i < count; i++) {
        const g = gradient[i]! / (end - batch * BATCH);
        mean[i] = BETA1 * mean[i]! + (1 - BETA1) * g;
        square[i] = BETA2 * square[i]! + (1 - BETA2) * g * g;
        w[i]! -= rate * (mean[i]! / c1 / (Math.sqrt(square[i]! / c2) + 1e-8) + DECAY * w[i]!);
      }
    }
  }
  return { inputs, hidden, weights: w };
};

/** As the file keeps it. */
export const networkFile = ({ inputs, hidden, weights }: SmallNetwork): NetworkFile => {
  const bytes = Buffer.alloc(weights.length * 4);
  for (const [i, value] of weights.entries()) bytes.writeFloatLE(value, 4 * i);
  return { inputs, hidden, weights: bytes.toString("base64") };
};
