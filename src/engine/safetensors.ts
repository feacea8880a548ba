/**
 * The safetensors format (huggingface/safetensors): eight bytes of header length, a JSON header with each tensor's type,
 * shape and place, then the bytes. Holds checkpoints and weights; nothing in it is ever executed.
 */

import { OsteonError, shown } from "../errors.ts";
import { type NumberFormat, numberFormats, toFloat32 } from "./number-formats.ts";
import { sizeOf } from "./shape-rules.ts";
import { type FloatTensor, floatTensor, type StateDict } from "./tensor.ts";

/** Tensors by name, and free text about them. */
export interface SafetensorsFile {
  readonly tensors: StateDict;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** The bytes of a `.safetensors` file of 32-bit floats. */
export const encodeSafetensors = ({ tensors, metadata }: SafetensorsFile): Uint8Array => {
  const header: [string, HeaderEntry | Readonly<Record<string, string>>][] = [["__metadata__", metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header.push([name, { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padding = (8 - (json.length % 8)) % 8; // the data begin on a multiple of eight
  const file = new Uint8Array(8 + json.length + padding + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length + padding), true);
  file.set(json, 8);
  file.fill(0x20, 8 + json.length, 8 + json.length + padding);
  let at = 8 + json.length + padding;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
};

const formats: ReadonlyMap<unknown, NumberFormat> = new Map([
  ["F64", "float64"],
  ["F32", "float32"],
  ["F16", "float16"],
  ["BF16", "bfloat16"],
  ["I64", "int64"],
  ["I32", "int32"],
  ["I16", "int16"],
  ["I8", "int8"],
  ["U8", "uint8"],
  ["BOOL", "bool"],
]);

/** Types that the format has and that are not read. */
const otherTypes: ReadonlySet<unknown> = new Set(["F8_E4M3", "F8_E5M2", "F8_E8M0", "F4", "U16", "U32", "U64", "C64"]);

/** The format's own limit; a longer header is an attack on the reader's memory. */
const longestHeader = 100_000_000;

/**
 * Reads every number as a 32-bit float; a checkpoint of other types loses what a float32 cannot hold.
 *
 * @throws OsteonError `bad-input` when the file is truncated or corrupt, when tensors overlap, or when bytes belong to none;
 *   `unsupported` for the element types that are not read
 */
export const decodeSafetensors = (file: Uint8Array): SafetensorsFile => {
  const { entries, metadata, dataStart } = readHeader(file);
  const places = Object.entries(entries).map(([name, entry]) => placeOf(name, entry));
  let covered = 0;
  for (const { name, start, end } of places.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== covered) throw broken(`${shown(name)} overlaps another tensor, or bytes before it belong to none`);
    covered = end;
  }
  if (covered > file.length - dataStart) throw broken("it ends before its tensors do; it is truncated");
  if (covered < file.length - dataStart) throw broken("bytes at its end belong to no tensor");
  const tensors = new Map<string, FloatTensor>();
  for (const { name, shape, format, start, end } of places) {
    tensors.set(name, floatTensor(shape, toFloat32(file.subarray(dataStart + start, dataStart + end), format)));
  }
  return { tensors, metadata };
};

const broken = (why: string): OsteonError => new OsteonError("bad-input", `The safetensors file is corrupt: ${why}.`);

interface Header {
  readonly entries: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly dataStart: number;
}

const readHeader = (file: Uint8Array): Header => {
  if (file.length < 8) throw broken("it is shorter than its header");
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (headerLength > file.length - 8) throw broken("its header is longer than the file");
  if (headerLength > longestHeader) throw broken(`its header is longer than the ${longestHeader} bytes allowed`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, 8 + headerLength)));
  } catch (cause) {
    throw new OsteonError("bad-input", "The safetensors file is corrupt: its header is no JSON.", {}, cause);
  }
  if (!isObject(header)) throw broken("its header is no object");
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isText(metadata)) throw broken("its metadata are no text");
  return { entries, metadata, dataStart: 8 + headerLength };
};

/** Where a tensor lies, in bytes after the header. */
interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  readonly format: NumberFormat;
  readonly start: number;
  readonly end: number;
}

const placeOf = (name: string, entry: unknown): Place => {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<Record<keyof HeaderEntry, unknown>>;
  if (!areCounts(shape) || !areCounts(offsets) || offsets.length !== 2)
    throw broken(`${shown(name)} lacks a shape or a place`);
  const format = formats.get(dtype);
  if (!format && !otherTypes.has(dtype)) throw broken(`${shown(name)} has no type of number`);
  if (!format) {
    const read = [...formats.keys()].join(", ");
    throw new OsteonError("unsupported", `${shown(name)} of the safetensors file has type ${dtype}; read are ${read}.`);
  }
  const [start, end] = offsets as [number, number];
  if (end - start !== numberFormats[format].bytes * sizeOf(shape))
    throw broken(`the place of ${shown(name)} does not fit its shape`);
  return { name, shape, format, start, end };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every((text) => typeof text === "string");

const areCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
