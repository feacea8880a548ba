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
const convolution = (x: readonly number[], w: readonly number[], options: ops.Conv2dOptions = {}): GradientCase => ({
  shapes: [x, w],
  build: ([image, kernel]) => ops.conv2d(image!, kernel!, options),
});

const transposed = (
  x: readonly number[],
  w: readonly number[],
  options: ops.ConvTranspose2dOptions = {},
): GradientCase => ({
  shapes: [x, w],
  build: ([image, kernel]) => ops.convTranspose2d(image!, kernel!, options),
});
const product = (
  build: (a: Value, b: Value) => Value,
  [a, b]: readonly [readonly number[], readonly number[]],
): GradientCase => ({ shapes: [a, b], build: ([left, right]) => build(left!, right!) });
const image = (shape: readonly number[], build: (x: Value) => Value, step = 5e-3): GradientCase => ({
  shapes: [shape],
  build: ([x]) => build(x!),
  step,
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
  Sigmoid: { plain: unary(ops.sigmoid, [-3, 3]) },
  Tanh: { plain: unary(ops.tanh, [-2, 2]) },
  Erf: { plain: unary(ops.erf, [-2, 2]) },
  Gelu: { plain: unary(ops.gelu, [-3, 3]) },
  Softplus: { plain: unary(ops.softplus, [-3, 3]) },
  Abs: { plain: unary(ops.abs) },
  Clip: { plain: unary((x) => ops.clip(x, { min: -0.5, max: 0.4 }), [-0.9, 1]) },
  Max: { broadcast: binary(ops.maximum) },
  Min: { broadcast: binary(ops.minimum) },
  Pow: { square: unary((x) => ops.power(x, 2)), root: unary((x) => ops.power(x, 1.5), [0.5, 2]) },
  Gather: {
    "a row twice": {
      shapes: [[4, 3]],
      build: ([table]) => ops.gather(table!, table!.graph.integers([2, 0, 2])),
    },
  },
  Resize: {
    nearest: image([1, 2, 2, 3], (x) => ops.upsampleNearest2d(x, 2)),
    larger: image([1, 2, 3, 4], (x) => ops.resizeBilinear2d(x, { size: [6, 7] })),
    smaller: image([1, 1, 6, 5], (x) => ops.resizeBilinear2d(x, { size: [3, 2] })),
    "aligned corners": image([1, 2, 3, 4], (x) => ops.resizeBilinear2d(x, { size: [6, 7], alignCorners: true })),
    "from one pixel": image([1, 2, 1, 1], (x) => ops.resizeBilinear2d(x, { size: [3, 3], alignCorners: true })),
  },
  AveragePool: {
    plain: image([1, 2, 4, 4], (x) => ops.averagePool2d(x, { kernel: 2 })),
    "padding counts": image([2, 2, 5, 5], (x) => ops.averagePool2d(x, { kernel: 3, stride: 2, padding: 1 })),
    "padding does not count": image([2, 2, 5, 6], (x) =>
      ops.averagePool2d(x, { kernel: 3, stride: 2, padding: 1, countIncludePad: false }),
    ),
  },
  ReduceMax: {
    kept: unary((x) => ops.reduceMax(x, [1], true)),
    dropped: unary((x) => ops.reduceMax(x, [0])),
  },
  FusedMatMul: {
    "a b^T": product(
      (a, b) => ops.matmulTransposedB(a, b, 0.5),
      [
        [2, 3, 4],
        [2, 5, 4],
      ],
    ),
    "a^T b": product(
      (a, b) => ops.matmulTransposedA(a, b, 0.5),
      [
        [2, 4, 3],
        [2, 4, 5],
      ],
    ),
    "b shared": product(
      (a, b) => ops.matmulTransposedB(a, b),
      [
        [2, 3, 4],
        [5, 4],
      ],
    ),
  },
  ConvTranspose: {
    "2 x 2, stride 2": transposed([2, 3, 3, 2], [3, 2, 2, 2], { stride: 2 }),
    "3 x 3, stride 2, output size": transposed([1, 2, 3, 3], [2, 2, 3, 3], {
      stride: 2,
      padding: 1,
      outputSize: [6, 6],
    }),
    groups: transposed([1, 4, 3, 3], [4, 1, 3, 3], { groups: 2, padding: 1 }),
    dilation: transposed([1, 2, 3, 4], [2, 1, 2, 2], { dilation: 2 }),
    bias: {
      shapes: [[2, 2, 2, 2], [2, 3, 2, 2], [3]],
      build: ([x, w, bias]) => ops.convTranspose2d(x!, w!, { stride: 2, bias: bias! }),
    },
  },
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
  BatchNormalization: {
    maps: {
      shapes: [[2, 3, 4, 5], [3], [3], [3], [3]],
      build: ([x, ...statistics]) => x!.graph.apply("BatchNormalization", [x!, ...statistics], { epsilon: 1e-3 }),
      range: [0.5, 1.5],
    },
    table: {
      shapes: [[4, 3], [3], [3], [3], [3]],
      build: ([x, ...statistics]) => x!.graph.apply("BatchNormalization", [x!, ...statistics], { epsilon: 1e-3 }),
      range: [0.5, 1.5],
    },
  },
  GlobalAveragePool: { plain: { shapes: [[2, 3, 4, 5]], build: ([x]) => ops.globalAveragePool(x!) } },
  MaxPool: {
    overlapping: {
      shapes: [[2, 2, 6, 6]],
      build: ([x]) => ops.maxPool2d(x!, { kernel: 3, stride: 2, padding: 1 }),
      step: 1e-3,
    },
    plain: { shapes: [[1, 2, 4, 4]], build: ([x]) => ops.maxPool2d(x!, { kernel: 2 }), step: 1e-3 },
    "a last window beyond the edge": image(
      [1, 2, 6, 6],
      (x) => ops.maxPool2d(x, { kernel: 3, stride: 2, ceilMode: true }),
      1e-3,
    ),
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
    dilation: convolution([2, 2, 6, 6], [2, 2, 3, 3], { padding: 2, dilation: 2 }),
    "dilation and stride": convolution([1, 2, 9, 8], [2, 2, 3, 3], { padding: 2, dilation: 2, stride: 2 }),
    groups: convolution([2, 4, 5, 5], [6, 2, 3, 3], { padding: 1, groups: 2 }),
    "groups, stride 2": convolution([2, 4, 6, 5], [4, 2, 3, 3], { padding: 1, groups: 2, stride: 2 }),
    depthwise: convolution([2, 3, 5, 5], [3, 1, 3, 3], { padding: 1, groups: 3 }),
    "depthwise, stride 2": convolution([2, 3, 6, 7], [3, 1, 3, 3], { padding: 1, groups: 3, stride: 2 }),
    "depthwise, stride 2, padded on one side": convolution([1, 2, 6, 6], [2, 1, 3, 3], {
      padding: [0, 0, 1, 1],
      groups: 2,
      stride: 2,
    }),
    "two kernels per channel": convolution([1, 2, 4, 4], [4, 1, 3, 3], { padding: 1, groups: 2 }),
    "padded on one side": convolution([1, 2, 6, 6], [2, 2, 3, 3], { padding: [0, 1, 2, 0], stride: 2 }),
    "padding wider than the kernel": convolution([1, 2, 3, 3], [2, 2, 2, 2], { padding: 2 }),
    "strides of their own": convolution([1, 2, 6, 6], [2, 2, 3, 3], { padding: 1, stride: [1, 2] }),
    bias: {
      shapes: [[2, 2, 3, 3], [3, 2, 3, 3], [3]],
      build: ([x, w, bias]) => ops.conv2d(x!, w!, { padding: 1, bias: bias! }),
    },
  },
};

const composites: Record<string, GradientCase> = {
  split: image([4, 3], (x) => {
    const [first, , third] = ops.split(x, { axis: -1, parts: 3 });
    return ops.multiply(first!, third!);
  }),
  "adaptive average pool": image([1, 2, 5, 7], (x) => ops.adaptiveAveragePool2d(x, [3, 2])),
  "gemm with a bias": {
    shapes: [[3, 4], [4, 2], [2]],
    build: ([a, b, bias]) => ops.gemm(a!, b!, { bias: bias! }),
  },
  "slice with steps": image([5, 6], (x) => ops.slice(x, { axes: [0, 1], starts: [1, 0], ends: [5, 6], steps: [2, 3] })),
};

test.each(Object.entries(composites))("the gradient of %s agrees with finite differences", async (_, gradientCase) => {
  expect(await worstGradientError(gradientCase)).toBeLessThan(tolerance);
});

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
