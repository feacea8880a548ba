/**
 * The operators as functions: what layers, losses and gradient rules are written with. Shapes: N images, C channels, H x W.
 * All throw `OsteonError` `shape-mismatch`, which names the operator and both shapes, where the shapes do not fit.
 */

import { OsteonError } from "../errors.ts";
import type { Attributes, Value } from "./graph.ts";
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

/** a + b elementwise, with NumPy broadcasting. */
export const add = (a: Value, b: Value): Value => a.graph.apply("Add", [a, b]);
/** a - b elementwise, with NumPy broadcasting. */
export const subtract = (a: Value, b: Value): Value => a.graph.apply("Sub", [a, b]);
/** a b elementwise, with NumPy broadcasting. */
export const multiply = (a: Value, b: Value): Value => a.graph.apply("Mul", [a, b]);
/** a / b elementwise, with NumPy broadcasting. */
export const divide = (a: Value, b: Value): Value => a.graph.apply("Div", [a, b]);

/**
 * A number to be broadcast over x, with as many axes as x has: ONNX Runtime goes through a tensor whose last axes have size
 * 1, such as the weights of a 1 x 1 convolution, element by element where the other operand has fewer axes (40 times slower).
 */
export const scalarLike = (x: Value, value: number): Value =>
  x.graph.constant(
    [value],
    x.shape.map(() => 1),
  );

/** A scalar of the graph with as many axes as x has; see {@link scalarLike}. */
export const broadcastable = (scalar: Value, x: Value): Value =>
  reshape(
    scalar,
    x.shape.map(() => 1),
  );

/** Multiplies every element by a number. */
export const scale = (x: Value, factor: number): Value => multiply(x, scalarLike(x, factor));

/** -x elementwise. */
export const negate = (x: Value): Value => x.graph.apply("Neg", [x]);
/** e to the power of each element. */
export const exp = (x: Value): Value => x.graph.apply("Exp", [x]);
/** Natural logarithm; x must be above 0. */
export const log = (x: Value): Value => x.graph.apply("Log", [x]);
/** Square root; x must not be below 0, and its gradient is infinite at 0. */
export const sqrt = (x: Value): Value => x.graph.apply("Sqrt", [x]);
/** 1 / x elementwise. */
export const reciprocal = (x: Value): Value => x.graph.apply("Reciprocal", [x]);
/** max(x, 0); its gradient is 0 where x is 0. */
export const relu = (x: Value): Value => x.graph.apply("Relu", [x]);
/** 1 / (1 + exp(-x)), in (0, 1). */
export const sigmoid = (x: Value): Value => x.graph.apply("Sigmoid", [x]);
/** Hyperbolic tangent, in (-1, 1). */
export const tanh = (x: Value): Value => x.graph.apply("Tanh", [x]);
/** Error function, in (-1, 1). */
export const erf = (x: Value): Value => x.graph.apply("Erf", [x]);
/** Magnitude; its gradient is 0 where x is 0. */
export const abs = (x: Value): Value => x.graph.apply("Abs", [x]);

/** log(1 + exp(x)), without overflow. */
export const softplus = (x: Value): Value => x.graph.apply("Softplus", [x]);

/** x Phi(x), Phi the normal distribution (Hendrycks and Gimpel, 2016); the exact form, as torch.nn.GELU by default. */
export const gelu = (x: Value): Value => x.graph.apply("Gelu", [x]);

/**
 * Values below `min` become `min`, those above `max` become `max`; ReLU6 is `clip(x, { min: 0, max: 6 })`. No
 * gradient flows where x is at or beyond a limit.
 */
export const clip = (x: Value, { min, max }: { min: number; max: number }): Value =>
  x.graph.apply("Clip", [x, x.graph.scalar(min), x.graph.scalar(max)]);

/** The larger of two elementwise; where both are equal, the gradient goes to the first. */
export const maximum = (a: Value, b: Value): Value => a.graph.apply("Max", [a, b]);
/** The smaller of two elementwise; where both are equal, the gradient goes to the first. */
export const minimum = (a: Value, b: Value): Value => a.graph.apply("Min", [a, b]);

/** x to a constant power; x must be above 0 where the power is no whole number. */
export const power = (x: Value, exponent: number): Value => x.graph.apply("Pow", [x, scalarLike(x, exponent)]);

/** 1 where x > 0, else 0, as float32. It has no gradient: apply it in `graph.untaped` or to what needs none. */
export const isPositive = (x: Value): Value => isGreater(x, scalarLike(x, 0));

