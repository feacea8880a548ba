/**
 * Static shape inference: one rule per operator that Osteon's graphs may hold. An operator without a rule here cannot be
 * written, so every tensor's shape is known while the graph is built, and a mismatch is told where it is made.
 */

import { OsteonError } from "../errors.ts";
import type { ElementType } from "../onnx/model.ts";
import type { Attributes, Value } from "./graph.ts";

/** Shape and element type of an output; the type defaults to float32. */
export interface OutputShape {
  readonly shape: readonly number[];
  readonly type?: ElementType;
}

type ShapeRule = (inputs: readonly Value[], attributes: Attributes) => readonly OutputShape[];

/** The shape that broadcasting gives (ONNX: multidirectional, as NumPy). */
export const broadcastShape = (operator: string, a: readonly number[], b: readonly number[]): number[] => {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1)
      fail(operator, `cannot broadcast ${show(a)} with ${show(b)}`, { a, b });
    return left === 1 ? right : left;
  });
};

/** The number of values in a tensor of this shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const binary =
  (operator: string): ShapeRule =>
  ([a, b]) => [{ shape: broadcastShape(operator, a!.shape, b!.shape) }];

const sameShape: ShapeRule = ([x]) => [{ shape: x!.shape }];

const integerList = (attributes: Attributes, name: string): readonly number[] => {
  const value = attributes[name];
  if (!Array.isArray(value)) throw new OsteonError("bad-usage", `The attribute "${name}" is missing.`);
  return value as readonly number[];
};

const windowed: ShapeRule = ([x], attributes) => {
  const kernel = integerList(attributes, "kernel_shape");
  const strides = integerList(attributes, "strides");
  const pads = integerList(attributes, "pads");
  const dilations = (attributes.dilations as readonly number[] | undefined) ?? kernel.map(() => 1);
  const spatial = kernel.map((size, i) => {
    const padded = x!.shape[i + 2]! + pads[i]! + pads[i + kernel.length]!;
    const places = (padded - dilations[i]! * (size - 1) - 1) / strides[i]!;
    return Math.floor(places) + 1;
  });
  if (spatial.some((size) => size < 1)) {
    fail("Conv or pool", `a window of ${show(kernel)} does not fit into ${show(x!.shape)} with pads ${show(pads)}`, {
      kernel,
    });
  }
  return [{ shape: [...x!.shape.slice(0, 2), ...spatial] }];
};

const reduce: ShapeRule = ([x, axes], attributes) => {
  const reduced = integersOf("A reduction", axes);
  const keep = attributes.keepdims === 1;
  const shape = x!.shape.flatMap((size, axis) => (reduced.includes(axis) ? (keep ? [1] : []) : [size]));
  return [{ shape }];
};

const integersOf = (operator: string, value: Value | undefined): readonly number[] => {
  const integers = value?.integers;
  if (!integers) throw new OsteonError("bad-usage", `${operator} needs a constant list of integers here.`);
  return integers;
};

/** Sizes as they are written: none of ONNX's signs for "as before" and "what is left over". */
const sizesOf = (operator: string, value: Value | undefined): readonly number[] => {
  const sizes = integersOf(operator, value);
  if (sizes.some((size) => size < 0)) fail(operator, `needs sizes and was given ${show(sizes)}`, { sizes });
  return sizes;
};

