/** The operators as functions: what layers, losses and gradient rules are written with. Shapes: N images, C channels, H x W. */

import { OsteonError } from "../errors.ts";
import type { Value } from "./graph.ts";
import { sizeOf } from "./shape-rules.ts";

const refuse = (message: string): never => {
  throw new OsteonError("shape-mismatch", message);
};

const show = (numbers: readonly number[]): string => `[${numbers.join(", ")}]`;

/** The axis counted from the front; -1 is the last, as in NumPy. */
const axisOf = (x: Value, axis: number): number => {
  const rank = x.shape.length;
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  return refuse(`There is no axis ${axis} in a tensor of shape ${show(x.shape)}.`);
};

const axesOf = (x: Value, axes: readonly number[]): number[] => {
  const fromFront = axes.map((axis) => axisOf(x, axis));
  if (new Set(fromFront).size === axes.length) return fromFront;
  return refuse(`The axes ${show(axes)} name one axis of a tensor of shape ${show(x.shape)} twice.`);
};

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

const reduce =
  (operator: "ReduceSum" | "ReduceMean") =>
  (x: Value, axes: readonly number[], keepdims = false): Value =>
    // ONNX would take no axes for all axes.
    axes.length === 0
      ? x
      : x.graph.apply(operator, [x, x.graph.integers(axesOf(x, axes))], { keepdims: keepdims ? 1 : 0 });

/** Sums over the given axes; `keepdims` leaves them with size 1. */
export const reduceSum = reduce("ReduceSum");

/** Means over the given axes. */
export const reduceMean = reduce("ReduceMean");

export const reshape = (x: Value, shape: readonly number[]): Value =>
  x.graph.apply("Reshape", [x, x.graph.integers(shape)]);

/** Repeats along axes of size 1 until the shape is reached. */
export const expand = (x: Value, shape: readonly number[]): Value =>
  x.graph.apply("Expand", [x, x.graph.integers(shape)]);

/** The axes in another order; `perm` names each of them once. */
export const transpose = (x: Value, perm: readonly number[]): Value => {
  if (perm.length !== x.shape.length)
    refuse(`${show(perm)} does not order the axes of a tensor of shape ${show(x.shape)}.`);
  return x.graph.apply("Transpose", [x], { perm: axesOf(x, perm) });
};

export const concat = (parts: readonly Value[], axis: number): Value =>
  parts[0]!.graph.apply("Concat", parts, { axis: axisOf(parts[0]!, axis) });

/** Where a slice begins and ends along each of some axes; below zero counts from the end, beyond the end is the end. */
export interface SliceRange {
  readonly axes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** All 1 by default; a step below zero goes backwards. */
  readonly steps?: readonly number[];
}

/** @throws OsteonError `shape-mismatch` where a range holds nothing, or the lists differ in length */
export const slice = (x: Value, { axes, starts, ends, steps = axes.map(() => 1) }: SliceRange): Value => {
  if ([starts, ends, steps].some(({ length }) => length !== axes.length)) {
    refuse(
      `A slice along the axes ${show(axes)} has starts ${show(starts)}, ends ${show(ends)}, steps ${show(steps)}.`,
    );
  }
  const along = axesOf(x, axes);
  const places = along.map((axis, i) => sliceAlong(x, axis, { start: starts[i]!, end: ends[i]!, step: steps[i]! }));
  const lists = [places.map(({ start }) => start), places.map(({ end }) => end), along];
  if (steps.some((step) => step !== 1)) lists.push([...steps]);
  return x.graph.apply("Slice", [x, ...lists.map((integers) => x.graph.integers(integers))]);
};

interface SlicePlaces {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The places counted from the front, as the shape and the gradient are told by them. */
const sliceAlong = (x: Value, axis: number, { start, end, step }: SlicePlaces): SlicePlaces => {
  const size = x.shape[axis]!;
  const [first, last] = step > 0 ? [0, size] : [-1, size - 1]; // a step backwards may end before the first element
  const placed = (position: number): number =>
    Math.min(Math.max(position < 0 ? position + size : position, first), last);
  const [from, to] = [placed(start), placed(end)];
  if (![start, end, step].every(Number.isInteger) || !((to - from) * step > 0)) {
    refuse(`From ${start} to ${end} by ${step} there is nothing along axis ${axis} of shape ${show(x.shape)}.`);
  }
  return { start: from, end: to < 0 ? -size - 1 : to, step }; // -1 would be the last element
};

/** Zeros around: `pads` lists the widths before each axis, then those after each axis (ONNX order). */
export const pad = (x: Value, pads: readonly number[]): Value => {
  if (pads.length !== 2 * x.shape.length || !pads.every((width) => Number.isInteger(width) && width >= 0)) {
    refuse(`Widths of ${show(pads)} cannot be put around a tensor of shape ${show(x.shape)}.`);
  }
  return pads.every((width) => width === 0) ? x : x.graph.apply("Pad", [x, x.graph.integers(pads)]);
};

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
