import { expect, test } from "vitest";
import { type FloatTensor, floatTensor } from "../engine/tensor.ts";
import { inferenceSession, initialState, stateSpecs } from "../nn/network.ts";
import { Random } from "../numeric/random.ts";
import { adaptInputChannels } from "./adapt-input.ts";
import { resNet18 } from "./resnet.ts";

const network = resNet18({ numClasses: 4 });
const side = 32;
const state = initialState(stateSpecs(network, [1, 3, side, side]), 1);

/** One grey picture, the same in every channel. */
const grey = (channels: number): FloatTensor => {
  const random = new Random(8, "grey");
  const plane = Array.from({ length: side * side }, () => random.uniform(0, 1));
  return floatTensor([1, channels, side, side], Float32Array.from(Array(channels).fill(plane).flat()));
};

const logitsOf = async (weights: typeof state, channels: number): Promise<Float32Array> => {
  const x = grey(channels);
  const session = await inferenceSession(network, { inputShape: x.shape, state: weights });
  const { logits } = await session.run({ x });
  await session.release();
  return logits!.data as Float32Array;
};

test.each([1, 6])("a grey picture on %d channels gives what it gives on three", async (channels) => {
  const [original, adapted] = [
    await logitsOf(state, 3),
    await logitsOf(adaptInputChannels(state, "conv1.weight", channels), channels),
  ];
  original.forEach((value, i) => {
    expect(Math.abs(adapted[i]! - value)).toBeLessThan(1e-5 * Math.abs(value) + 1e-6);
  });
});

/** Two kernels of one row of two pixels: red 1, 2; green 3, 4; blue 5, 6; and ten times that. */
const kernel = floatTensor([2, 3, 1, 2], Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60));

test("kernels are added for one channel, and repeated in turn and scaled by 3 / channels for others", () => {
  const adapted = (channels: number): FloatTensor =>
    adaptInputChannels(new Map([["w", kernel]]), "w", channels).get("w")!;
  expect(adapted(1)).toEqual(floatTensor([2, 1, 1, 2], Float32Array.of(9, 12, 90, 120)));
  expect(adapted(2)).toEqual(floatTensor([2, 2, 1, 2], Float32Array.of(1.5, 3, 4.5, 6, 15, 30, 45, 60)));
  expect(adapted(4).shape).toEqual([2, 4, 1, 2]);
  expect([...adapted(4).data.subarray(0, 8)]).toEqual([1, 2, 3, 4, 5, 6, 1, 2].map((value) => value * 0.75));
  expect(adapted(3)).toBe(kernel);
});

test("the given state stays as it is, and its other tensors are passed on", () => {
  const bias = floatTensor([2], Float32Array.of(1, 2));
  const given = new Map([
    ["w", kernel],
    ["b", bias],
  ]);
  const adapted = adaptInputChannels(given, "w", 1);
  expect(given.get("w")).toBe(kernel);
  expect(adapted.get("b")).toBe(bias);
});

test("what cannot be adapted is refused by name", () => {
  const given = new Map([["w", floatTensor([1, 5, 1, 1], new Float32Array(5))]]);
  expect(() => adaptInputChannels(given, "v", 1)).toThrow('The weights lack "v".');
  expect(() => adaptInputChannels(given, "w", 1)).toThrow('"w" has shape [1, 5, 1, 1]');
  expect(() => adaptInputChannels(new Map([["w", kernel]]), "w", 0)).toThrow("positive whole number of channels");
});