/** One rule per operator type. */
export const shapeRules = {
  Add: binary("Add"),
  Sub: binary("Sub"),
  Mul: binary("Mul"),
  Div: binary("Div"),
  Pow: binary("Pow"),
  Max: binary("Max"),
  Min: binary("Min"),
  Clip: sameShape,
  Relu: sameShape,
  Sigmoid: sameShape,
  Tanh: sameShape,
  Erf: sameShape,
  Gelu: sameShape,
  Softplus: sameShape,
  Abs: sameShape,
  Neg: sameShape,
  Exp: sameShape,
  Log: sameShape,
  Sqrt: sameShape,
  Reciprocal: sameShape,
  Identity: ([x]) => [{ shape: x!.shape, type: x!.type }],
  Greater: ([a, b]) => [{ shape: broadcastShape("Greater", a!.shape, b!.shape), type: "bool" }],
  Cast: ([x], attributes) => [
    { shape: x!.shape, type: attributes.to === 1 ? "float32" : attributes.to === 7 ? "int64" : "bool" },
  ],
  ArgMax: ([x], attributes) => [{ shape: x!.shape.filter((_, axis) => axis !== attributes.axis), type: "int64" }],
  LogSoftmax: sameShape,
  Softmax: sameShape,
  OneHot: ([indices, depth]) => [{ shape: [...indices!.shape, ...integersOf("OneHot", depth)] }],
  Conv: ([x, w], attributes) => {
    const group = (attributes.group as number | undefined) ?? 1;
    if (x!.shape[1] !== w!.shape[1]! * group) {
      fail("Conv", `has ${x!.shape[1]} input channels but kernels for ${w!.shape[1]! * group}`, {
        x: x!.shape,
        w: w!.shape,
      });
    }
    const [{ shape }] = windowed([x!], attributes) as [OutputShape];
    return [{ shape: [shape[0]!, w!.shape[0]!, ...shape.slice(2)] }];
  },
  ConvTranspose: ([x, w], attributes) => {
    const kernel = integerList(attributes, "kernel_shape");
    const strides = integerList(attributes, "strides");
    const pads = integerList(attributes, "pads");
    const dilations = integerList(attributes, "dilations");
    const outputPadding = integerList(attributes, "output_padding");
    const group = (attributes.group as number | undefined) ?? 1;
    if (x!.shape[1] !== w!.shape[0]) {
      fail("ConvTranspose", `has ${x!.shape[1]} input channels but kernels for ${w!.shape[0]}`, {
        x: x!.shape,
        w: w!.shape,
      });
    }
    const spatial = kernel.map(
      (size, i) =>
        strides[i]! * (x!.shape[i + 2]! - 1) +
        outputPadding[i]! +
        dilations[i]! * (size - 1) +
        1 -
        pads[i]! -
        pads[i + kernel.length]!,
    );
    if (outputPadding.some((width, i) => width < 0 || width >= Math.max(strides[i]!, dilations[i]!))) {
      fail("ConvTranspose", `cannot reach ${show(spatial)} with strides ${show(strides)}`, { strides });
    }
    return [{ shape: [x!.shape[0]!, w!.shape[1]! * group, ...spatial] }];
  },
  BatchNormalization: sameShape,
  LayerNormalization: ([x], attributes) => {
    const axis = attributes.axis as number;
    const kept = x!.shape.map((size, i) => (i < axis ? size : 1));
    return [{ shape: x!.shape }, { shape: kept }, { shape: kept }];
  },
  MaxPool: ([x], attributes) => {
    const [{ shape }] = windowed([x!], attributes) as [OutputShape];
    return [{ shape }, { shape, type: "int64" }];
  },
  AveragePool: windowed,
  Resize: ([x, , , sizes]) => {
    const target = sizesOf("Resize", sizes);
    if (target.length !== x!.shape.length || target.some((size) => size < 1))
      fail("Resize", `cannot bring ${show(x!.shape)} to ${show(target)}`, { x: x!.shape, target });
    return [{ shape: target }];
  },
  Gather: ([table, indices], attributes) => {
    const axis = attributes.axis as number;
    const shape = [...table!.shape.slice(0, axis), ...indices!.shape, ...table!.shape.slice(axis + 1)];
    return [{ shape, type: table!.type }];
  },
  GlobalAveragePool: ([x]) => [{ shape: [...x!.shape.slice(0, 2), ...x!.shape.slice(2).map(() => 1)] }],
  MatMul: ([a, b]) => [{ shape: matrixProduct("MatMul", a!.shape, b!.shape) }],
  FusedMatMul: ([a, b], attributes) => [
    {
      shape: matrixProduct(
        "FusedMatMul",
        attributes.transA === 1 ? swapLast(a!.shape) : a!.shape,
        attributes.transB === 1 ? swapLast(b!.shape) : b!.shape,
      ),
    },
  ],
  Gemm: ([a, b], attributes) => [
    {
      shape: matrixProduct(
        "Gemm",
        attributes.transA === 1 ? swapLast(a!.shape) : a!.shape,
        attributes.transB === 1 ? swapLast(b!.shape) : b!.shape,
      ),
    },
  ],
  ReduceSum: reduce,
  ReduceMean: reduce,
  ReduceMax: reduce,
  Reshape: ([x, shape]) => {
    const target = sizesOf("Reshape", shape);
    if (sizeOf(target) !== sizeOf(x!.shape))
      fail("Reshape", `cannot turn ${show(x!.shape)} into ${show(target)}`, { x: x!.shape, target });
    return [{ shape: target, type: x!.type }];
  },
  Expand: ([x, shape]) => [{ shape: broadcastShape("Expand", x!.shape, sizesOf("Expand", shape)) }],
  Transpose: ([x], attributes) => [
    { shape: integerList(attributes, "perm").map((axis) => x!.shape[axis]!), type: x!.type },
  ],
  Concat: (inputs, attributes) => {
    const axis = attributes.axis as number;
    const first = inputs[0]!.shape;
    for (const { shape } of inputs) {
      if (shape.length !== first.length || shape.some((size, i) => i !== axis && size !== first[i])) {
        fail("Concat", `along axis ${axis} cannot join ${show(first)} and ${show(shape)}`, { first, shape });
      }
    }
    return [{ shape: first.map((size, i) => (i === axis ? inputs.reduce((sum, x) => sum + x.shape[i]!, 0) : size)) }];
  },
  Split: ([x], attributes) => {
    const [axis, parts] = [attributes.axis as number, attributes.num_outputs as number];
    const shape = x!.shape.map((size, i) => (i === axis ? size / parts : size));
    return Array.from({ length: parts }, () => ({ shape }));
  },
  Slice: ([x, starts, ends, axes, steps]) => {
    const from = integersOf("Slice", starts);
    const to = integersOf("Slice", ends);
    const by = steps ? integersOf("Slice", steps) : from.map(() => 1);
    const shape = [...x!.shape];
    integersOf("Slice", axes).forEach((axis, i) => {
      const size = shape[axis]!;
      const end = to[i]! < 0 ? to[i]! + size : to[i]!;
      shape[axis] = Math.ceil((end - from[i]!) / by[i]!);
    });
    return [{ shape, type: x!.type }];
  },
  Pad: ([x, pads]) => {
    const widths = integersOf("Pad", pads);
    return [{ shape: x!.shape.map((size, i) => size + widths[i]! + widths[i + x!.shape.length]!) }];
  },
  ScatterElements: sameShape,
  ScatterND: sameShape,
} satisfies Record<string, ShapeRule>;

/** The operators that a graph may hold. */
export type OperatorType = keyof typeof shapeRules;

const swapLast = (shape: readonly number[]): number[] => [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];

const matrixProduct = (operator: string, a: readonly number[], b: readonly number[]): number[] => {
  if (a.at(-1) !== b.at(-2)) fail(operator, `cannot multiply ${show(a)} by ${show(b)}`, { a, b });
  return [...broadcastShape(operator, a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!];
};

const show = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

const fail = (operator: string, what: string, context: Record<string, unknown>): never => {
  throw new OsteonError("shape-mismatch", `${operator} ${what}.`, context);
};
