/** Pictures that a network learns to tell apart in seconds, stripes of some direction in noise, and networks that did. */

import { adamW } from "../../src/engine/optimisers.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict } from "../../src/engine/tensor.ts";
import { initialState, type Network, stateSpecs } from "../../src/nn/network.ts";
import { classification } from "../../src/nn/objective.ts";
import { TrainStep } from "../../src/nn/train-step.ts";
import { Random } from "../../src/numeric/random.ts";

/** How many directions stripes have: the number of classes. */
export const directions = 6;

/** Pictures [count, 3, side, side] about 0, and the direction of the stronger stripes in each. */
export interface Stripes {
  readonly x: FloatTensor;
  readonly labels: readonly number[];
}

/** How stripes are drawn; the same seed draws the same pictures. */
export interface StripesOptions {
  readonly count: number;
  readonly side: number;
  readonly seed: number;
}

/** Stripes of a random width, phase and strength over weaker ones of another direction, which make some pictures hard. */
export const drawStripes = ({ count, side, seed }: StripesOptions): Stripes => {
  const random = new Random(seed, "stripes");
  const area = side * side;
  const data = new Float32Array(count * 3 * area);
  const stripes = (direction: number): ((x: number, y: number) => number) => {
    const angle = (Math.PI * direction) / directions;
    const [frequency, phase] = [random.uniform(0.4, 0.9), random.uniform(0, 2 * Math.PI)];
    return (x, y) => Math.sin(frequency * (x * Math.cos(angle) + y * Math.sin(angle)) + phase);
  };
  const labels = Array.from({ length: count }, (_, n) => {
    const label = random.integer(directions);
    const [strong, weak] = [stripes(label), stripes((label + 1 + random.integer(directions - 1)) % directions)];
    const [strength, share] = [random.uniform(0.5, 1.5), random.uniform(0, 0.6)];
    for (let i = 0; i < area; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      const value = strength * (strong(x, y) + share * weak(x, y));
      for (let c = 0; c < 3; c++) data[(n * 3 + c) * area + i] = value + random.normal(0, 0.3);
    }
    return label;
  });
  return { x: floatTensor([count, 3, side, side], data), labels };
};

/** The weights of a network after some steps on stripes, each on 16 new pictures. */
export const trainOnStripes = async (
  network: Network<"logits">,
  { side, steps }: { readonly side: number; readonly steps: number },
): Promise<StateDict> => {
  const inputShape = [16, 3, side, side];
  const state = initialState(stateSpecs(network, inputShape), 0);
  const objective = classification();
  const trainer = await TrainStep.create({ network, objective, inputShape, optimiser: adamW(), state });
  for (let step = 0; step < steps; step++) {
    const { x, labels } = drawStripes({ count: 16, side, seed: step });
    await trainer.step({ x, targets: { labels: labelTensor(labels) }, lr: 1e-3 });
  }
  const trained = trainer.state();
  await trainer.release();
  return trained;
};