/** 1 where a > b, else 0, as float32, with broadcasting. It has no gradient, as {@link isPositive}. */
export const isGreater = (a: Value, b: Value): Value =>
  a.graph.apply("Cast", [a.graph.apply("Greater", [a, b])], { to: 1 });

const reduce =
  (operator: "ReduceSum" | "ReduceMean" | "ReduceMax") =>
  (x: Value, axes: readonly number[], keepdims = false): Value =>
    // ONNX would take no axes for all axes.
    axes.length === 0
      ? x
      : x.graph.apply(operator, [x, x.graph.integers(axesOf(x, axes))], { keepdims: keepdims ? 1 : 0 });

/** Sums over the given axes (-1 is the last), which fall away; `keepdims` (false) leaves them with size 1. No axes: x itself. */
export const reduceSum = reduce("ReduceSum");

/** Means over the given axes; axes and `keepdims` as for {@link reduceSum}. */
export const reduceMean = reduce("ReduceMean");

/** Maxima over the given axes, as for {@link reduceSum}; where several are largest, they share the gradient evenly. */
export const reduceMax = reduce("ReduceMax");

/** Where along an axis, the last by default, the largest element is; the first of several. int64; it has no gradient. */
export const argMax = (x: Value, axis = -1): Value =>
  x.graph.apply("ArgMax", [x], { axis: axisOf(x, axis), keepdims: 0 });

/** The same elements, row-major, in another shape of as many elements. */
export const reshape = (x: Value, shape: readonly number[]): Value =>
  x.graph.apply("Reshape", [x, x.graph.integers(shape)]);

/** Repeats along axes of size 1, and along new ones in front, until the shape is reached. */
export const expand = (x: Value, shape: readonly number[]): Value =>
  x.graph.apply("Expand", [x, x.graph.integers(shape)]);

/** The axes in another order; axis i of the result is axis `perm[i]` of x. */
export const transpose = (x: Value, perm: readonly number[]): Value => {
  if (perm.length !== x.shape.length)
    refuse(`${show(perm)} does not order the axes of a tensor of shape ${show(x.shape)}.`);
  return x.graph.apply("Transpose", [x], { perm: axesOf(x, perm) });
};

/** Joins tensors along an axis; their other axes agree. */
export const concat = (parts: readonly Value[], axis: number): Value =>
  parts[0]!.graph.apply("Concat", parts, { axis: axisOf(parts[0]!, axis) });

/** `parts` equal parts along an axis, in order; its size must divide by their number. */
export const split = (x: Value, { axis, parts }: { axis: number; parts: number }): readonly Value[] => {
  const along = axisOf(x, axis);
  if (x.shape[along]! % parts !== 0) refuse(`${show(x.shape)} cannot be split into ${parts} along axis ${axis}.`);
  return x.graph.composite("Split", [x], {
    build: () => x.graph.applyMany("Split", [x], { axis: along, num_outputs: parts }),
    gradient: ({ outputs }, dys) => [
      concat(
        dys.map((dy, i) => dy ?? expand(x.graph.constant([0], [1]), outputs[i]!.shape)),
        along,
      ),
    ],
  });
};

/** Where a slice begins and ends along each of some axes; below zero counts from the end, beyond the end is the end. */
export interface SliceRange {
  readonly axes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** All 1 by default; a step below zero goes backwards. */
  readonly steps?: readonly number[];
}

/**
 * A part of x: x[start:end:step] along each of the axes. No gradient flows back through a step below zero.
 *
 * @throws OsteonError `shape-mismatch` where a range holds nothing, or the lists differ in length
 */
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

/** Matrix product over the last two axes, [.., M, K] and [.., K, N] to [.., M, N]; the axes before them broadcast. */
export const matmul = (a: Value, b: Value): Value => a.graph.apply("MatMul", [a, b]);

/** a b^T over the last two axes, times `alpha`: [..., M, K] and [..., N, K] to [..., M, N], without writing the transposed copy. */
export const matmulTransposedB = (a: Value, b: Value, alpha = 1): Value =>
  a.graph.apply("FusedMatMul", [a, b], { transA: 0, transB: 1, alpha });

/** a^T b over the last two axes, times `alpha`: [..., K, M] and [..., K, N] to [..., M, N], without writing the transposed copy. */
export const matmulTransposedA = (a: Value, b: Value, alpha = 1): Value =>
  a.graph.apply("FusedMatMul", [a, b], { transA: 1, transB: 0, alpha });

