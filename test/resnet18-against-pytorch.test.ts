/** ResNet-18 against golden values of PyTorch (test/fixtures/pytorch/make_resnet18.py): forward, backward, three steps. */

import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { gradients } from "../src/engine/gradients.ts";
import { Graph, type Value } from "../src/engine/graph.ts";
import { sgd } from "../src/engine/optimisers.ts";
import { Session } from "../src/engine/session.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict } from "../src/engine/tensor.ts";
import { resNet18 } from "../src/models/resnet.ts";
import { crossEntropy } from "../src/nn/losses.ts";
import { inferenceSession, stateSpecs } from "../src/nn/network.ts";
import { classification } from "../src/nn/objective.ts";
import { Scope, type StateSpec } from "../src/nn/scope.ts";
import { TrainStep } from "../src/nn/train-step.ts";

interface Sample {
  readonly norm: number;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

const golden = JSON.parse(readFileSync(new URL("./fixtures/pytorch/resnet18.json", import.meta.url), "utf8")) as {
  batch: number;
  size: number;
  classes: number;
  lr: number;
  momentum: number;
  weightDecay: number;
  classWeight: number[];
  labelSmoothing: number;
  labels: number[];
  evaluationLogits: number[];
  trainingLogits: number[];
  losses: number[];
  gradients: Record<string, Sample>;
  stateAfterThreeSteps: Record<string, Sample>;
};

/** The same hash as in the script that made the golden file. */
const hashed = (name: string, count: number): Float64Array => {
  const key = crc32(name);
  return Float64Array.from({ length: count }, (_, i) => {
    let h = (Math.imul(i, 2654435761) + key) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
  });
};

const filled = ({ name, shape }: StateSpec): FloatTensor => {
  const count = shape.reduce((product, size) => product * size, 1);
  const spread = (u: number): number => {
    if (shape.length === 4) return u * Math.sqrt(6 / (shape[0]! * shape[2]! * shape[3]!));
    if (shape.length === 2) return u / Math.sqrt(shape[1]!);
    return name.endsWith("running_var") || name.endsWith("weight") ? 1 + 0.2 * u : 0.1 * u;
  };
  return floatTensor(shape, Float32Array.from(hashed(name, count), spread));
};

const inputShape = [golden.batch, 3, golden.size, golden.size];
const network = resNet18({ numClasses: golden.classes });
const lossOptions = { weight: golden.classWeight, labelSmoothing: golden.labelSmoothing };
const x = floatTensor(
  inputShape,
  Float32Array.from(
    hashed(
      "x",
      inputShape.reduce((a, b) => a * b),
    ),
    (u) => Math.fround(u) * Math.fround(1.7),
  ),
);
let state: StateDict;

beforeAll(() => {
  state = new Map(stateSpecs(network, inputShape).map((spec) => [spec.name, filled(spec)]));
});

const relativeError = (actual: ArrayLike<number>, expected: readonly number[]): number => {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / scale;
};

/** The worst error of the norm and of the sampled values, each relative to the tensor's root mean square. */
const sampleError = (tensor: Float32Array, expected: Sample): number => {
  const norm = Math.sqrt(tensor.reduce((sum, value) => sum + value * value, 0));
  const rootMeanSquare = expected.norm / Math.sqrt(tensor.length);
  const values = expected.at.map((index, i) => Math.abs(tensor[index]! - expected.values[i]!) / rootMeanSquare);
  return Math.max(Math.abs(norm - expected.norm) / expected.norm, ...values);
};

test("the parameters carry torchvision's names", () => {
  expect([...state.keys()].sort()).toEqual(Object.keys(golden.stateAfterThreeSteps).sort());
});

test("the number of parameters is the published one", () => {
  const count = stateSpecs(resNet18({ numClasses: 1000 }), [1, 3, 64, 64])
    .filter(({ kind }) => kind === "parameter")
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  expect(count).toBe(11_689_512);
});

test("the forward pass in evaluation agrees within 1e-4", async () => {
  const session = await inferenceSession(network, { inputShape, state });
  const { logits } = await session.run({ x });
  expect(relativeError(logits!.data as Float32Array, golden.evaluationLogits)).toBeLessThan(1e-4);
  await session.release();
});

test("every gradient agrees within 1e-3", async () => {
  const graph = new Graph();
  const values = new Map<string, Value>();
  const resolve = ({ name, shape }: StateSpec): Value => {
    values.set(name, graph.input(name, shape));
    return values.get(name)!;
  };
  const scope = new Scope({ graph, training: true, resolve, bufferUpdates: new Map() });
  const { logits } = network(scope, graph.input("x", inputShape));
  const loss = crossEntropy(logits, graph.input("labels", [golden.batch], "int64"), lossOptions);
  const names = Object.keys(golden.gradients);
  const found = gradients(
    loss,
    names.map((name) => values.get(name)!),
  );
  const session = await Session.create(
    graph.toModel({ logits, ...Object.fromEntries(names.map((name, i) => [`d:${name}`, found[i]!])) }),
  );
  const results = await session.run({ x, labels: labelTensor(golden.labels), ...Object.fromEntries(state) });
  await session.release();
  expect(relativeError(results.logits!.data as Float32Array, golden.trainingLogits)).toBeLessThan(1e-4);
  const errors = names.map((name) => sampleError(results[`d:${name}`]!.data as Float32Array, golden.gradients[name]!));
  expect(Math.max(...errors)).toBeLessThan(1e-3);
});

test("three steps of SGD with momentum and weight decay agree within 1e-3", async () => {
  const optimiser = sgd({ momentum: golden.momentum, weightDecay: golden.weightDecay });
  const trainer = await TrainStep.create({
    network,
    objective: classification(lossOptions),
    inputShape,
    optimiser,
    state,
  });
  const losses: number[] = [];
  const targets = { labels: labelTensor(golden.labels) };
  for (let step = 0; step < 3; step++) losses.push((await trainer.step({ x, targets, lr: golden.lr })).loss);
  expect(relativeError(losses, golden.losses)).toBeLessThan(1e-3);
  const after = trainer.state();
  const errors = Object.entries(golden.stateAfterThreeSteps).map(([name, expected]) =>
    sampleError(after.get(name)!.data, expected),
  );
  expect(Math.max(...errors)).toBeLessThan(1e-3);
  await trainer.release();
});
