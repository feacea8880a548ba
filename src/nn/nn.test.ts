import { expect, test } from "vitest";
import { worstGradientError } from "../engine/finite-differences.ts";
import { gradients } from "../engine/gradients.ts";
import { Graph, type Value } from "../engine/graph.ts";
import { globalAveragePool, multiply, oneHot, reduceSum, relu } from "../engine/ops.ts";
import { adamW, type Optimiser, sgd } from "../engine/optimisers.ts";
import { Session } from "../engine/session.ts";
import { type FloatTensor, floatTensor, labelTensor } from "../engine/tensor.ts";
import { Random } from "../numeric/random.ts";
import { decodeModel } from "../onnx/decode-model.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import { batchNormalisation, normaliseByBatch } from "./batch-normalisation.ts";
import { convolution, linear } from "./layers.ts";
import { crossEntropy } from "./losses.ts";
import { inferenceModel, initialState, type Network, stateSpecs } from "./network.ts";
import { classification } from "./objective.ts";
import { Scope, type StateSpec } from "./scope.ts";
import { TrainStep } from "./train-step.ts";

const tiny: Network<"logits"> = (scope, x) => {
  const y = batchNormalisation(
    scope.at("bn1"),
    convolution(scope.at("conv1"), x, { outChannels: 4, kernelSize: 3, padding: 1, bias: false }),
  );
  return { logits: linear(scope.at("fc"), globalAveragePool(relu(y)), 3) };
};

const inputShape = [6, 1, 5, 5];
const random = new Random(2);
const x = floatTensor(
  inputShape,
  Float32Array.from({ length: 150 }, () => random.normal()),
);
const labels = [0, 1, 2, 0, 1, 2];
const targets = { labels: labelTensor(labels) };

const trainer = (optimiser: Optimiser): Promise<TrainStep> =>
  TrainStep.create({
    network: tiny,
    objective: classification(),
    inputShape,
    optimiser,
    state: initialState(stateSpecs(tiny, inputShape), 1),
  });

test("the gradient of batch normalisation agrees with finite differences", async () => {
  const error = await worstGradientError({
    shapes: [[3, 2, 2, 3], [2], [2]],
    build: ([image, gamma, beta]) => normaliseByBatch(image!, { gamma: gamma!, beta: beta!, eps: 1e-5 }).y,
  });
  expect(error).toBeLessThan(1e-3);
});

/** batchNormalisation with its parameters, gamma and beta, as inputs of the graph. */
const normalised = (x: Value, [gamma, beta]: readonly Value[], bufferUpdates = new Map<string, Value>()): Value => {
  const resolve = ({ name, shape }: StateSpec): Value =>
    ({ weight: gamma, bias: beta })[name] ?? x.graph.initializer(name, shape, new Float32Array(shape[0]!));
  return batchNormalisation(new Scope({ graph: x.graph, training: true, resolve, bufferUpdates }), x);
};

test("the gradient of batch normalisation of a table agrees with finite differences", async () => {
  const error = await worstGradientError({
    shapes: [[6, 3], [3], [3]],
    build: ([table, ...parameters]) => normalised(table!, parameters),
  });
  expect(error).toBeLessThan(1e-3);
});

/** torch.nn.BatchNorm1d in training: the columns of a table by their mean and variance, the unbiased variance kept. */
test("batch normalisation of a table follows its columns in training and the running statistics in use", async () => {
  const column = [1, 2, 4, 9];
  const table = floatTensor([4, 2], Float32Array.from(column.flatMap((value) => [value, -10 * value])));
  const graph = new Graph();
  const updates = new Map<string, Value>();
  const parameters = [graph.constant([2, 1], [2]), graph.constant([0.5, 0], [2])];
  const y = normalised(graph.input("x", [4, 2]), parameters, updates);
  const training = await Session.create(
    graph.toModel({ y, mean: updates.get("running_mean")!, variance: updates.get("running_var")! }),
  );
  const outputs = await training.run({ x: table });
  await training.release();
  // mean 4, biased variance 9.5, unbiased 38 / 3
  column.forEach((value, n) => {
    expect(outputs.y!.data[2 * n]).toBeCloseTo((2 * (value - 4)) / Math.sqrt(9.5) + 0.5, 4);
    expect(outputs.y!.data[2 * n + 1]).toBeCloseTo(-(value - 4) / Math.sqrt(9.5), 4);
  });
  expect(outputs.mean!.data[0]).toBeCloseTo(0.4, 5);
  expect(outputs.variance!.data[0]).toBeCloseTo(38 / 30, 4);

  const network: Network<"y"> = (scope, x) => ({ y: batchNormalisation(scope, x) });
  const state = new Map(initialState(stateSpecs(network, [4, 2]), 0));
  state.set("running_mean", floatTensor([2], Float32Array.of(1, 0)));
  state.set("running_var", floatTensor([2], Float32Array.of(4, 100)));
  const use = await Session.create(inferenceModel(network, { inputShape: [4, 2], state }));
  const used = (await use.run({ x: table })).y!.data;
  await use.release();
  column.forEach((value, n) => {
    expect(used[2 * n]).toBeCloseTo((value - 1) / 2, 4);
    expect(used[2 * n + 1]).toBeCloseTo(-value, 4);
  });
});