/** Which of the two matrices `gemm` reads transposed; neither by default. */
export interface Transposition {
  readonly transA?: boolean;
  readonly transB?: boolean;
}

/** The product of two matrices, [M, K] by [K, N], and a bias [N] that is added to every row. */
export const gemm = (
  a: Value,
  b: Value,
  { transA = false, transB = false, bias }: Transposition & { readonly bias?: Value } = {},
): Value => a.graph.apply("Gemm", bias ? [a, b, bias] : [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });

/** log(softmax(x)) along an axis, the last by default, without overflow. */
export const logSoftmax = (x: Value, axis = -1): Value => x.graph.apply("LogSoftmax", [x], { axis: axisOf(x, axis) });
/** exp(x) over its sum along an axis, the last by default. */
export const softmax = (x: Value, axis = -1): Value => x.graph.apply("Softmax", [x], { axis: axisOf(x, axis) });

/**
 * Rows of a table by their numbers: table [rows, ...], indices int64 of any shape, to [...indices, ...]; or along another
 * axis, through which no gradient flows back.
 */
export const gather = (table: Value, indices: Value, axis = 0): Value =>
  table.graph.apply("Gather", [table, indices], { axis: axisOf(table, axis) });

/** One row of `depth` zeros with a single one per label: int64 [...] in [0, depth) to float32 [..., depth]. */
export const oneHot = (labels: Value, depth: number): Value =>
  labels.graph.apply("OneHot", [labels, labels.graph.integers([depth]), labels.graph.constant([0, 1], [2])], {
    axis: -1,
  });

/** The mean of each map: [N, C, H, W] to [N, C]. */
export const globalAveragePool = (x: Value): Value =>
  reshape(x.graph.apply("GlobalAveragePool", [x]), [x.shape[0]!, x.shape[1]!]);

/** The affine map x * scale + shift per channel: x [N, C, H, W], both [C]. It is computed as the inference form of batch normalisation. */
export const channelAffine = (x: Value, channelScale: Value, channelShift: Value): Value => {
  const channels = x.shape[1]!;
  const zeros = x.graph.constant(new Array<number>(channels).fill(0), [channels]);
  const ones = x.graph.constant(new Array<number>(channels).fill(1), [channels]);
  return x.graph.apply("BatchNormalization", [x, channelScale, channelShift, zeros, ones], { epsilon: 0 });
};

/** One number for both directions, or one for down and one for across. */
export type Pair = number | readonly [down: number, across: number];

/** One width for all sides, one for above and below and one for left and right, or top, left, bottom, right. */
export type Padding = Pair | readonly [top: number, left: number, bottom: number, right: number];

/** How a window moves over an image; padding is 0, and stride and dilation are 1 (a pool's stride its kernel) by default. */
export interface WindowOptions {
  readonly stride?: Pair;
  readonly padding?: Padding;
  /** Steps between the taps of a window; 1 for neighbours. */
  readonly dilation?: Pair;
}

const pairOf = (pair: Pair): readonly [number, number] => (typeof pair === "number" ? [pair, pair] : pair);

const sidesOf = (padding: Padding): readonly number[] => {
  if (typeof padding === "number") return [padding, padding, padding, padding];
  return padding.length === 4 ? padding : [...padding, ...padding];
};

