/** The operators as functions: what layers, losses and gradient rules are written with. Shapes: N images, C channels, H x W. */

import { OsteonError } from "../errors.ts";
import type { Value } from "./graph.ts";
import { sizeOf } from "./shape-rules.ts";

/** The axis counted from the front; -1 is the last, as in NumPy. */
const axisOf = (x: Value, axis: number): number => {
  const rank = x.shape.length;
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new OsteonError("shape-mismatch", `There is no axis ${axis} in a tensor of shape [${x.shape.join(", ")}].`);
};

const axesOf = (x: Value, axes: readonly number[]): number[] => axes.map((axis) => axisOf(x, axis));

/** Elementwise, with NumPy broadcasting. */
export const add = (a: Value, b: Value): Value => a.graph.apply("Add", [a, b]);
export const subtract = (a: Value, b: Value): Value => a.graph.apply("Sub", [a, b]);
export const multiply = (a: Value, b: Value): Value => a.graph.apply("Mul", [a, b]);
export const divide = (a: Value, b: Value): Value => a.graph.apply("Div", [a, b]);

/** Multiplies every element by a number. */
export const scale = (x: Value, factor: number): Value => multiply(x, x.graph.scalar(factor));

export const negate = (x: Value): Value => x.graph.apply("Neg", [x]);
export const exp = (x: Value): Value => x.graph.apply("Exp", [x]);
export const log = (x: Value): Value => x.graph.apply("Log", [x]);
export const sqrt = (x: Value): Value => x.graph.apply("Sqrt", [x]);
export const reciprocal = (x: Value): Value => x.graph.apply("Reciprocal", [x]);
export const relu = (x: Value): Value => x.graph.apply("Relu", [x]);

/** 1 where x > 0, else 0, as float32. */
export const isPositive = (x: Value): Value =>
  x.graph.apply("Cast", [x.graph.apply("Greater", [x, x.graph.scalar(0)])], { to: 1 });

/** Sums over the given axes; `keepdims` leaves them with size 1. */
export const reduceSum = (x: Value, axes: readonly number[], keepdims = false): Value =>
  x.graph.apply("ReduceSum", [x, x.graph.integers(axesOf(x, axes))], { keepdims: keepdims ? 1 : 0 });

/** Means over the given axes. */
export const reduceMean = (x: Value, axes: readonly number[], keepdims = false): Value =>
  x.graph.apply("ReduceMean", [x, x.graph.integers(axesOf(x, axes))], { keepdims: keepdims ? 1 : 0 });

export const reshape = (x: Value, shape: readonly number[]): Value =>
  x.graph.apply("Reshape", [x, x.graph.integers(shape)]);

/** Repeats along axes of size 1 until the shape is reached. */
export const expand = (x: Value, shape: readonly number[]): Value =>
  x.graph.apply("Expand", [x, x.graph.integers(shape)]);

export const transpose = (x: Value, perm: readonly number[]): Value =>
  x.graph.apply("Transpose", [x], { perm: axesOf(x, perm) });

export const concat = (parts: readonly Value[], axis: number): Value =>
  parts[0]!.graph.apply("Concat", parts, { axis: axisOf(parts[0]!, axis) });

/** Where a slice begins and ends along each of some axes; below zero counts from the end, beyond the end is the end. */
export interface SliceRange {
  readonly axes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly steps?: readonly number[];
}

export const slice = (x: Value, { axes, starts, ends, steps }: SliceRange): Value => {
  const along = axesOf(x, axes);
  const place = (positions: readonly number[]): number[] =>
    positions.map((position, i) => {
      const size = x.shape[along[i]!]!;
      return Math.min(Math.max(position < 0 ? position + size : position, 0), size);
    });
  // A step backwards may end before the first element, which no place from the front can say.
  const isForward = steps === undefined || steps.every((step) => step > 0);
  const [from, to] = isForward ? [place(starts), place(ends)] : [starts, ends];
  const inputs = [from, to, along, ...(steps ? [steps] : [])].map((integers) => x.graph.integers(integers));
  return x.graph.apply("Slice", [x, ...inputs]);
};

/** Zeros around: `pads` lists the widths before each axis, then those after each axis (ONNX order). */
export const pad = (x: Value, pads: readonly number[]): Value =>
  pads.every((width) => width === 0) ? x : x.graph.apply("Pad", [x, x.graph.integers(pads)]);

export const matmul = (a: Value, b: Value): Value => a.graph.apply("MatMul", [a, b]);

/** a b^T over the last two axes, without writing the transposed copy. */
export const matmulTransposedB = (a: Value, b: Value): Value => a.graph.apply("FusedMatMul", [a, b], { transB: 1 });

/** Which of the two matrices `gemm` reads transposed. */
export interface Transposition {
  readonly transA?: boolean;
  readonly transB?: boolean;
}

/** The product of two matrices. */
export const gemm = (a: Value, b: Value, { transA = false, transB = false }: Transposition = {}): Value =>
  a.graph.apply("Gemm", [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });

export const logSoftmax = (x: Value, axis = -1): Value => x.graph.apply("LogSoftmax", [x], { axis: axisOf(x, axis) });
export const softmax = (x: Value, axis = -1): Value => x.graph.apply("Softmax", [x], { axis: axisOf(x, axis) });

/** One row of `depth` zeros with a single one per integer label. */
export const oneHot = (labels: Value, depth: number): Value =>
  labels.graph.apply("OneHot", [labels, labels.graph.integers([depth]), labels.graph.constant([0, 1], [2])], {
    axis: -1,
  });

/** [N, C, H, W] to [N, C]. */
export const globalAveragePool = (x: Value): Value =>
  reshape(x.graph.apply("GlobalAveragePool", [x]), [x.shape[0]!, x.shape[1]!]);

/** The affine map x * scale + shift per channel, as the inference form of batch normalisation. */
export const channelAffine = (x: Value, channelScale: Value, channelShift: Value): Value => {
  const channels = x.shape[1]!;
  const zeros = x.graph.constant(new Array<number>(channels).fill(0), [channels]);
  const ones = x.graph.constant(new Array<number>(channels).fill(1), [channels]);
  return x.graph.apply("BatchNormalization", [x, channelScale, channelShift, zeros, ones], { epsilon: 0 });
};

/** How a window moves over an image; one number stands for both directions. */
export interface WindowOptions {
  readonly stride?: number;
  readonly padding?: number;
}

/** Two-dimensional convolution: x [N, C, H, W], w [K, C, kh, kw] gives [N, K, H', W']; `bias` [K] is optional. */
export const conv2d = (
  x: Value,
  w: Value,
  { stride = 1, padding = 0, bias }: WindowOptions & { bias?: Value } = {},
): Value =>
  x.graph.apply("Conv", bias ? [x, w, bias] : [x, w], {
    kernel_shape: w.shape.slice(2),
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });

/** The largest value of each square window; padding never wins. */
export const maxPool2d = (
  x: Value,
  { kernel, stride = kernel, padding = 0 }: WindowOptions & { kernel: number },
): Value =>
  x.graph.applyMany("MaxPool", [x], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  })[0]!;

/** All axes in one: [a, b, c] to [a * b * c]. */
export const flatten = (x: Value): Value => reshape(x, [sizeOf(x.shape)]);
