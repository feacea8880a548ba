/** The weights inside an ONNX model: its initialisers of floating-point type, by their names. */

import { type NumberFormat, numberFormats, toFloat32 } from "../engine/number-formats.ts";
import { sizeOf } from "../engine/shape-rules.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError, shown } from "../errors.ts";
import { decodeInitializers } from "../onnx/decode-initializers.ts";

/** By their numbers in TensorProto.DataType. */
const formats: ReadonlyMap<number, NumberFormat> = new Map([
  [1, "float32"],
  [10, "float16"],
  [11, "float64"],
  [16, "bfloat16"],
]);

/** Small constants that Osteon's own graphs hold beside the weights, such as the 0 and 6 of a ReLU6. */
const ownConstant = /^constant_\d+$/;

/**
 * The weights of an ONNX model as 32-bit floats. Integers, such as the axes of a reshape, are no weights and are passed over.
 * An exporter that folds batch normalisation into convolutions leaves no weights of the published names.
 *
 * @throws OsteonError `bad-input` for a truncated or corrupt file; `unsupported` for weights that lie in another file
 */
export const decodeOnnxWeights = (file: Uint8Array): StateDict => {
  const { producer, initializers } = decodeInitializers(file);
  const state = new Map<string, FloatTensor>();
  for (const { name, shape, dataType, data } of initializers) {
    const format = formats.get(dataType);
    if (!format || (producer === "osteon" && ownConstant.test(name))) continue;
    const isCorrupt = shape.some((size) => size < 0) || data.length !== sizeOf(shape) * numberFormats[format].bytes;
    if (isCorrupt || state.has(name)) {
      const why = isCorrupt ? "has not the bytes that its shape needs" : "is there twice";
      throw new OsteonError("bad-input", `The ONNX file is corrupt: the tensor ${shown(name)} ${why}.`);
    }
    state.set(name, floatTensor(shape, toFloat32(data, format)));
  }
  return state;
};