/** A window as ONNX describes it: sizes down and across, `pads` as top, left, bottom, right. */
interface WindowAttributes extends Attributes {
  readonly kernel_shape: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

const windowAttributes = (
  kernel: Pair,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
): WindowAttributes => ({
  kernel_shape: pairOf(kernel),
  strides: pairOf(stride),
  pads: sidesOf(padding),
  dilations: pairOf(dilation),
});

/** Options of the convolutions; `groups` as in PyTorch, 1 by default; `bias` [K], none by default. */
export interface Conv2dOptions extends WindowOptions {
  readonly groups?: number;
  readonly bias?: Value;
}

/** Two-dimensional convolution (torch.nn.functional.conv2d): x [N, C, H, W], w [K, C / groups, kh, kw] to [N, K, H', W']. */
export const conv2d = (x: Value, w: Value, { groups = 1, bias, ...window }: Conv2dOptions = {}): Value =>
  x.graph.apply("Conv", bias ? [x, w, bias] : [x, w], {
    ...windowAttributes([w.shape[2]!, w.shape[3]!], window),
    group: groups,
  });

/** Options of the transposed convolution. */
export interface ConvTranspose2dOptions extends Conv2dOptions {
  /** Height and width of the result, of those that the same convolution would bring to x; the smallest by default. */
  readonly outputSize?: readonly [height: number, width: number];
  /** Instead of `outputSize`: rows and columns added below and on the right. */
  readonly outputPadding?: number;
}

/** torch.nn.functional.conv_transpose2d: x [N, C, H, W], w [C, K / groups, kh, kw] to [N, K, H', W']. */
export const convTranspose2d = (
  x: Value,
  w: Value,
  { groups = 1, bias, outputSize, outputPadding = 0, ...window }: ConvTranspose2dOptions = {},
): Value => {
  const attributes = windowAttributes([w.shape[2]!, w.shape[3]!], window);
  const { strides, pads, dilations } = attributes as Record<string, readonly number[]>;
  const added = [0, 1].map((axis) => {
    const reach = dilations![axis]! * (w.shape[axis + 2]! - 1);
    const smallest = strides![axis]! * (x.shape[axis + 2]! - 1) + reach + 1 - pads![axis]! - pads![axis + 2]!;
    return outputSize ? outputSize[axis]! - smallest : outputPadding;
  });
  return x.graph.apply("ConvTranspose", bias ? [x, w, bias] : [x, w], {
    ...attributes,
    group: groups,
    output_padding: added,
  });
};

/** Options of the pooling operators. */
export interface PoolOptions extends WindowOptions {
  readonly kernel: Pair;
  /** Whether a last window that reaches beyond the padding counts too; false by default. */
  readonly ceilMode?: boolean;
}

/** The largest value of each window (torch.nn.functional.max_pool2d), [N, C, H, W] to [N, C, H', W']; padding never wins. */
export const maxPool2d = (x: Value, { kernel, ceilMode = false, ...window }: PoolOptions): Value => {
  const attributes = windowAttributes(kernel, { stride: kernel, ...window });
  const pads = ceilMode ? padsOfLastWindow(x, attributes) : attributes.pads;
  return x.graph.applyMany("MaxPool", [x], { ...attributes, pads })[0]!;
};

/**
 * Padding that reaches to the end of the last window, so that counting down gives PyTorch's number of windows when counting
 * up: a window that would begin beyond the picture is none. (ONNX Runtime's own `ceil_mode` infers one shape and computes
 * another in that case.)
 */
const padsOfLastWindow = (x: Value, { kernel_shape: kernel, strides, pads, dilations }: WindowAttributes): number[] => {
  const after = [0, 1].map((axis) => {
    const reach = dilations[axis]! * (kernel[axis]! - 1) + 1;
    const before = x.shape[axis + 2]! + pads[axis]!;
    const last = Math.ceil((before + pads[axis + 2]! - reach) / strides[axis]!);
    const isBeyond = last * strides[axis]! >= before;
    return Math.max(0, (isBeyond ? last - 1 : last) * strides[axis]! + reach - before);
  });
  if (after.some((width, axis) => width >= kernel[axis]!))
    refuse("A dilated window that reaches so far beyond the picture cannot be rounded up; pad the picture instead.");
  return [pads[0]!, pads[1]!, ...after];
};

/** Options of the average pool. */
export interface AveragePoolOptions extends Omit<PoolOptions, "dilation" | "ceilMode"> {
  /** Whether padding counts as zeros in the mean; true by default, as in PyTorch. */
  readonly countIncludePad?: boolean;
}

/** The mean of each window (torch.nn.functional.avg_pool2d), [N, C, H, W] to [N, C, H', W']. */
export const averagePool2d = (x: Value, { kernel, countIncludePad = true, ...window }: AveragePoolOptions): Value => {
  const { dilations: _, ...attributes } = windowAttributes(kernel, { stride: kernel, ...window });
  return x.graph.apply("AveragePool", [x], { ...attributes, count_include_pad: countIncludePad ? 1 : 0 });
};

/**
 * torch.nn.functional.adaptive_avg_pool2d: [N, C, H, W] to [N, C, height, width], each output the mean of the inputs from
 * floor(i H / height) to ceil((i + 1) H / height).
 */
export const adaptiveAveragePool2d = (x: Value, [height, width]: readonly [number, number]): Value =>
  alongBoth(x, averagingMatrix(x.shape[2]!, height), averagingMatrix(x.shape[3]!, width));

/** What a resampling along one axis does: one row of weights per output. */
interface Resampling {
  readonly rows: number;
  readonly weights: readonly number[];
}

/** Resamples rows, then columns: two products with constant matrices, whose gradient is that of a product. */
const alongBoth = (x: Value, down: Resampling, across: Resampling): Value => {
  const { graph } = x;
  const [height, width] = [x.shape[2]!, x.shape[3]!];
  const narrow = isIdentity(across, width)
    ? x
    : matmulTransposedB(x, graph.constant(across.weights, [across.rows, width]));
  return isIdentity(down, height) ? narrow : matmul(graph.constant(down.weights, [down.rows, height]), narrow);
};

const isIdentity = ({ rows, weights }: Resampling, size: number): boolean =>
  rows === size && weights.every((weight, i) => weight === (i % (size + 1) === 0 ? 1 : 0));

const averagingMatrix = (size: number, rows: number): Resampling => {
  const weights = new Array<number>(rows * size).fill(0);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [Math.floor((row * size) / rows), Math.ceil(((row + 1) * size) / rows)];
    for (let i = from; i < to; i++) weights[row * size + i] = 1 / (to - from);
  }
  return { rows, weights };
};

