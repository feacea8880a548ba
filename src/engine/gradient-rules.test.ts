import { describe, expect, test } from "vitest";
import { type GradientCase, worstGradientError } from "./finite-differences.ts";
import { gradientRules } from "./gradient-rules.ts";
import { gradients } from "./gradients.ts";
import type { Value } from "./graph.ts";
import { Graph } from "./graph.ts";
import * as ops from "./ops.ts";
import { Session } from "./session.ts";

const tolerance = 1e-3;
const unary = (build: (x: Value) => Value, range?: readonly [number, number]): GradientCase => ({
  shapes: [[2, 3]],
  build: ([x]) => build(x!),
  ...(range ? { range } : {}),
});
const binary = (build: (a: Value, b: Value) => Value, range?: readonly [number, number]): GradientCase => ({
  shapes: [
    [2, 3, 2],
    [3, 1],
  ],
  build: ([a, b]) => build(a!, b!),
  ...(range ? { range } : {}),
});
const convolution = (x: readonly number[], w: readonly number[], options: ops.WindowOptions = {}): GradientCase => ({
  shapes: [x, w],
  build: ([image, kernel]) => ops.conv2d(image!, kernel!, options),
});

/** At least one case per operator of the gradient table; the test below refuses a table entry without one. */
const cases: Partial<Record<keyof typeof gradientRules, Record<string, GradientCase>>> = {
  Add: { broadcast: binary(ops.add) },
  Sub: { broadcast: binary(ops.subtract) },
  Mul: { broadcast: binary(ops.multiply), square: unary((x) => ops.multiply(x, x)) },
  Div: { broadcast: binary(ops.divide, [1, 2]) },
  Neg: { plain: unary(ops.negate) },
  Exp: { plain: unary(ops.exp) },
  Log: { plain: unary(ops.log, [0.5, 2]) },
  Sqrt: { plain: unary(ops.sqrt, [0.5, 2]) },
  Reciprocal: { plain: unary(ops.reciprocal, [0.5, 2]) },
  Relu: { plain: unary(ops.relu) },
  Identity: { plain: unary((x) => x.graph.apply("Identity", [x])) },
  LogSoftmax: {
    last: unary((x) => ops.logSoftmax(x)),
    first: unary((x) => ops.logSoftmax(x, 0)),
    fromTheEnd: unary((x) => ops.logSoftmax(x, -2)),
  },
  Softmax: { last: unary((x) => ops.softmax(x)), fromTheEnd: unary((x) => ops.softmax(x, -2)) },
  ReduceSum: {
    kept: unary((x) => ops.reduceSum(x, [0], true)),
    dropped: unary((x) => ops.reduceSum(x, [1])),
    none: unary((x) => ops.reduceSum(ops.exp(x), [])),
    fromTheEnd: unary((x) => ops.reduceSum(x, [-1])),
  },
  ReduceMean: {
    kept: unary((x) => ops.reduceMean(x, [0], true)),
    dropped: unary((x) => ops.reduceMean(x, [0, 1])),
    fromTheEnd: unary((x) => ops.reduceMean(x, [-2])),
  },
  Reshape: { plain: unary((x) => ops.reshape(x, [3, 2])) },
  Expand: { plain: { shapes: [[2, 1]], build: ([x]) => ops.expand(x!, [3, 2, 4]) } },
  Transpose: {
    three: { shapes: [[2, 3, 4]], build: ([x]) => ops.transpose(x!, [2, 0, 1]) },
    fromTheEnd: { shapes: [[2, 3, 4]], build: ([x]) => ops.transpose(x!, [-1, 0, 1]) },
  },
  Concat: {
    two: {
      shapes: [
        [2, 3],
        [2, 1],
      ],
      build: ([a, b]) => ops.concat([a!, b!, a!], 1),
    },
    fromTheEnd: {
      shapes: [
        [2, 3],
        [2, 1],
      ],
      build: ([a, b]) => ops.concat([a!, b!], -1),
    },
  },
  Slice: {
    inner: { shapes: [[4, 5]], build: ([x]) => ops.slice(x!, { axes: [1], starts: [1], ends: [4] }) },
    fromTheEnd: { shapes: [[4, 5]], build: ([x]) => ops.slice(x!, { axes: [-1, 0], starts: [-3, -4], ends: [-1, 9] }) },
    toTheLastButOne: { shapes: [[4, 5]], build: ([x]) => ops.slice(x!, { axes: [0], starts: [1], ends: [-1] }) },
  },
  Pad: { around: unary((x) => ops.pad(x, [1, 0, 0, 2])) },
  MatMul: {
    batched: {
      shapes: [
        [2, 3, 4],
        [4, 2],
      ],
      build: ([a, b]) => ops.matmul(a!, b!),
    },
  },
  Gemm: Object.fromEntries(
    [false, true].flatMap((transA) =>
      [false, true].map((transB) => [
        `transA ${transA}, transB ${transB}`,
        {
          shapes: [transA ? [4, 3] : [3, 4], transB ? [2, 4] : [4, 2]],
          build: ([a, b]: readonly Value[]) => ops.gemm(a!, b!, { transA, transB }),
        },
      ]),
    ),
  ),
  GlobalAveragePool: { plain: { shapes: [[2, 3, 4, 5]], build: ([x]) => ops.globalAveragePool(x!) } },
  MaxPool: {
    overlapping: {
      shapes: [[2, 2, 6, 6]],
      build: ([x]) => ops.maxPool2d(x!, { kernel: 3, stride: 2, padding: 1 }),
      step: 1e-3,
    },
    plain: { shapes: [[1, 2, 4, 4]], build: ([x]) => ops.maxPool2d(x!, { kernel: 2 }), step: 1e-3 },
  },
  Conv: {
    "3 x 3, padding 1": convolution([2, 3, 5, 5], [4, 3, 3, 3], { padding: 1 }),
    "3 x 3, no padding": convolution([2, 2, 5, 4], [3, 2, 3, 3]),
    "3 x 3 on a middling map": convolution([1, 1, 9, 8], [2, 1, 3, 3], { padding: 1 }),
    "3 x 3, stride 2": convolution([2, 3, 6, 6], [2, 3, 3, 3], { stride: 2, padding: 1 }),
    "3 x 3, stride 2, odd size": convolution([2, 3, 7, 5], [2, 3, 3, 3], { stride: 2, padding: 1 }),
    "7 x 7, stride 2": convolution([1, 2, 8, 8], [2, 2, 7, 7], { stride: 2, padding: 3 }),
    "1 x 1": convolution([2, 3, 4, 4], [5, 3, 1, 1]),
    "1 x 1, stride 2": convolution([2, 3, 5, 5], [2, 3, 1, 1], { stride: 2 }),
    "2 x 3, not square": convolution([1, 2, 4, 5], [2, 2, 2, 3]),
    bias: {
      shapes: [[2, 2, 3, 3], [3, 2, 3, 3], [3]],
      build: ([x, w, bias]) => ops.conv2d(x!, w!, { padding: 1, bias: bias! }),
    },
  },
};

