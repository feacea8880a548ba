/**
 * The one gradient table: for each operator, how the gradient of its output becomes the gradients of its inputs
 * (reverse-mode differentiation, vector-Jacobian products). Each rule is proven against finite differences in
 * gradient-rules.test.ts. An operator without a rule here cannot be differentiated through; `gradients` says so.
 */

import { OsteonError } from "../errors.ts";
import { convolutionInputGradient, convolutionWeightGradient } from "./convolution-gradients.ts";
import type { TapeEntry, Value } from "./graph.ts";
import {
  divide,
  expand,
  flatten,
  gemm,
  isPositive,
  matmul,
  multiply,
  negate,
  pad,
  reduceSum,
  reshape,
  scale,
  slice,
  softmax,
  subtract,
  transpose,
} from "./ops.ts";
import { type OperatorType, sizeOf } from "./shape-rules.ts";

type Rule = (entry: TapeEntry, dy: Value) => readonly (Value | undefined)[];

/** Undoes broadcasting: sums over the axes along which the operand was repeated. */
const unbroadcast = (gradient: Value, shape: readonly number[]): Value => {
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < lead || (shape[axis - lead] === 1 && size !== 1) ? [axis] : [],
  );
  if (axes.length === 0) return gradient;
  return reshape(reduceSum(gradient, axes, true), shape);
};

const swapLast = (x: Value): Value => {
  const rank = x.shape.length;
  return transpose(x, [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2]);
};

const reductionAxes = (entry: TapeEntry): readonly number[] => entry.inputs[1]!.integers!;

/** Spreads the gradient of a reduction over the reduced axes again. */
const unreduce = (entry: TapeEntry, dy: Value): Value => {
  const { shape } = entry.inputs[0]!;
  const kept = shape.map((size, axis) => (reductionAxes(entry).includes(axis) ? 1 : size));
  return expand(reshape(dy, kept), shape);
};

/** One rule per operator; inputs that carry no gradient (axes, shapes, labels) get none. */
export const gradientRules: Partial<Record<OperatorType, Rule>> = {
  Add: ({ inputs: [a, b] }, dy) => [unbroadcast(dy, a!.shape), unbroadcast(dy, b!.shape)],
  Sub: ({ inputs: [a, b] }, dy) => [unbroadcast(dy, a!.shape), unbroadcast(negate(dy), b!.shape)],
  Mul: ({ inputs: [a, b] }, dy) => [unbroadcast(multiply(dy, b!), a!.shape), unbroadcast(multiply(dy, a!), b!.shape)],
  Div: ({ inputs: [a, b], outputs: [y] }, dy) => [
    unbroadcast(divide(dy, b!), a!.shape),
    unbroadcast(negate(divide(multiply(dy, y!), b!)), b!.shape),
  ],
  Neg: (_, dy) => [negate(dy)],
  Exp: ({ outputs: [y] }, dy) => [multiply(dy, y!)],
  Log: ({ inputs: [x] }, dy) => [divide(dy, x!)],
  Sqrt: ({ outputs: [y] }, dy) => [divide(scale(dy, 0.5), y!)],
  Reciprocal: ({ outputs: [y] }, dy) => [negate(multiply(dy, multiply(y!, y!)))],
  Relu: ({ outputs: [y] }, dy) => [multiply(dy, isPositive(y!))],
  Identity: (_, dy) => [dy],
  LogSoftmax: ({ inputs: [x], attributes }, dy) => {
    const axis = attributes.axis as number;
    return [subtract(dy, multiply(softmax(x!, axis), reduceSum(dy, [axis], true)))];
  },
  Softmax: ({ outputs: [y], attributes }, dy) => {
    const axis = attributes.axis as number;
    return [multiply(y!, subtract(dy, reduceSum(multiply(dy, y!), [axis], true)))];
  },
  ReduceSum: (entry, dy) => [unreduce(entry, dy)],
  ReduceMean: (entry, dy) => [scale(unreduce(entry, dy), sizeOf(dy.shape) / sizeOf(entry.inputs[0]!.shape))],
  Reshape: ({ inputs: [x] }, dy) => [reshape(dy, x!.shape)],
  Expand: ({ inputs: [x] }, dy) => [unbroadcast(dy, x!.shape)],
  Transpose: ({ attributes }, dy) => {
    const perm = attributes.perm as readonly number[];
    return [
      transpose(
        dy,
        perm.map((_, axis) => perm.indexOf(axis)),
      ),
    ];
  },
  Concat: ({ inputs, attributes }, dy) => {
    const axis = attributes.axis as number;
    let start = 0;
    return inputs.map(({ shape }) => {
      const end = start + shape[axis]!;
      const part = slice(dy, { axes: [axis], starts: [start], ends: [end] });
      start = end;
      return part;
    });
  },
  Slice: ({ inputs: [x, starts, , axes, steps] }, dy) => {
    if (steps?.integers?.some((step) => step !== 1)) {
      throw new OsteonError("unsupported", "Slice with steps other than 1 has no gradient yet.");
    }
    const before = x!.shape.map(() => 0);
    axes!.integers!.forEach((axis, i) => {
      before[axis] = starts!.integers![i]!;
    });
    const after = x!.shape.map((size, axis) => size - before[axis]! - dy.shape[axis]!);
    return [pad(dy, [...before, ...after])];
  },
  Pad: ({ inputs: [x, pads] }, dy) => {
    const before = pads!.integers!.slice(0, x!.shape.length);
    return [
      slice(dy, {
        axes: x!.shape.map((_, axis) => axis),
        starts: before,
        ends: x!.shape.map((size, axis) => size + before[axis]!),
      }),
    ];
  },
  MatMul: ({ inputs: [a, b] }, dy) => [
    unbroadcast(matmul(dy, swapLast(b!)), a!.shape),
    unbroadcast(matmul(swapLast(a!), dy), b!.shape),
  ],
  Gemm: ({ inputs: [a, b], attributes }, dy) => {
    const transA = attributes.transA === 1;
    const transB = attributes.transB === 1;
    return [
      transA ? gemm(b!, dy, { transA: transB, transB: true }) : gemm(dy, b!, { transB: !transB }),
      transB ? gemm(dy, a!, { transA: true, transB: transA }) : gemm(a!, dy, { transA: !transA }),
    ];
  },
  GlobalAveragePool: ({ inputs: [x] }, dy) => {
    const area = x!.shape[2]! * x!.shape[3]!;
    return [expand(scale(dy, 1 / area), x!.shape)];
  },
  MaxPool: ({ inputs: [x], outputs: [y, indices] }, dy) => {
    // ONNX numbers the winners over the whole flattened input, so one scatter puts every gradient back.
    const zeros = expand(x!.graph.constant([0], [1]), [sizeOf(x!.shape)]);
    const winners = x!.graph.apply("Reshape", [indices!, x!.graph.integers([sizeOf(y!.shape)])]);
    const scattered = x!.graph.apply("ScatterElements", [zeros, winners, flatten(dy)], { axis: 0, reduction: "add" });
    return [reshape(scattered, x!.shape)];
  },
  Conv: (entry, dy) => [
    convolutionInputGradient(entry, dy),
    convolutionWeightGradient(entry, dy),
    ...(entry.inputs.length > 2 ? [reduceSum(dy, [0, 2, 3])] : []),
  ],
};
