/**
 * The one gradient table: for each operator, how the gradient of its output becomes the gradients of its inputs
 * (reverse-mode differentiation, vector-Jacobian products). Each rule is proven against finite differences in
 * gradient-rules.test.ts. An operator without a rule here cannot be differentiated through; `gradients` says so.
 */

import { OsteonError } from "../errors.ts";
import { convolutionInputGradient, convolutionWeightGradient, geometryOf } from "./convolution-gradients.ts";
import type { Attributes, TapeEntry, Value } from "./graph.ts";
import { maxPoolGradient } from "./max-pool-gradient.ts";
import {
  add,
  channelAffine,
  conv2d,
  convTranspose2d,
  divide,
  erf,
  exp,
  expand,
  flatten,
  gemm,
  isGreater,
  isPositive,
  matmul,
  matmulTransposedA,
  matmulTransposedB,
  multiply,
  negate,
  pad,
  reciprocal,
  reduceSum,
  reshape,
  resizeBilinear2dGradient,
  scale,
  sigmoid,
  slice,
  softmax,
  sqrt,
  subtract,
  transpose,
} from "./ops.ts";
import type { ProviderForms } from "./providers.ts";
import { type OperatorType, sizeOf } from "./shape-rules.ts";

type Rule = (entry: TapeEntry, dy: Value, forms: ProviderForms) => readonly (Value | undefined)[];

/** Undoes broadcasting: sums over the axes along which the operand was repeated. */
const unbroadcast = (gradient: Value, shape: readonly number[]): Value => {
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < lead || (shape[axis - lead] === 1 && size !== 1) ? [axis] : [],
  );
  if (axes.length === 0) return gradient;
  return reshape(reduceSum(gradient, axes, true), shape);
};

const reductionAxes = (entry: TapeEntry): readonly number[] => entry.inputs[1]!.integers!;

/** Spreads the gradient of a reduction over the reduced axes again. */
const unreduce = (entry: TapeEntry, dy: Value): Value => {
  const { shape } = entry.inputs[0]!;
  const kept = shape.map((size, axis) => (reductionAxes(entry).includes(axis) ? 1 : size));
  return expand(reshape(dy, kept), shape);
};

const scaleBy = (x: Value, factor: number): Value => (factor === 1 ? x : scale(x, factor));

/** Puts step - 1 zeros between neighbours along each axis. */
const spreadAlong = (x: Value, steps: readonly number[]): Value => {
  if (steps.every((step) => step === 1)) return x;
  const apart = reshape(
    x,
    x.shape.flatMap((size) => [size, 1]),
  );
  const none = new Array<number>(2 * steps.length).fill(0);
  const padded = pad(apart, [...none, ...steps.flatMap((step) => [0, step - 1])]);
  const joined = reshape(
    padded,
    x.shape.map((size, axis) => size * steps[axis]!),
  );
  const axes = x.shape.map((_, axis) => axis);
  const ends = x.shape.map((size, axis) => (size - 1) * steps[axis]! + 1);
  return slice(joined, { axes, starts: axes.map(() => 0), ends });
};