test("every operator of the gradient table has a case", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(gradientRules).sort());
});

describe.each(Object.entries(cases))("the gradient of %s", (_, variants) => {
  test.each(Object.entries(variants))("%s agrees with finite differences", async (_name, gradientCase) => {
    expect(await worstGradientError(gradientCase)).toBeLessThan(tolerance);
  });
});

test.each([
  { name: "3 x 3", x: [1, 2, 34, 33], w: [2, 2, 3, 3], padding: 1 },
  { name: "1 x 1", x: [2, 2, 33, 32], w: [3, 2, 1, 1], padding: 0 },
])("the weight gradient on a large map, $name, agrees with finite differences", async ({ x, w, padding }) => {
  // The image's own gradient is left to the small cases: thousands of differences would prove the same rule again.
  const error = await worstGradientError({
    shapes: [w],
    build: ([kernel]) => {
      const { graph } = kernel!;
      const values = Array.from({ length: x.reduce((a, b) => a * b, 1) }, (_value, i) => Math.sin(i * 0.7));
      return ops.scale(ops.conv2d(graph.constant(values, x), kernel!, { padding }), 1 / 32);
    },
  });
  expect(error).toBeLessThan(tolerance);
});

test("the input gradient by turned kernels, for many positions, agrees with the transposed convolution", async () => {
  // One layer on two heights: 96 * 96 positions take the turned form, 64 * 96 the transposed one.
  const gradientAt = async (height: number): Promise<Float32Array> => {
    const graph = new Graph();
    const x = graph.input("x", [1, 1, height, 96]);
    const values = Array.from({ length: 9 }, (_, i) => Math.cos(i));
    const y = ops.conv2d(x, graph.constant(values, [1, 1, 3, 3]), { padding: 1 });
    const ramp = Array.from({ length: height * 96 }, (_, i) => (i < 96 * 40 ? Math.sin(i * 0.3) : 0));
    const [dx] = gradients(ops.reduceSum(ops.multiply(y, graph.constant(ramp, y.shape)), [0, 1, 2, 3]), [x]);
    const session = await Session.create(graph.toModel({ dx: dx! }));
    const result = await session.run({});
    await session.release();
    return result.dx!.data as Float32Array;
  };
  const [turned, transposed] = [await gradientAt(96), await gradientAt(64)];
  expect(Math.max(...transposed.map((value, i) => Math.abs(value - turned[i]!)))).toBeLessThan(1e-5);
});

test("a loss that is no scalar, or does not depend on a tensor, is refused", () => {
  const graph = new Graph();
  const x = graph.input("x", [2]);
  const other = graph.input("other", [2]);
  expect(() => gradients(ops.exp(x), [x])).toThrow("Only a scalar can be differentiated; the loss has shape [2].");
  expect(() => gradients(ops.reduceSum(x, [0]), [other])).toThrow('The loss does not depend on "other".');
});

test("frozen tensors cost no backward nodes", () => {
  const graph = new Graph();
  const [x, w1, w2] = [graph.input("x", [1, 4]), graph.input("w1", [4, 4]), graph.input("w2", [4, 4])];
  const loss = ops.reduceSum(ops.gemm(ops.relu(ops.gemm(x, w1)), w2), [0, 1]);
  const nodes = (wrt: readonly Value[]): number =>
    graph.toModel(Object.fromEntries(gradients(loss, wrt).map((gradient, i) => [`g${i}`, gradient]))).nodes.length;
  expect(nodes([w2])).toBeLessThan(nodes([w1, w2]));
});
