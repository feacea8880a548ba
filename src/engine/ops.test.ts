import { describe, expect, test } from "vitest";
import { Graph, type Value } from "./graph.ts";
import * as ops from "./ops.ts";
import { Session } from "./session.ts";
import { floatTensor, labelTensor } from "./tensor.ts";

/** What an operator makes of 0, 1, 2, ... in a tensor of the given shape. */
const outcome = async (shape: readonly number[], build: (x: Value) => Value) => {
  const graph = new Graph();
  const y = build(graph.input("x", shape));
  const session = await Session.create(graph.toModel({ y }));
  const size = shape.reduce((product, length) => product * length, 1);
  const result = await session.run({
    x: floatTensor(
      shape,
      Float32Array.from({ length: size }, (_, i) => i),
    ),
  });
  await session.release();
  return { shape: y.shape, values: [...(result.y!.data as Float32Array)] };
};

describe("slice", () => {
  test.each([
    [{ starts: [1], ends: [4] }, [1, 2, 3]],
    [{ starts: [-2], ends: [99] }, [3, 4]],
    [{ starts: [-99], ends: [-3] }, [0, 1]],
    [{ starts: [0], ends: [-1] }, [0, 1, 2, 3]],
    [{ starts: [0], ends: [5], steps: [2] }, [0, 2, 4]],
    [{ starts: [1], ends: [-1], steps: [3] }, [1]],
    [{ starts: [-1], ends: [-99], steps: [-1] }, [4, 3, 2, 1, 0]],
    [{ starts: [99], ends: [1], steps: [-2] }, [4, 2]],
    [{ starts: [-2], ends: [0], steps: [-1] }, [3, 2, 1]],
  ])("%j of 0 .. 4 is %j", async (range, expected) => {
    for (const axis of [0, -1]) {
      const { shape, values } = await outcome([5], (x) => ops.slice(x, { axes: [axis], ...range }));
      expect(values).toEqual(expected);
      expect(shape).toEqual([expected.length]);
    }
  });

  test.each([
    { starts: [3], ends: [3] },
    { starts: [3], ends: [1] },
    { starts: [5], ends: [9] },
    { starts: [1], ends: [3], steps: [-1] },
    { starts: [1], ends: [3], steps: [0] },
    { starts: [0.5], ends: [3] },
  ])("%j of five holds nothing and is refused", (range) => {
    const x = new Graph().input("x", [5]);
    expect(() => ops.slice(x, { axes: [0], ...range })).toThrow("nothing along axis 0 of shape [5]");
  });
});

test("axes count from either end, and none reduces nothing", async () => {
  expect(await outcome([2, 3], (x) => ops.reduceSum(x, [-1]))).toEqual({ shape: [2], values: [3, 12] });
  expect(await outcome([2, 3], (x) => ops.reduceMean(x, [-2], true))).toEqual({
    shape: [1, 3],
    values: [1.5, 2.5, 3.5],
  });
  expect(await outcome([2], (x) => ops.reduceSum(ops.scale(x, 2), []))).toEqual({ shape: [2], values: [0, 2] });
  expect(await outcome([1, 2], (x) => ops.concat([x, x], -2))).toEqual({ shape: [2, 2], values: [0, 1, 0, 1] });
  expect(await outcome([2, 3], (x) => ops.transpose(x, [-1, 0]))).toEqual({
    shape: [3, 2],
    values: [0, 3, 1, 4, 2, 5],
  });
});

test("axes, sizes and widths that cannot be are refused with the shape", () => {
  const graph = new Graph();
  const x = graph.input("x", [2, 3]);
  expect(() => ops.reduceSum(x, [2])).toThrow("no axis 2 in a tensor of shape [2, 3]");
  expect(() => ops.softmax(x, 0.5)).toThrow("no axis 0.5");
  expect(() => ops.concat([x, x], -3)).toThrow("no axis -3");
  expect(() => ops.reduceSum(x, [1, -1])).toThrow("The axes [1, -1] name one axis of a tensor of shape [2, 3] twice.");
  expect(() => ops.transpose(x, [0])).toThrow("[0] does not order the axes");
  expect(() => ops.transpose(x, [0, -2])).toThrow("twice");
  expect(() => ops.slice(x, { axes: [0, 1], starts: [0], ends: [1, 1] })).toThrow("has starts [0]");
  expect(() => ops.pad(x, [0, -1, 0, 0])).toThrow("Widths of [0, -1, 0, 0]");
  expect(() => ops.pad(x, [1, 1])).toThrow("Widths of [1, 1]");
  expect(() => ops.reshape(x, [-2, -3])).toThrow("Reshape needs sizes and was given [-2, -3].");
  expect(() => ops.expand(ops.reshape(x, [1, 6]), [-1, 6])).toThrow("Expand needs sizes");
});

test.each([
  [[7, 8], { kernel: 3, stride: 3, padding: 1 }, [3, 3]],
  [[6, 6], { kernel: 3, stride: 2 }, [3, 3]],
  [[6, 8], { kernel: 3, stride: 2, padding: 1 }, [4, 5]],
  [[5, 9], { kernel: 2, stride: 3 }, [2, 3]],
  [[10, 7], { kernel: 3, stride: 2, padding: 1 }, [6, 4]],
] as const)("windows over %s, counted up as PyTorch counts them", async (size, window, expected) => {
  const graph = new Graph();
  const y = ops.scale(ops.maxPool2d(graph.input("x", [1, 1, ...size]), { ...window, ceilMode: true }), 1);
  expect(y.shape.slice(2)).toEqual(expected);
  const session = await Session.create(graph.toModel({ y }));
  const x = floatTensor([1, 1, ...size], new Float32Array(size[0] * size[1]).fill(-2));
  expect([...(await session.run({ x })).y!.data]).toEqual(Array(expected[0] * expected[1]).fill(-2));
  await session.release();
});

test("of the parts of a tensor, those that nobody needs may be left out", async () => {
  const graph = new Graph();
  const [first, second] = ops.split(graph.input("x", [6]), { axis: 0, parts: 3 });
  const session = await Session.create(graph.toModel({ y: ops.add(first!, second!) }));
  const { y } = await session.run({ x: floatTensor([6], Float32Array.of(1, 2, 3, 4, 5, 6)) });
  expect([...y!.data]).toEqual([4, 6]);
  await session.release();
});

test("what cannot be is refused in a sentence where it is written", () => {
  const graph = new Graph();
  expect(() => ops.upsampleNearest2d(graph.input("x", [1, 1, 2, 2]), 1.5)).toThrow("a whole number of times, not 1.5");
  expect(() => graph.constant([1, 2, 3], [2])).toThrow("3 values are given for a constant of shape [2]; it needs 2.");
  expect(() => labelTensor([0, 0.5])).toThrow("A label is a whole number from 0, not 0.5.");
  expect(() => labelTensor([0, -1])).toThrow("not -1");
});