/** What batch normalisation makes of a single channel by its formulas, in double precision: y and the gradients of sum y * w. */
const normalisedByFormula = (x: Float32Array, w: Float32Array) => {
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const centre = mean(x);
  const variance = mean(x.map((value) => (value - centre) ** 2));
  const y = Float64Array.from(x, (value) => (value - centre) / Math.sqrt(variance));
  const dgamma = mean(y.map((value, i) => value * w[i]!));
  const dbeta = mean(w);
  const dx = y.map((value, i) => (w[i]! - dbeta - value * dgamma) / Math.sqrt(variance));
  return { y, variance: [variance], dx, dgamma: [dgamma * x.length], dbeta: [dbeta * x.length] };
};

test.each([6, 48].flatMap((side) => [0, 100, 1000, 1e4].map((offset) => [side, offset] as const)))(
  "batch normalisation of maps of side %d about a mean of %d follows its formulas",
  async (side, offset) => {
    const shape = [2, 1, side, side];
    const graph = new Graph();
    const [image, weighting] = [graph.input("image", shape), graph.input("weighting", shape)];
    const [gamma, beta] = [graph.input("gamma", [1]), graph.input("beta", [1])];
    const { y, variance } = normaliseByBatch(image, { gamma, beta, eps: 0 });
    const loss = reduceSum(multiply(y, weighting), [0, 1, 2, 3]);
    const [dx, dgamma, dbeta] = gradients(loss, [image, gamma, beta]);
    const session = await Session.create(graph.toModel({ y, variance, dx: dx!, dgamma: dgamma!, dbeta: dbeta! }));
    const draws = new Random(4, side);
    const values = Float32Array.from({ length: 2 * side * side }, () => offset + (draws.integer(17) - 8) / 4); // exact in 32 bits
    const weights = values.map(() => draws.uniform(-1, 1));
    const outputs = await session.run({
      image: floatTensor(shape, values),
      weighting: floatTensor(shape, weights),
      gamma: floatTensor([1], Float32Array.of(1)),
      beta: floatTensor([1], Float32Array.of(0)),
    });
    await session.release();
    const tolerance = 1e-4 + offset * 3e-6; // the mean is a sum of 32-bit numbers, and all are shifted by its rounding
    for (const [name, expected] of Object.entries(normalisedByFormula(values, weights))) {
      const found = outputs[name]!.data as Float32Array;
      const worst = Math.max(
        ...Array.from(expected, (value, i) => Math.abs(found[i]! - value) / (1 + Math.abs(value))),
      );
      expect(worst, name).toBeLessThan(tolerance);
    }
  },
);

test("the gradient of the weighted, smoothed cross-entropy agrees with finite differences", async () => {
  const error = await worstGradientError({
    shapes: [[4, 3]],
    build: ([logits]) => {
      const classes = logits!.graph.apply("Cast", [logits!.graph.constant([0, 2, 1, 2], [4])], { to: 7 });
      return crossEntropy(logits!, classes, { weight: [1, 2, 0.5], labelSmoothing: 0.1 });
    },
  });
  expect(error).toBeLessThan(1e-3);
});

test("the cross-entropy divides by the summed weights of the targets, as PyTorch does", async () => {
  const graph = new Graph();
  const loss = crossEntropy(graph.input("logits", [2, 2]), graph.input("labels", [2], "int64"), { weight: [1, 3] });
  const session = await Session.create(graph.toModel({ loss }));
  const logits = floatTensor([2, 2], Float32Array.of(0, 0, 0, Math.log(3)));
  const result = await session.run({ logits, labels: labelTensor([0, 1]) });
  // (1 * ln 2 + 3 * ln(4 / 3)) / (1 + 3)
  expect(result.loss!.data[0]).toBeCloseTo((Math.log(2) + 3 * Math.log(4 / 3)) / 4, 6);
  const withoutClass = await session.run({ logits, labels: labelTensor([0, 2]) });
  expect(withoutClass.loss!.data[0]).toBeNaN();
  await session.release();
});

test("one-hot rows sum to one", async () => {
  const graph = new Graph();
  const session = await Session.create(
    graph.toModel({ y: reduceSum(oneHot(graph.input("labels", [3], "int64"), 4), [1]) }),
  );
  expect([...((await session.run({ labels: labelTensor([0, 3, 1]) })).y!.data as Float32Array)]).toEqual([1, 1, 1]);
  await session.release();
});

test.each([
  ["SGD", sgd({ momentum: 0.9 }), 0.1],
  ["AdamW", adamW({ weightDecay: 0 }), 0.02],
] as const)("a tiny network over-fits six pictures with %s", async (_, optimiser, lr) => {
  const step = await trainer(optimiser);
  let loss = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 150; i++) loss = (await step.step({ x, targets, lr })).loss;
  expect(loss).toBeLessThan(0.1);
  await step.release();
});