/**
 * Repeats every pixel `factor` times in both directions (torch.nn.functional.interpolate, mode nearest).
 *
 * @throws OsteonError `bad-usage` when the factor is no whole number above 0
 */
export const upsampleNearest2d = (x: Value, factor: number): Value => {
  if (!(Number.isInteger(factor) && factor > 0)) refuse(`Pixels are repeated a whole number of times, not ${factor}.`);
  const [height, width] = [x.shape[2]! * factor, x.shape[3]! * factor];
  return x.graph.apply(
    "Resize",
    [x, x.graph.none, x.graph.none, x.graph.integers([x.shape[0]!, x.shape[1]!, height, width])],
    {
      mode: "nearest",
      coordinate_transformation_mode: "asymmetric",
      nearest_mode: "floor",
    },
  );
};

/** Options of the bilinear resize. */
export interface ResizeOptions {
  readonly size: readonly [height: number, width: number];
  /** Whether the corners' centres coincide (true), or the corners themselves (false, PyTorch's default). */
  readonly alignCorners?: boolean;
}

/** torch.nn.functional.interpolate(mode="bilinear"), without antialiasing: [N, C, H, W] to [N, C, ...size]. */
export const resizeBilinear2d = (x: Value, { size, alignCorners = false }: ResizeOptions): Value =>
  x.graph.apply("Resize", [x, x.graph.none, x.graph.none, x.graph.integers([x.shape[0]!, x.shape[1]!, ...size])], {
    mode: "linear",
    coordinate_transformation_mode: alignCorners ? "align_corners" : "half_pixel",
  });

/** The weights of bilinear interpolation along one axis, as {@link resizeBilinear2d} applies them. */
const interpolationMatrix = (size: number, rows: number, alignCorners: boolean): Resampling => {
  const weights = new Array<number>(rows * size).fill(0);
  for (let row = 0; row < rows; row++) {
    const aligned = rows > 1 ? (row * (size - 1)) / (rows - 1) : 0;
    const centred = Math.max(((row + 0.5) * size) / rows - 0.5, 0);
    const place = alignCorners ? aligned : centred;
    const below = Math.min(Math.floor(place), size - 1);
    const share = place - below;
    weights[row * size + below]! += 1 - share;
    weights[row * size + Math.min(below + 1, size - 1)]! += share;
  }
  return { rows, weights };
};

/** The transpose of {@link resizeBilinear2d}: spreads the gradient of its result back over its input. */
export const resizeBilinear2dGradient = (dy: Value, { size, alignCorners = false }: ResizeOptions): Value => {
  const back = (from: number, to: number): Resampling => transposed(interpolationMatrix(to, from, alignCorners), to);
  return alongBoth(dy, back(dy.shape[2]!, size[0]), back(dy.shape[3]!, size[1]));
};

const transposed = ({ rows, weights }: Resampling, columns: number): Resampling => ({
  rows: columns,
  weights: Array.from({ length: columns * rows }, (_, i) => weights[(i % rows) * columns + Math.floor(i / rows)]!),
});

/** All axes in one: [a, b, c] to [a * b * c]. */
export const flatten = (x: Value): Value => reshape(x, [sizeOf(x.shape)]);
