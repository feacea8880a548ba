/** How numbers lie in files of weights, and how they become the 32-bit floats that networks are made of. */

/** A number's format in a file, little-endian. */
export type NumberFormat =
  | "float64"
  | "float32"
  | "float16"
  | "bfloat16"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "uint8"
  | "bool";

interface FormatRule {
  /** Bytes per number. */
  readonly bytes: number;
  /** The number at a byte offset. */
  readonly read: (view: DataView, at: number) => number;
}

/** A bfloat16 is the upper half of a float32. */
const bfloat16 = new DataView(new ArrayBuffer(4));

const readBfloat16 = (view: DataView, at: number): number => {
  bfloat16.setUint16(2, view.getUint16(at, true), true);
  return bfloat16.getFloat32(0, true);
};

/** Every format that is read. */
export const numberFormats: Readonly<Record<NumberFormat, FormatRule>> = {
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, read: (view, at) => view.getFloat16(at, true) },
  bfloat16: { bytes: 2, read: readBfloat16 },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  bool: { bytes: 1, read: (view, at) => Math.sign(view.getUint8(at)) },
};

/**
 * Numbers that lie one after another, as 32-bit floats in memory of their own: halves exactly, doubles and integers beyond
 * 2^24 rounded to the nearest.
 *
 * @param bytes a whole number of numbers
 */
export const toFloat32 = (bytes: Uint8Array, format: NumberFormat): Float32Array => {
  // A copy: a Buffer's `slice` would share, and the numbers need not lie on a multiple of four.
  if (format === "float32") return new Float32Array(new Uint8Array(bytes).buffer);
  const { bytes: width, read } = numberFormats[format];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float32Array(bytes.length / width);
  for (let i = 0; i < numbers.length; i++) numbers[i] = read(view, i * width);
  return numbers;
};
