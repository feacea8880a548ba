/**
 * Arrays with a description as one file's bytes: a mark of eight letters, the SHA-256 of all that follows, the length of a JSON
 * header, the header, then the arrays that it lists, little-endian. The header says everything that is needed to read the rest.
 */

import { createHash } from "node:crypto";
import type { OsteonError } from "../errors.ts";

/** An array as the header lists it. */
export interface Section {
  readonly name: string;
  readonly type: "float32" | "uint32";
  /** Values, four bytes each. */
  readonly length: number;
}

/** What every header says of itself. */
export interface ArrayFileHeader {
  readonly format: string;
  readonly version: number;
  /** In the order of the file. */
  readonly sections: readonly Section[];
}

/** What kind of file is read, and what a reader says of one that it cannot read. */
export interface ArrayFileKind {
  /** Eight letters. */
  readonly mark: string;
  readonly format: string;
  readonly version: number;
  /** @param what completes "The file ..." */
  readonly corrupt: (what: string, cause?: unknown) => OsteonError;
}

const digestAt = 8;
const lengthAt = digestAt + 32;
const headerAt = lengthAt + 4;

type Values = Float32Array | Uint32Array;

/** The file's bytes; equal headers and arrays give equal bytes. */
export const encodeArrayFile = <Header extends ArrayFileHeader>(
  { mark }: Pick<ArrayFileKind, "mark">,
  header: Header,
  arrays: readonly Values[],
): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts = [text, ...arrays.map((a) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength))];
  const bytes = new Uint8Array(headerAt + parts.reduce((sum, { length }) => sum + length, 0));
  bytes.set(new TextEncoder().encode(mark));
  new DataView(bytes.buffer).setUint32(lengthAt, text.length, true);
  let at = headerAt;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes.set(digestOf(bytes), digestAt);
  return bytes;
};

/**
 * The header of such a file, and a function that copies the next array out of it.
 *
 * @param sectionsOf the sections that a header with such numbers must list, whatever its digest vouches for; undefined where the
 *   numbers themselves cannot be
 * @throws OsteonError of the kind, when the bytes are foreign, cut short, changed, or contradict their header
 */
export const decodeArrayFile = <Header extends ArrayFileHeader>(
  bytes: Uint8Array,
  kind: ArrayFileKind,
  sectionsOf: (header: Header) => readonly Section[] | undefined,
): { readonly header: Header; readonly arrays: readonly ArrayBuffer[] } => {
  const header = readHeader<Header>(bytes, kind);
  let at = headerAt + headerLength(bytes);
  const sections = sectionsOf(header);
  const bodyLength = sections?.reduce((sum, { length }) => sum + 4 * length, 0);
  if (JSON.stringify(header.sections) !== JSON.stringify(sections) || bodyLength !== bytes.length - at) {
    throw kind.corrupt("contradicts its own header");
  }
  const arrays = header.sections.map(({ length }) => {
    // A copy, because the file need not lie aligned in memory; and a Buffer's own `slice` would not copy.
    const part = new Uint8Array(bytes.subarray(at, at + length * 4));
    at += part.length;
    return part.buffer;
  });
  return { header, arrays };
};

const digestOf = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes.subarray(lengthAt)).digest();

const headerLength = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(lengthAt, true);

const readHeader = <Header extends ArrayFileHeader>(
  bytes: Uint8Array,
  { mark, format, version, corrupt }: ArrayFileKind,
): Header => {
  if (!new TextEncoder().encode(mark).every((byte, i) => bytes[i] === byte))
    throw corrupt("is not a file of that kind");
  if (bytes.length < headerAt || headerAt + headerLength(bytes) > bytes.length) throw corrupt("is cut short");
  if (!digestOf(bytes).every((byte, i) => bytes[digestAt + i] === byte)) throw corrupt("is cut short or was changed");
  let header: Header | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(headerAt, headerAt + headerLength(bytes)))) as Header;
  } catch (error) {
    throw corrupt("has a header that cannot be read", error);
  }
  if (header?.format !== format || header.version !== version) {
    throw corrupt(`has format ${header?.format} ${header?.version} and not ${format} ${version}`);
  }
  return header;
};
