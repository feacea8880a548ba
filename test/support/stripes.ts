/** Pictures of a handful of classes that a network learns in seconds: stripes of some direction, in noise. */

import { type FloatTensor, floatTensor, labelTensor, type Tensor } from "../../src/engine/tensor.ts";
import { Random } from "../../src/numeric/random.ts";

/** Pictures [count, 3, side, side] about 0 and the direction of the stronger stripes in each. */
export interface Stripes {
  readonly x: FloatTensor;
  readonly labels: readonly number[];
  readonly targets: { readonly labels: Tensor };
}

/** How stripes are drawn. */
export interface StripesOptions {
  readonly count: number;
  readonly side: number;
  readonly directions: number;
  /** The same seed draws the same pictures. */
  readonly seed: number;
}

/** Stripes of a random width, phase and strength over weaker ones of another direction, which make some pictures hard. */
export const drawStripes = ({ count, side, directions, seed }: StripesOptions): Stripes => {
  const random = new Random(seed, "stripes");
  const labels: number[] = [];
  const area = side * side;
  const data = new Float32Array(count * 3 * area);
  const stripes = (direction: number): ((x: number, y: number) => number) => {
    const angle = (Math.PI * direction) / directions;
    const [frequency, phase] = [random.uniform(0.4, 0.9), random.uniform(0, 2 * Math.PI)];
    return (x, y) => Math.sin(frequency * (x * Math.cos(angle) + y * Math.sin(angle)) + phase);
  };
  for (let n = 0; n < count; n++) {
    const label = random.integer(directions);
    labels.push(label);
    const [strong, weak] = [stripes(label), stripes((label + 1 + random.integer(directions - 1)) % directions)];
    const [strength, share] = [random.uniform(0.5, 1.5), random.uniform(0, 0.6)];
    for (let i = 0; i < area; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      const value = strength * (strong(x, y) + share * weak(x, y));
      for (let c = 0; c < 3; c++) data[(n * 3 + c) * area + i] = value + random.normal(0, 0.3);
    }
  }
  return { x: floatTensor([count, 3, side, side], data), labels, targets: { labels: labelTensor(labels) } };
};
