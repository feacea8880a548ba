/**
 * The safetensors format (huggingface/safetensors): eight bytes of header length, a JSON header with each tensor's type,
 * shape and place, then the bytes. Holds checkpoints and weights; nothing in it is ever executed.
 */

import { OsteonError } from "../errors.ts";
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
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
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

/** @throws OsteonError `bad-input` when the file is truncated, corrupt, or holds anything but 32-bit floats */
export const decodeSafetensors = (file: Uint8Array): SafetensorsFile => {
  const broken = (why: string): OsteonError => new OsteonError("bad-input", `The safetensors file is corrupt: ${why}.`);
  if (file.length < 8) throw broken("it is shorter than its header");
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (headerLength > file.length - 8) throw broken("its header is longer than the file");
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, 8 + headerLength)));
  } catch (cause) {
    throw new OsteonError("bad-input", "The safetensors file is corrupt: its header is no JSON.", {}, cause);
  }
  if (!isObject(header)) throw broken("its header is no object");
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isText(metadata)) throw broken("its metadata are no text");
  const tensors = new Map<string, FloatTensor>();
  for (const [name, value] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<Record<keyof HeaderEntry, unknown>>;
    if (dtype !== "F32") throw broken(`"${name}" has type ${dtype}, and only F32 is read`);
    if (!areCounts(shape) || !areCounts(offsets) || offsets.length !== 2)
      throw broken(`"${name}" lacks a shape or a place`);
    const [start, end] = [8 + headerLength + offsets[0]!, 8 + headerLength + offsets[1]!];
    if (end > file.length || end - start !== 4 * sizeOf(shape))
      throw broken(`the place of "${name}" does not fit its shape`);
    // A copy of its own: a Buffer's `slice` would share, and the data need not lie on a multiple of four.
    tensors.set(name, floatTensor(shape, new Float32Array(new Uint8Array(file.subarray(start, end)).buffer)));
  }
  return { tensors, metadata };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every((text) => typeof text === "string");

const areCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
