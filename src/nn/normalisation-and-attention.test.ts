/** Layers whose gradients have closed forms of their own, or are made of many operators, against finite differences. */

import { describe, expect, test } from "vitest";
import { type GradientCase, worstGradientError } from "../engine/finite-differences.ts";
import { Graph, type Value } from "../engine/graph.ts";
import { Session } from "../engine/session.ts";
import { floatTensor } from "../engine/tensor.ts";
import { scaledDotProductAttention, selfAttention } from "./attention.ts";
import { instanceNormalisation } from "./instance-normalisation.ts";
import { normaliseLayer } from "./layer-normalisation.ts";
import { binaryCrossEntropy, diceLoss, focalLoss } from "./losses.ts";
import { Scope } from "./scope.ts";

/** A scope whose parameters are the given values in turn. */
const scopeOf = (graph: Graph, parameters: readonly Value[]): Scope => {
  const left = [...parameters];
  return new Scope({ graph, training: true, resolve: () => left.shift()!, bufferUpdates: new Map() });
};

const targets = (logits: Value): Value =>
  logits.graph.constant(
    Array.from({ length: logits.shape.reduce((a, b) => a * b, 1) }, (_, i) => Number(i % 3 === 0)),
    logits.shape,
  );

const loss = (build: (logits: Value) => Value, shape: readonly number[] = [2, 2, 2, 3]): GradientCase => ({
  shapes: [shape],
  range: [-3, 3],
  build: ([logits]) => build(logits!),
});

const cases: Record<string, GradientCase> = {
  "layer normalisation": {
    shapes: [[2, 3, 5], [5], [5]],
    build: ([x, gamma, beta]) => normaliseLayer(x!, { gamma: gamma!, beta: beta!, eps: 1e-6 }),
  },
  "instance normalisation": {
    shapes: [[2, 2, 3, 3], [2], [2]],
    build: ([x, ...parameters]) => instanceNormalisation(scopeOf(x!.graph, parameters), x!, { affine: true }),
  },
  "scaled dot-product attention": {
    shapes: [
      [2, 3, 4],
      [2, 5, 4],
      [2, 5, 2],
    ],
    build: ([q, k, v]) => scaledDotProductAttention(q!, k!, { v: v! }),
  },
  "self-attention": {
    shapes: [[2, 3, 4], [12, 4], [12], [4, 4], [4]],
    // parameters are asked for in this order: qkv weight and bias, proj weight and bias
    build: ([x, ...parameters]) => selfAttention(scopeOf(x!.graph, parameters), x!, { numHeads: 2 }),
  },
  "binary cross-entropy": loss((x) => binaryCrossEntropy(x, targets(x))),
  "binary cross-entropy with a weight": loss((x) => binaryCrossEntropy(x, targets(x), { posWeight: 3 })),
  "Dice loss": loss((x) => diceLoss(x, targets(x))),
  "focal loss": loss((x) => focalLoss(x, targets(x))),
  "focal loss without balance": loss((x) => focalLoss(x, targets(x), { alpha: -1, gamma: 1 })),
};

describe("gradients", () => {
  test.each(Object.entries(cases))("of %s agree with finite differences", async (_, gradientCase) => {
    expect(await worstGradientError(gradientCase)).toBeLessThan(1e-3);
  });
});

/** One value of an expression of fixed logits. */
const computed = async (build: (logits: Value) => Value, logits: readonly number[], shape: readonly number[]) => {
  const graph = new Graph();
  const session = await Session.create(graph.toModel({ y: build(graph.input("logits", shape)) }));
  const { y } = await session.run({ logits: floatTensor(shape, Float32Array.from(logits)) });
  await session.release();
  return y!.data[0] as number;
};

describe("losses", () => {
  const logits = [-100, 100, 0.5, -2];
  const shape = [1, 1, 2, 2];
  const truth = (x: Value): Value => x.graph.constant([0, 1, 1, 0], shape);

  test("the binary cross-entropy stays finite for sure answers", async () => {
    const expected = (0 + 0 + Math.log(1 + Math.exp(-0.5)) + Math.log(1 + Math.exp(-2))) / 4;
    expect(await computed((x) => binaryCrossEntropy(x, truth(x)), logits, shape)).toBeCloseTo(expected, 6);
    const wrong = await computed((x) => binaryCrossEntropy(x, x.graph.constant([1, 0, 1, 0], shape)), logits, shape);
    expect(wrong).toBeCloseTo((200 + 4 * expected) / 4, 3);
  });

  test("the Dice loss is 1 - 2 |A B| / (|A| + |B|) over batch and pixels", async () => {
    const p = logits.map((x) => 1 / (1 + Math.exp(-x)));
    const score = (2 * (p[1]! + p[2]!)) / (p.reduce((a, b) => a + b) + 2);
    expect(await computed((x) => diceLoss(x, truth(x)), logits, shape)).toBeCloseTo(1 - score, 6);
  });

  test("a class without a true pixel adds nothing to the Dice loss", async () => {
    expect(await computed((x) => diceLoss(x, x.graph.constant([0, 0, 0, 0], shape)), logits, shape)).toBe(0);
  });

  test("the focal loss weighs by alpha and by the doubt", async () => {
    const terms = logits.map((x, i) => {
      const t = [0, 1, 1, 0][i]!;
      const p = 1 / (1 + Math.exp(-x));
      const pt = t === 1 ? p : 1 - p;
      const crossEntropy = Math.log(1 + Math.exp(t === 1 ? -x : x));
      return (t === 1 ? 0.25 : 0.75) * (1 - pt) ** 2 * crossEntropy;
    });
    const expected = terms.reduce((a, b) => a + b) / 4;
    expect(await computed((x) => focalLoss(x, truth(x)), logits, shape)).toBeCloseTo(expected, 6);
  });
});
