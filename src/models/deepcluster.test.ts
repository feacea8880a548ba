import { expect, test } from "vitest";
import { Graph, type Value } from "../engine/graph.ts";
import { sgd } from "../engine/optimisers.ts";
import { type FloatTensor, floatTensor, labelTensor } from "../engine/tensor.ts";
import { inferenceSession, initialState, stateSpecs } from "../nn/network.ts";
import { classification } from "../nn/objective.ts";
import { Scope } from "../nn/scope.ts";
import { TrainStep } from "../nn/train-step.ts";
import { Random } from "../numeric/random.ts";
import { alexNet } from "./alexnet.ts";
import { vgg16 } from "./vgg.ts";

const narrow = { numClasses: 3, featureLength: 8 };
const inputShape = [2, 3, 63, 63];

const picture = (shape: readonly number[]): FloatTensor => {
  const random = new Random(5, "picture");
  return floatTensor(
    shape,
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
  );
};

test("the Sobel input begins as the mean of the channels and the two Sobel filters", () => {
  const state = initialState(stateSpecs(alexNet({ ...narrow, sobel: true }), inputShape), 0);
  expect([...state.get("sobel.0.weight")!.data]).toEqual([1 / 3, 1 / 3, 1 / 3].map(Math.fround));
  expect([...state.get("sobel.0.bias")!.data]).toEqual([0]);
  expect(state.get("sobel.1.weight")!.shape).toEqual([2, 1, 3, 3]);
  expect([...state.get("sobel.1.weight")!.data.subarray(0, 9)]).toEqual([1, 0, -1, 2, 0, -2, 1, 0, -1]);
  expect([...state.get("sobel.1.weight")!.data.subarray(9)]).toEqual([1, 2, 1, 0, 0, 0, -1, -2, -1]);
  expect([...state.get("sobel.1.bias")!.data]).toEqual([0, 0]);
  expect(state.get("features.0.weight")!.shape).toEqual([96, 2, 11, 11]);
});

test("training moves the weights and leaves the Sobel filters, and their moving averages, as they were", async () => {
  const network = alexNet({ ...narrow, sobel: true });
  const state = initialState(stateSpecs(network, inputShape), 0);
  const optimiser = sgd({ momentum: 0.9, weightDecay: 0.1 });
  const trainer = await TrainStep.create({
    network,
    objective: classification(),
    inputShape,
    optimiser,
    state,
    ema: { decay: 0.5 },
  });
  await trainer.step({ x: picture(inputShape), targets: { labels: labelTensor([0, 2]) }, lr: 0.1 });
  for (const after of [trainer.state(), trainer.averagedState()]) {
    for (const name of state.keys()) {
      const isSame = Buffer.from(after.get(name)!.data.buffer).equals(Buffer.from(state.get(name)!.data.buffer));
      expect(isSame, name).toBe(name.startsWith("sobel."));
    }
  }
  await trainer.release();
});

test("the features are the values before the last ReLU: the logits follow from them and the top layer", async () => {
  const network = alexNet(narrow);
  const state = new Map(initialState(stateSpecs(network, inputShape), 3));
  const random = new Random(6, "weights");
  for (const name of ["classifier.4.bias", "top_layer.weight", "top_layer.bias"]) {
    const { shape: of, data } = state.get(name)!;
    state.set(
      name,
      floatTensor(
        of,
        data.map(() => random.normal()),
      ),
    );
  }
  const session = await inferenceSession(network, { inputShape, state });
  const { features, logits } = await session.run({ x: picture(inputShape) });
  await session.release();
  expect(features!.shape).toEqual([2, 8]);
  const values = [...(features!.data as Float32Array)];
  expect(values.some((value) => value < 0)).toBe(true);
  const top = state.get("top_layer.weight")!.data;
  const expected = [0, 1].flatMap((n) =>
    [0, 1, 2].map((k) =>
      values
        .slice(8 * n, 8 * n + 8)
        .reduce((sum, value, i) => sum + Math.max(value, 0) * top[8 * k + i]!, state.get("top_layer.bias")!.data[k]!),
    ),
  );
  expected.forEach((value, i) => {
    expect(logits!.data[i]).toBeCloseTo(value, 4);
  });
});

test.each([
  ["alexNet", alexNet, ["classifier.0.dropout", "classifier.3.dropout"]],
  ["vgg16", vgg16, ["classifier.2.dropout"]],
] as const)("%s drops half of the classifier's values in training, or nothing", (_, network, names) => {
  const dropped = (dropout?: number): [string, number][] => {
    const noise: [string, number][] = [];
    const graph = new Graph();
    const input = (spec: { name: string; shape: readonly number[] }): Value => graph.input(spec.name, spec.shape);
    const scope = new Scope({
      graph,
      training: true,
      resolve: input,
      noise: (spec) => {
        noise.push([spec.name, spec.keep]);
        return input(spec);
      },
      bufferUpdates: new Map(),
    });
    network({ ...narrow, ...(dropout === undefined ? {} : { dropout }) })(scope, graph.input("x", inputShape));
    return noise;
  };
  expect(dropped()).toEqual(names.map((name) => [name, 0.5]));
  expect(dropped(0)).toEqual([]);
});

test("the classifier takes the maps of 6 x 6 and 7 x 7 that published sides give, and other sizes by another width", () => {
  const widthOf = (network: typeof alexNet, side: number): number => {
    const specs = stateSpecs(network(narrow), [1, 3, side, side]);
    return specs.find(({ name }) => /^classifier\.[01]\.weight$/.test(name))!.shape[1]!;
  };
  expect([222, 223, 224, 254, 255].map((side) => widthOf(alexNet, side))).toEqual([6400, 9216, 9216, 9216, 12544]);
  expect([223, 224, 255, 256].map((side) => widthOf(vgg16, side))).toEqual([18432, 25088, 25088, 32768]);
  expect([widthOf(alexNet, 63), widthOf(vgg16, 32)]).toEqual([256, 512]);
});

test("a picture too small for the network is refused with what it needs", () => {
  expect(() => stateSpecs(alexNet(narrow), [1, 3, 224, 62])).toThrow(
    "AlexNet needs pictures of at least 63 pixels in both directions (224 x 224 as published), not [1, 3, 224, 62].",
  );
  expect(() => stateSpecs(vgg16(narrow), [1, 3, 31, 31])).toThrow("VGG-16 needs pictures of at least 32 pixels");
  expect(() => stateSpecs(vgg16(narrow), [1, 48])).toThrow("not [1, 48]");
});
