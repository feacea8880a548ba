/**
 * Proof of gradients for tests: compares what `gradients` builds with central finite differences of the forward pass,
 * element by element, on a random weighting of the output.
 */

import { Random } from "../numeric/random.ts";
import { gradients } from "./gradients.ts";
import { Graph, type Value } from "./graph.ts";
import { multiply, reduceSum } from "./ops.ts";
import type { Provider } from "./providers.ts";
import { Session } from "./session.ts";
import { sizeOf } from "./shape-rules.ts";
import { type FloatTensor, floatTensor } from "./tensor.ts";

/** An expression to be differentiated with respect to all of its inputs. */
export interface GradientCase {
  /** The shape of each input. */
  readonly shapes: readonly (readonly number[])[];
  /** The expression on inputs of these shapes; its result may have any shape. */
  readonly build: (inputs: readonly Value[]) => Value;
  /** Where the inputs are drawn from, no two alike; [-1, 1] by default. */
  readonly range?: readonly [number, number];
  /** The provider in whose form the gradient is written; it is computed on the processor all the same. */
  readonly provider?: Provider;
  /** Half the distance between the two points of a difference; 0.005 by default, which suits 32-bit floats around 1. */
  readonly step?: number;
}

/** Both gradients of one input, element by element. */
export interface GradientComparison {
  readonly analytic: Float32Array;
  readonly numeric: Float64Array;
}

/**
 * Runs the analytic and the numeric gradient of a case: one comparison per input, in order. Two forward passes for every
 * element of every input, so keep the shapes small.
 */
export const compareGradients = async ({
  shapes,
  build,
  range = [-1, 1],
  step = 5e-3,
  provider = "cpu",
}: GradientCase): Promise<GradientComparison[]> => {
  const random = new Random(11, "finite differences");
  const draw = (shape: readonly number[]): FloatTensor => floatTensor(shape, drawApart(random, sizeOf(shape), range));

  const graph = new Graph();
  const inputs = shapes.map((shape, i) => graph.input(`input${i}`, shape));
  const y = build(inputs);
  const weighting = graph.input("weighting", y.shape);
  const loss = reduceSum(
    multiply(y, weighting),
    y.shape.map((_, axis) => axis),
  );
  const analytic = gradients(loss, inputs, { provider });
  const backward = await Session.create(
    graph.toModel(Object.fromEntries(analytic.map((gradient, i) => [`gradient${i}`, gradient]))),
    { threads: 1 },
  );
  const forward = await Session.create(graph.toModel({ y }), { threads: 1 });

  const feeds: Record<string, FloatTensor> = Object.fromEntries(shapes.map((shape, i) => [`input${i}`, draw(shape)]));
  const r = draw(y.shape);
  const results = await backward.run({ ...feeds, weighting: r });
  const evaluate = async (): Promise<Float32Array> => (await forward.run(feeds)).y!.data as Float32Array;

  const comparisons: GradientComparison[] = [];
  for (let i = 0; i < shapes.length; i++) {
    const { data } = feeds[`input${i}`]!;
    const numeric = new Float64Array(data.length);
    for (let e = 0; e < data.length; e++) {
      const middle = data[e]!;
      data[e] = middle + step;
      const [high, above] = [data[e]!, await evaluate()];
      data[e] = middle - step;
      const [low, below] = [data[e]!, await evaluate()];
      data[e] = middle;
      let difference = 0;
      for (let o = 0; o < above.length; o++) difference += r.data[o]! * (above[o]! - below[o]!);
      numeric[e] = difference / (high - low);
    }
    comparisons.push({ analytic: results[`gradient${i}`]!.data as Float32Array, numeric });
  }
  await Promise.all([backward.release(), forward.release()]);
  return comparisons;
};

/** One value from each of as many equal parts of the range, in random order: a difference must not step over another value. */
const drawApart = (random: Random, count: number, [low, high]: readonly [number, number]): Float32Array =>
  Float32Array.from(
    random.permutation(count),
    (part) => low + ((high - low) * (part + random.uniform(0.25, 0.75))) / count,
  );

/**
 * The largest |analytic - numeric| / (1 + |numeric|) over all inputs of a case; a right gradient of a smooth expression stays
 * below 1e-3.
 *
 * @example
 * const error = await worstGradientError({ shapes: [[2, 3]], build: ([input]) => ops.tanh(input!) });
 */
export const worstGradientError = async (gradientCase: GradientCase): Promise<number> => {
  let worst = 0;
  for (const { analytic, numeric } of await compareGradients(gradientCase)) {
    numeric.forEach((expected, i) => {
      worst = Math.max(worst, Math.abs(analytic[i]! - expected) / (1 + Math.abs(expected)));
    });
  }
  return worst;
};