/** The gradient of each window's mean, spread over its taps: a transposed convolution of every channel by itself. */
const averagePoolGradient = (x: Value, dy: Value, attributes: Attributes): Value => {
  const { graph } = x;
  const [n, c, height, width] = x.shape as readonly [number, number, number, number];
  const [kernelHeight, kernelWidth] = attributes.kernel_shape as readonly [number, number];
  const window = {
    stride: attributes.strides as readonly [number, number],
    padding: attributes.pads as readonly [number, number, number, number],
  };
  const taps = kernelHeight * kernelWidth;
  const ones = graph.constant(new Array<number>(taps).fill(1), [1, 1, kernelHeight, kernelWidth]);
  const inside = (): Value => conv2d(expand(graph.constant([1], [1, 1, 1, 1]), [1, 1, height, width]), ones, window);
  const share =
    attributes.count_include_pad === 1 || window.padding.every((side) => side === 0)
      ? scale(dy, 1 / taps)
      : divide(dy, inside());
  const single = reshape(share, [n * c, 1, dy.shape[2]!, dy.shape[3]!]);
  return reshape(convTranspose2d(single, ones, { ...window, outputSize: [height, width] }), x.shape);
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
  Sigmoid: ({ outputs: [y] }, dy) => [multiply(dy, subtract(y!, multiply(y!, y!)))],
  Tanh: ({ outputs: [y] }, dy) => [subtract(dy, multiply(dy, multiply(y!, y!)))],
  Erf: ({ inputs: [x] }, dy) => [multiply(dy, scale(exp(negate(multiply(x!, x!))), 2 / Math.sqrt(Math.PI)))],
  Softplus: ({ inputs: [x] }, dy) => [multiply(dy, sigmoid(x!))],
  Abs: ({ inputs: [x] }, dy) => [multiply(dy, subtract(isPositive(x!), isPositive(negate(x!))))],
  Gelu: ({ inputs: [x] }, dy) => {
    // Phi(x) + x phi(x)
    const phi = scale(exp(scale(multiply(x!, x!), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    const cumulative = scale(add(erf(scale(x!, Math.SQRT1_2)), x!.graph.scalar(1)), 0.5);
    return [multiply(dy, add(cumulative, multiply(x!, phi)))];
  },
  Clip: ({ inputs: [x, low, high] }, dy) => [multiply(dy, multiply(isGreater(x!, low!), isGreater(high!, x!)))],
  Max: ({ inputs: [a, b] }, dy) => {
    const second = multiply(dy, isGreater(b!, a!));
    return [unbroadcast(subtract(dy, second), a!.shape), unbroadcast(second, b!.shape)];
  },
  Min: ({ inputs: [a, b] }, dy) => {
    const second = multiply(dy, isGreater(a!, b!));
    return [unbroadcast(subtract(dy, second), a!.shape), unbroadcast(second, b!.shape)];
  },
  Pow: ({ inputs: [x, exponent] }, dy) => [
    multiply(dy, multiply(exponent!, x!.graph.apply("Pow", [x!, subtract(exponent!, x!.graph.scalar(1))]))),
  ],
  Softmax: ({ outputs: [y], attributes }, dy) => {
    const axis = attributes.axis as number;
    return [multiply(y!, subtract(dy, reduceSum(multiply(dy, y!), [axis], true)))];
  },
  ReduceSum: (entry, dy) => [unreduce(entry, dy)],
  ReduceMean: (entry, dy) => [scale(unreduce(entry, dy), sizeOf(dy.shape) / sizeOf(entry.inputs[0]!.shape))],
  ReduceMax: (entry, dy) => {
    const { shape } = entry.inputs[0]!;
    const kept = shape.map((size, axis) => (reductionAxes(entry).includes(axis) ? 1 : size));
    const largest = reshape(entry.outputs[0]!, kept);
    const isLargest = subtract(dy.graph.scalar(1), isGreater(largest, entry.inputs[0]!));
    return [
      multiply(isLargest, expand(divide(reshape(dy, kept), reduceSum(isLargest, reductionAxes(entry), true)), shape)),
    ];
  },
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
    if (steps?.integers?.some((step) => step < 0)) {
      throw new OsteonError("unsupported", "A slice that goes backwards has no gradient yet.");
    }
    const before = x!.shape.map(() => 0);
    axes!.integers!.forEach((axis, i) => {
      before[axis] = starts!.integers![i]!;
    });
    const every = x!.shape.map(() => 1);
    axes!.integers!.forEach((axis, i) => {
      every[axis] = steps?.integers?.[i] ?? 1;
    });
    const spread = spreadAlong(dy, every);
    const after = x!.shape.map((size, axis) => size - before[axis]! - spread.shape[axis]!);
    return [pad(spread, [...before, ...after])];
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
    unbroadcast(matmulTransposedB(dy, b!), a!.shape),
    unbroadcast(matmulTransposedA(a!, dy), b!.shape),
  ],
  Gemm: ({ inputs: [a, b, bias], attributes }, dy) => {
    const transA = attributes.transA === 1;
    const transB = attributes.transB === 1;
    return [
      transA ? gemm(b!, dy, { transA: transB, transB: true }) : gemm(dy, b!, { transB: !transB }),
      transB ? gemm(dy, a!, { transA: true, transB: transA }) : gemm(a!, dy, { transA: !transA }),
      bias && unbroadcast(dy, bias.shape),
    ];
  },
  FusedMatMul: ({ inputs: [a, b], attributes }, dy) => {
    const alpha = attributes.alpha as number;
    const { transA, transB } = attributes;
    if (transA === 1 && transB === 1) throw new OsteonError("unsupported", "A^T B^T has no gradient yet.");
    if (transA === 1) {
      // y = a^T b: da = b dy^T, db = a dy
      return [
        unbroadcast(matmulTransposedB(b!, dy, alpha), a!.shape),
        unbroadcast(scaleBy(matmul(a!, dy), alpha), b!.shape),
      ];
    }
    if (transB === 1) {
      // y = a b^T: da = dy b, db = dy^T a
      return [
        unbroadcast(scaleBy(matmul(dy, b!), alpha), a!.shape),
        unbroadcast(matmulTransposedA(dy, a!, alpha), b!.shape),
      ];
    }
    return [
      unbroadcast(matmulTransposedB(dy, b!, alpha), a!.shape),
      unbroadcast(matmulTransposedA(a!, dy, alpha), b!.shape),
    ];
  },
  Gather: ({ inputs: [table, indices], attributes }, dy) => {
    const { graph } = table!;
    if (attributes.axis !== 0)
      throw new OsteonError("unsupported", "Only a Gather along the first axis has a gradient.");
    const count = sizeOf(indices!.shape);
    const zeros = expand(
      graph.constant(
        [0],
        table!.shape.map(() => 1),
      ),
      table!.shape,
    );
    const places = graph.apply("Reshape", [indices!, graph.integers([count, 1])]);
    const rows = reshape(dy, [count, ...table!.shape.slice(1)]);
    return [graph.apply("ScatterND", [zeros, places, rows], { reduction: "add" })];
  },
  Resize: ({ inputs: [x], outputs: [y], attributes }, dy) => {
    const [n, c, height, width] = x!.shape as readonly [number, number, number, number];
    if (attributes.mode === "nearest") {
      const [down, across] = [y!.shape[2]! / height, y!.shape[3]! / width];
      return [reshape(reduceSum(reshape(dy, [n, c, height, down, width, across]), [3, 5]), x!.shape)];
    }
    const alignCorners = attributes.coordinate_transformation_mode === "align_corners";
    return [resizeBilinear2dGradient(dy, { size: [height, width], alignCorners })];
  },
  AveragePool: ({ inputs: [x], attributes }, dy) => [averagePoolGradient(x!, dy, attributes)],
  GlobalAveragePool: ({ inputs: [x] }, dy) => {
    const area = x!.shape[2]! * x!.shape[3]!;
    return [expand(scale(dy, 1 / area), x!.shape)];
  },
  // By stored statistics; in training, nn's batch normalisation brings a rule of its own.
  BatchNormalization: ({ inputs: [x, gamma, , mean, variance], attributes }, dy) => {
    const { graph, shape } = gamma!;
    const filled = (value: number): Value => graph.constant(new Array<number>(shape[0]!).fill(value), shape);
    const normalised = graph.apply("BatchNormalization", [x!, filled(1), filled(0), mean!, variance!], attributes);
    const inverseSigma = reciprocal(sqrt(add(variance!, graph.scalar(attributes.epsilon as number))));
    const onNormalised = multiply(gamma!, inverseSigma);
    const others = x!.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
    const sum = reduceSum(dy, others);
    const dot = reduceSum(multiply(dy, normalised), others);
    const onVariance = scale(multiply(multiply(onNormalised, inverseSigma), dot), -0.5);
    return [channelAffine(dy, onNormalised, filled(0)), dot, sum, negate(multiply(onNormalised, sum)), onVariance];
  },
  MaxPool: ({ inputs: [x], outputs: [y, indices], attributes }, dy, { maxPool }) => {
    if (maxPool === "comparisons") return [maxPoolGradient(x!, y!, { dy, attributes })];
    // ONNX numbers the winners over the whole flattened input, so one scatter puts every gradient back.
    const zeros = expand(x!.graph.constant([0], [1]), [sizeOf(x!.shape)]);
    const winners = x!.graph.apply("Reshape", [indices!, x!.graph.integers([sizeOf(y!.shape)])]);
    const scattered = x!.graph.apply("ScatterElements", [zeros, winners, flatten(dy)], { axis: 0, reduction: "add" });
    return [reshape(scattered, x!.shape)];
  },
  Conv: ({ inputs: [x, w, bias], attributes }, dy) => {
    const geometry = geometryOf(attributes);
    return [
      convolutionInputGradient(x!, w!, { dy, geometry }),
      convolutionWeightGradient(x!, w!, { dy, geometry }),
      bias && reduceSum(dy, [0, 2, 3]),
    ];
  },
  // The transpose of a convolution that takes dy to dx: both of its gradients are those of that one, ends changed.
  ConvTranspose: ({ inputs: [x, w, bias], attributes }, dy) => {
    const geometry = geometryOf(attributes);
    const { strides, pads, dilations, group } = geometry;
    return [
      conv2d(dy, w!, { stride: strides, padding: pads, dilation: dilations, groups: group }),
      convolutionWeightGradient(dy, w!, { dy: x!, geometry }),
      bias && reduceSum(dy, [0, 2, 3]),
    ];
  },
};
