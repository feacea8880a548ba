/** Constants of a model as typed arrays, and back. */

import { OsteonError } from "../errors.ts";
import type { OnnxInitializer } from "./model.ts";

/** The typed array that holds the values of an element type, in memory as in the file: little-endian. */
interface ArrayTypes {
  readonly float32: Float32Array;
  readonly int8: Int8Array;
  readonly uint8: Uint8Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
}

/** A constant of the given values. */
export const initializer = <Type extends keyof ArrayTypes>(
  { name, type, shape }: { readonly name: string; readonly type: Type; readonly shape: readonly number[] },
  values: ArrayTypes[Type],
): OnnxInitializer => ({
  name,
  type,
  shape,
  data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

/**
 * A copy of the values of a float constant.
 *
 * @throws OsteonError `bad-input` when it holds other values than floats, or not as many as its shape says
 */
export const floatsOf = ({ name, type, shape, data }: OnnxInitializer): Float32Array => {
  const count = shape.reduce((product, size) => product * size, 1);
  if (type !== "float32" || data.length !== 4 * count) {
    throw new OsteonError(
      "bad-input",
      `The constant "${name}" of the ONNX model should hold ${count} floats and holds ${data.length} bytes of ${type}.`,
      { name },
    );
  }
  return new Float32Array(Uint8Array.from(data).buffer);
};
