import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { blockConvolutions, channelBlock } from "./blocked-convolutions.ts";
import { Graph, type Value } from "./graph.ts";
import { type Conv2dOptions, conv2d } from "./ops.ts";
import { Session } from "./session.ts";
import { sizeOf } from "./shape-rules.ts";
import { type FloatTensor, floatTensor } from "./tensor.ts";

const random = new Random(5, "blocked convolutions");
const draw = (shape: readonly number[]): FloatTensor =>
  floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(-1, 1)),
  );

interface Shapes {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly bias?: boolean;
  readonly options?: Conv2dOptions;
}

const build = ({ x, w, bias, options }: Shapes) => {
  const graph = new Graph();
  const fed = (name: string, shape: readonly number[]): Value => graph.input(name, shape);
  const given = bias ? { ...options, bias: fed("bias", [w[0]!]) } : { ...options };
  return graph.toModel({ y: conv2d(fed("x", x), fed("w", w), given) });
};

const gaining: Record<string, Shapes> = {
  "3 x 3": { x: [2, 16, 16, 16], w: [32, 16, 3, 3], options: { padding: 1 } },
  "3 x 3 with a bias": { x: [2, 16, 16, 16], w: [16, 16, 3, 3], bias: true, options: { padding: 1 } },
  "with stride and dilation": {
    x: [1, 32, 40, 33],
    w: [16, 32, 3, 3],
    options: { padding: [2, 1, 2, 3], stride: 2, dilation: 2 },
  },
  "an oblong kernel": { x: [1, 16, 20, 20], w: [16, 16, 5, 2] },
};

const unchanged: Record<string, Shapes> = {
  "1 x 1, a plain product": { x: [1, 16, 16, 16], w: [16, 16, 1, 1] },
  "channels that fill no block": { x: [1, 3, 16, 16], w: [16, 3, 3, 3] },
  "kernels that fill no block": { x: [1, 16, 16, 16], w: [20, 16, 3, 3] },
  "a small map": { x: [4, 16, 7, 7], w: [16, 16, 3, 3], options: { padding: 1 } },
  groups: { x: [1, 32, 16, 16], w: [32, 16, 3, 3], options: { groups: 2 } },
};

describe("convolutions in blocks", () => {
  test.each(Object.entries(gaining))("%s: the same result", async (_, shapes) => {
    const model = build(shapes);
    const block = await Session.channelBlock();
    const blocked = blockConvolutions(model, block);
    expect(blocked === model).toBe(block === 1);
    const feeds = { x: draw(shapes.x), w: draw(shapes.w), bias: draw([shapes.w[0]!]) };
    const [plain, inBlocks] = [await Session.create(model, { blocks: false }), await Session.create(model)];
    const [expected, found] = [(await plain.run(feeds)).y!, (await inBlocks.run(feeds)).y!];
    await Promise.all([plain.release(), inBlocks.release()]);
    expect(found.shape).toEqual(expected.shape);
    const largest = (found.data as Float32Array).reduce(
      (worst, value, i) => Math.max(worst, Math.abs(value - Number(expected.data[i]))),
      0,
    );
    expect(largest).toBeLessThan(1e-4);
  });

  test.each(Object.entries(unchanged))("%s: left as it is", (_, shapes) => {
    const model = build(shapes);
    expect(blockConvolutions(model, 8)).toBe(model);
  });

  test("constant kernels are ONNX Runtime's own affair", () => {
    const graph = new Graph();
    const w = graph.initializer("w", [16, 16, 3, 3], draw([16, 16, 3, 3]).data);
    const model = graph.toModel({ y: conv2d(graph.input("x", [1, 16, 16, 16]), w) });
    expect(blockConvolutions(model, 8)).toBe(model);
  });

  test("a runtime without blocks has blocks of one channel", async () => {
    expect(await channelBlock(() => Promise.reject(new Error("no such operator")))).toBe(1);
  });
});