/** torch.optim.AdamW by its published formula, on the gradients of L = sum w^2 / 2, which are the weights themselves. */
test("AdamW follows its formula", async () => {
  const graph = new Graph();
  const [w, lr, step] = [graph.input("w", [2, 1]), graph.input("lr", []), graph.input("step", [])];
  const state = [graph.input("m", [2, 1]), graph.input("v", [2, 1])];
  const update = adamW({ weightDecay: 0.1 }).update(w, w, { lr, step, state });
  const session = await Session.create(
    graph.toModel({ next: update.parameter, mean: update.state[0]!, square: update.state[1]! }),
  );
  let [value, m, v] = [0.7, 0, 0];
  let feeds: Record<string, FloatTensor> = {
    w: floatTensor([2, 1], Float32Array.of(0.7, -0.7)),
    m: floatTensor([2, 1], new Float32Array(2)),
    v: floatTensor([2, 1], new Float32Array(2)),
  };
  for (let t = 1; t <= 3; t++) {
    const scalars = { lr: floatTensor([], Float32Array.of(0.01)), step: floatTensor([], Float32Array.of(t)) };
    const result = await session.run({ ...feeds, ...scalars });
    [m, v] = [0.9 * m + 0.1 * value, 0.999 * v + 0.001 * value * value];
    value = value * (1 - 0.01 * 0.1) - (0.01 * m) / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    expect(result.next!.data[0]).toBeCloseTo(value, 5);
    expect(result.next!.data[1]).toBeCloseTo(-value, 5);
    feeds = { w: result.next as FloatTensor, m: result.mean as FloatTensor, v: result.square as FloatTensor };
  }
  await session.release();
});

test("training resumed from its state makes the same steps as training unbroken", async () => {
  const unbroken = await trainer(adamW());
  for (let i = 0; i < 4; i++) await unbroken.step({ x, targets, lr: 0.01 });

  const first = await trainer(adamW());
  for (let i = 0; i < 2; i++) await first.step({ x, targets, lr: 0.01 });
  const second = await TrainStep.create({
    network: tiny,
    objective: classification(),
    inputShape,
    optimiser: adamW(),
    state: first.state(),
    optimiserState: first.optimiserState(),
    stepsDone: first.stepsDone,
  });
  for (let i = 0; i < 2; i++) await second.step({ x, targets, lr: 0.01 });
  expect(second.state()).toEqual(unbroken.state());
  await Promise.all([unbroken, first, second].map((step) => step.release()));
});

test("an exported model reads back and answers alike for a batch of one and a batch of many", async () => {
  const step = await trainer(sgd());
  await step.step({ x, targets, lr: 0.1 });
  const state = step.state();
  await step.release();
  const run = async (batch: number): Promise<Float32Array> => {
    const shape = [batch, ...inputShape.slice(1)];
    const model = decodeModel(
      encodeModel(inferenceModel(tiny, { inputShape: shape, state, metadata: { made: "by a test" } })),
    );
    expect(model.metadata).toEqual({ made: "by a test" });
    const session = await Session.create(model);
    const { logits } = await session.run({ x: floatTensor(shape, x.data.slice(0, batch * 25)) });
    await session.release();
    return logits!.data as Float32Array;
  };
  const [one, many] = [await run(1), await run(6)];
  one.forEach((value, i) => {
    expect(value).toBeCloseTo(many[i]!, 5);
  });
});

test("running statistics follow the batch as PyTorch's do: momentum 0.1, unbiased variance", async () => {
  const step = await trainer(sgd());
  const before = step.state();
  await step.step({ x, targets, lr: 0 });
  const kernel = before.get("conv1.weight")!.data;
  const graph = new Graph();
  const weights: Value = graph.initializer("w", [4, 1, 3, 3], kernel);
  const y = graph.apply("Conv", [graph.input("x", inputShape), weights], {
    kernel_shape: [3, 3],
    strides: [1, 1],
    pads: [1, 1, 1, 1],
  });
  const session = await Session.create(graph.toModel({ y }));
  const convolved = (await session.run({ x })).y!.data as Float32Array;
  const first = Array.from({ length: 6 }, (_, n) => [...convolved.subarray(n * 100, n * 100 + 25)]).flat();
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
  const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (first.length - 1);
  expect(step.state().get("bn1.running_mean")!.data[0]).toBeCloseTo(0.1 * mean, 5);
  expect(step.state().get("bn1.running_var")!.data[0]).toBeCloseTo(0.9 + 0.1 * variance, 5);
  await Promise.all([step.release(), session.release()]);
});

test("weights that lack a tensor, or hold one of another shape, are told by name", () => {
  const state = new Map(initialState(stateSpecs(tiny, inputShape), 1));
  state.set("fc.bias", floatTensor([2], new Float32Array(2)));
  expect(() => inferenceModel(tiny, { inputShape, state })).toThrow('"fc.bias" with shape [2] instead of [3]');
  state.delete("conv1.weight");
  expect(() => inferenceModel(tiny, { inputShape, state })).toThrow('The weights lack "conv1.weight".');
});
