/**
 * TensorFlow Lite models (schema.fbs, version 3): their constant tensors, and the convolutions in the order in which the model
 * applies them. Quantised tensors become floats by their scale and zero point, so a network made of them computes in floats
 * what the quantised one approximates.
 */

import { type NumberFormat, numberFormats, toFloat32 } from "../engine/number-formats.ts";
import { sizeOf } from "../engine/shape-rules.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError, shown } from "../errors.ts";
import { FlatTable } from "./flatbuffer.ts";
import { ValueBudget } from "./value-budget.ts";

/** How integers stand for real numbers: real = scale * (integer - zeroPoint); one pair for all, or one per place of an axis. */
interface Quantisation {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The number of its TensorType in the schema. */
  readonly type: number;
  /** Empty for what the model computes. */
  readonly data: Uint8Array;
  readonly quantisation: Quantisation;
}

interface TfliteOperator {
  /** The number of its BuiltinOperator in the schema. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
}

/** By their numbers in the schema's TensorType. */
const formats: ReadonlyMap<number, NumberFormat> = new Map([
  [0, "float32"],
  [1, "float16"],
  [2, "int32"],
  [3, "uint8"],
  [4, "int64"],
  [7, "int16"],
  [9, "int8"],
  [10, "float64"],
]);

/** Texts, truth values, resources and variants. */
const noNumbers: ReadonlySet<number> = new Set([5, 6, 13, 14]);

/** By their numbers in the schema's BuiltinOperator. */
const operatorCodes = { convolution: 3, depthwiseConvolution: 4, dequantise: 6, fullyConnected: 9 } as const;

const broken = (why: string): OsteonError => new OsteonError("bad-input", `The TFLite file is corrupt: ${why}.`);

/** Whether the bytes carry the mark of a TFLite file. */
export const isTflite = (file: Uint8Array): boolean =>
  [...Buffer.from("TFL3")].every((byte, i) => file[4 + i] === byte);

const readModel = (file: Uint8Array): TfliteModel => {
  if (!isTflite(file)) throw new OsteonError("bad-input", "The file is no TFLite model: it lacks the mark TFL3.");
  const model = FlatTable.root(file);
  const [graph] = model.tables(2);
  if (!graph) throw broken("it has no graph");
  const codes = model.tables(1).map((code) => Math.max(code.uint8(0), code.int32(3)));
  const buffers = model.tables(4);
  return {
    tensors: graph.tables(0).map((tensor) => readTensor(tensor, buffers)),
    operators: graph.tables(3).map((operator) => ({
      code: codes[operator.uint32(0)] ?? -1,
      inputs: operator.int32s(1),
      outputs: operator.int32s(2),
    })),
  };
};

const readTensor = (tensor: FlatTable, buffers: readonly FlatTable[]): TfliteTensor => {
  const name = tensor.text(3);
  const shape = tensor.int32s(0);
  if (shape.some((size) => size < 0)) throw broken(`the shape of ${shown(name)} is negative`);
  const buffer = buffers[tensor.uint32(2)];
  if (!buffer) throw broken(`the numbers of ${shown(name)} are missing`);
  if (buffer.has(1)) {
    throw new OsteonError(
      "unsupported",
      `The numbers of ${shown(name)} lie outside the TFLite model's tables: not read.`,
    );
  }
  const quantisation = tensor.table(4);
  return {
    name,
    shape,
    type: tensor.uint8(1),
    data: buffer.bytes(0),
    quantisation: {
      scales: quantisation?.float32s(2) ?? [],
      zeroPoints: quantisation?.int64s(3) ?? [],
      axis: quantisation?.int32(6) ?? 0,
    },
  };
};

const realNumbers = ({ name, shape, type, data, quantisation }: TfliteTensor): FloatTensor => {
  const format = formats.get(type);
  if (!format) {
    throw new OsteonError(
      "unsupported",
      `The tensor ${shown(name)} of the TFLite model has type ${type}, which is not read.`,
    );
  }
  if (data.length !== sizeOf(shape) * numberFormats[format].bytes)
    throw broken(`${shown(name)} does not fit its shape`);
  const numbers = toFloat32(data, format);
  const { scales, zeroPoints, axis } = quantisation;
  if (scales.length === 0) return floatTensor(shape, numbers);
  if (scales.length > 1 && scales.length !== shape[axis])
    throw broken(`the scales of ${shown(name)} do not fit its shape`);
  const inner = scales.length === 1 ? numbers.length : sizeOf(shape.slice(axis + 1));
  for (let i = 0; i < numbers.length; i++) {
    const place = Math.floor(i / inner) % scales.length;
    numbers[i] = scales[place]! * (numbers[i]! - (zeroPoints[place] ?? 0));
  }
  return floatTensor(shape, numbers);
};

/**
 * The constant tensors by TensorFlow's names and in its layout: kernels [out, height, width, in], of depthwise convolutions
 * [1, height, width, channels]. Texts, truth values and handles of resources are passed over.
 *
 * @throws OsteonError `bad-input` for a truncated or corrupt file; `unsupported` where the numbers lie outside the tables or
 *   are of a type that is not read
 */
export const decodeTfliteWeights = (file: Uint8Array): StateDict => {
  const state = new Map<string, FloatTensor>();
  for (const tensor of readModel(file).tensors) {
    if (tensor.data.length === 0 || noNumbers.has(tensor.type)) continue;
    if (state.has(tensor.name)) throw broken(`${shown(tensor.name)} is there twice`);
    state.set(tensor.name, realNumbers(tensor));
  }
  return state;
};

/** A convolution or fully connected layer with the batch normalisation that followed it in training folded in. */
export interface FoldedLayer {
  /** TensorFlow's name of the weight. */
  readonly name: string;
  /** In PyTorch's layout: [out, in / groups, height, width], or [out, in]. */
  readonly weight: FloatTensor;
  /** [out]; zeros where the model has none. */
  readonly bias: FloatTensor;
}

/**
 * The convolutions and fully connected layers of a TFLite model, in the order of their use.
 *
 * @throws OsteonError as {@link decodeTfliteWeights}
 */
export const tfliteLayers = (file: Uint8Array): readonly FoldedLayer[] => {
  const { tensors, operators } = readModel(file);
  const dequantised = new Map<number | undefined, number | undefined>(
    operators
      .filter(({ code }) => code === operatorCodes.dequantise)
      .map(({ inputs, outputs }) => [outputs[0], inputs[0]]),
  );
  const numbers = new Map<TfliteTensor, FloatTensor>(); // layers may share weights, and a hostile file has many that do
  const constant = (index: number | undefined): FloatTensor & { readonly name: string } => {
    const tensor = tensors[dequantised.get(index) ?? index ?? -1];
    if (!tensor || tensor.data.length === 0) throw broken("a layer has no constant weights");
    const read = numbers.get(tensor) ?? realNumbers(tensor);
    numbers.set(tensor, read);
    return { name: tensor.name, ...read };
  };
  const budget = new ValueBudget(file.length);
  const kinds: ReadonlySet<number> = new Set([
    operatorCodes.convolution,
    operatorCodes.depthwiseConvolution,
    operatorCodes.fullyConnected,
  ]);
  return operators
    .filter(({ code }) => kinds.has(code))
    .map(({ code, inputs }) => {
      const { name, shape, data } = constant(inputs[1]);
      budget.take(data.length);
      if (shape.length !== (code === operatorCodes.fullyConnected ? 2 : 4)) throw broken(`${shown(name)} is no kernel`);
      const weight = code === operatorCodes.fullyConnected ? { shape, data } : channelsFirst({ shape, data }, code);
      const hasBias = (inputs[2] ?? -1) >= 0;
      const bias = hasBias ? constant(inputs[2]) : floatTensor([weight.shape[0]!], new Float32Array(weight.shape[0]!));
      return { name, weight, bias: { shape: bias.shape, data: bias.data } };
    });
};

/** [out, height, width, in] to [out, in, height, width]; of depthwise ones [1, height, width, out] to [out, 1, height, width]. */
const channelsFirst = ({ shape, data }: FloatTensor, code: number): FloatTensor => {
  const isDepthwise = code === operatorCodes.depthwiseConvolution;
  const [first, height, width, last] = shape as [number, number, number, number];
  if (isDepthwise && first !== 1) throw broken("a depthwise kernel has several groups of channels");
  const area = height * width;
  const numbers = new Float32Array(data.length);
  for (let outer = 0; outer < first; outer++)
    for (let place = 0; place < area; place++)
      for (let inner = 0; inner < last; inner++)
        numbers[(outer * last + inner) * area + place] = data[(outer * area + place) * last + inner]!;
  return floatTensor(isDepthwise ? [last, 1, height, width] : [first, last, height, width], numbers);
};
