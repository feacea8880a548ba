import { expect, test } from "vitest";
import { Graph } from "./graph.ts";
import * as ops from "./ops.ts";
import { Session } from "./session.ts";
import { floatTensor } from "./tensor.ts";

test("a graph runs, and computes only what its outputs need", async () => {
  const graph = new Graph();
  const x = graph.input("x", [2, 2]);
  const unused = graph.input("unused", [1]);
  ops.exp(unused);
  const model = graph.toModel({ y: ops.scale(x, 3) });
  expect(model.inputs.map(({ name }) => name)).toEqual(["x"]);
  const session = await Session.create(model);
  const { y } = await session.run({ x: floatTensor([2, 2], Float32Array.of(1, 2, 3, 4)) });
  expect([...(y!.data as Float32Array)]).toEqual([3, 6, 9, 12]);
  await session.release();
});

test("outputs are written into the memory that is given for them", async () => {
  const graph = new Graph();
  const session = await Session.create(graph.toModel({ y: ops.negate(graph.input("x", [3])) }));
  const y = floatTensor([3], new Float32Array(3));
  await session.run({ x: floatTensor([3], Float32Array.of(1, 2, 3)) }, { y });
  expect([...y.data]).toEqual([-1, -2, -3]);
  await session.release();
});

test("a missing or misshapen feed is told by name and shape", async () => {
  const graph = new Graph();
  const session = await Session.create(graph.toModel({ y: ops.exp(graph.input("x", [2])) }));
  await expect(session.run({})).rejects.toThrow('The input "x" needs shape [2] and was fed nothing.');
  await expect(session.run({ x: floatTensor([1, 2], new Float32Array(2)) })).rejects.toThrow("was fed [1, 2]");
  await session.release();
});

test("shape mistakes are told where they are made, with both shapes", () => {
  const graph = new Graph();
  const [a, b] = [graph.input("a", [2, 3]), graph.input("b", [4])];
  expect(() => ops.add(a, b)).toThrow("Add cannot broadcast [2, 3] with [4].");
  expect(() => ops.matmul(a, a)).toThrow("MatMul cannot multiply [2, 3] by [2, 3].");
  expect(() => ops.reshape(a, [4])).toThrow("Reshape cannot turn [2, 3] into [4].");
  expect(() => graph.input("a", [1])).toThrow('The graph already has a tensor named "a".');
  const image = graph.input("image", [1, 3, 4, 4]);
  expect(() => ops.conv2d(image, graph.input("w", [1, 2, 3, 3]))).toThrow(
    "Conv has 3 input channels but kernels for 2.",
  );
  expect(() => ops.maxPool2d(image, { kernel: 5 })).toThrow("does not fit");
});
