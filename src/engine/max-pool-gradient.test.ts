import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { worstGradientError } from "./finite-differences.ts";
import { gradients } from "./gradients.ts";
import { Graph } from "./graph.ts";
import { maxPool2d, multiply, type PoolOptions, reduceSum } from "./ops.ts";
import { type Provider, providers } from "./providers.ts";
import { Session } from "./session.ts";
import { sizeOf } from "./shape-rules.ts";
import { type FloatTensor, floatTensor } from "./tensor.ts";

const cases: Record<string, { readonly shape: readonly number[]; readonly options: PoolOptions }> = {
  plain: { shape: [1, 2, 4, 4], options: { kernel: 2 } },
  "the last row and column unseen": { shape: [2, 1, 5, 7], options: { kernel: 2 } },
  "overlapping and padded": { shape: [2, 2, 6, 6], options: { kernel: 3, stride: 2, padding: 1 } },
  "padded on two sides": { shape: [1, 1, 6, 6], options: { kernel: 3, stride: 2, padding: [0, 0, 1, 1] } },
  "a last window beyond the edge": { shape: [1, 2, 6, 6], options: { kernel: 3, stride: 2, ceilMode: true } },
  "beyond the edge, padded": { shape: [1, 1, 6, 8], options: { kernel: 3, stride: 2, padding: 1, ceilMode: true } },
  "no window begins beyond the edge": {
    shape: [1, 1, 7, 8],
    options: { kernel: 3, stride: 3, padding: 1, ceilMode: true },
  },
  "dilated, strides of their own": {
    shape: [1, 2, 9, 8],
    options: { kernel: [3, 2], stride: [2, 1], padding: 1, dilation: 2 },
  },
};

/** The gradient in a provider's form, computed on the processor, of integers that are nearly all equal to a neighbour. */
const gradientOfTies = async (
  provider: Provider,
  { shape, options }: { readonly shape: readonly number[]; readonly options: PoolOptions },
): Promise<Float32Array> => {
  const random = new Random(7, "ties");
  const graph = new Graph();
  const x = graph.input("x", shape);
  const y = maxPool2d(x, options);
  const weighting = graph.input("weighting", y.shape);
  const draw = (of: readonly number[], value: () => number): FloatTensor =>
    floatTensor(of, Float32Array.from({ length: sizeOf(of) }, value));
  const [dx] = gradients(reduceSum(multiply(y, weighting), [0, 1, 2, 3]), [x], { provider });
  const session = await Session.create(graph.toModel({ dx: dx! }), { threads: 1 });
  const results = await session.run({
    x: draw(shape, () => Math.floor(random.uniform(-2, 1))), // -2, -1 and 0: padding must not win over those below zero
    weighting: draw(y.shape, () => Math.floor(random.uniform(1, 100))), // whole numbers add up without rounding
  });
  await session.release();
  return results.dx!.data as Float32Array;
};

describe.each(Object.entries(cases))("max pooling, %s", (_, pooling) => {
  test.each(providers)("the gradient as %s has it agrees with finite differences", async (provider) => {
    const { shape, options } = pooling;
    const error = await worstGradientError({
      shapes: [shape],
      build: ([x]) => maxPool2d(x!, options),
      step: 1e-3,
      provider,
    });
    expect(error).toBeLessThan(1e-3);
  });

  test("of equal values, the same one takes the gradient in every form", async () => {
    const [comparisons, indices] = [await gradientOfTies("webgpu", pooling), await gradientOfTies("cpu", pooling)];
    expect(indices.some((value) => value !== 0)).toBe(true);
    expect(comparisons).toEqual(indices);
  });
});
