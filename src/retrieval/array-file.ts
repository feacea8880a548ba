/**
 * Arrays with a description as a file: a mark of eight letters, the SHA-256 of all that follows, the length of a JSON header, the header,
 * then the arrays that it lists, little-endian. The header says everything that is needed to read the rest. Large files are written
 * and read in pieces: no buffer has to hold one whole.
 */

import { createHash, type Hash } from "node:crypto";
import type { OsteonError } from "../errors.ts";

const bytesOf = { float32: 4, float64: 8, uint32: 4, uint8: 1 } as const;

/** An array as the header lists it. */
export interface Section {
  readonly name: string;
  readonly type: keyof typeof bytesOf;
  /** Values. */
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
export interface ArrayFileKind<Header extends ArrayFileHeader> {
  /** Eight letters. */
  readonly mark: string;
  readonly format: string;
  readonly version: number;
  /**
   * The sections that a header with such numbers must list, whatever its digest vouches for; undefined where the numbers themselves
   * cannot be.
   */
  readonly sectionsOf: (header: Header) => readonly Section[] | undefined;
  /** @param what completes "The file ..." */
  readonly corrupt: (what: string, cause?: unknown) => OsteonError;
}

/** Bytes that are read from the first to the last. */
export interface ByteSource {
  /** How many there are in all. */
  readonly byteLength: number;
  /** Fills an array with the next ones. */
  read(into: Uint8Array): Promise<void>;
}

/** A file that was read: an array for each of the header's sections. */
export interface ArrayFile<Header extends ArrayFileHeader> {
  readonly header: Header;
  readonly arrays: readonly ArrayBufferLike[];
}

/** The memory that an array is read into. */
export type Allocate<Header> = (section: Section, bytes: number, header: Header) => Uint8Array;

const digestAt = 8;
const lengthAt = digestAt + 32;
const headerAt = lengthAt + 4;
/** Few enough that a piece stays in the processor's caches between its reading and its digest. */
const pieceBytes = 2 ** 20;

type Values = Float32Array | Float64Array | Uint32Array | Uint8Array;

/** The file's bytes in parts, of which those of the arrays are views; equal headers and arrays give equal bytes. */
export const arrayFileParts = <Header extends ArrayFileHeader>(
  { mark }: Pick<ArrayFileKind<Header>, "mark">,
  header: Header,
  arrays: readonly Values[],
): readonly Uint8Array[] => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const body = [text, ...arrays.map((a) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength))];
  const start = new Uint8Array(headerAt);
  start.set(new TextEncoder().encode(mark));
  new DataView(start.buffer).setUint32(lengthAt, text.length, true);
  const hash = createHash("sha256").update(start.subarray(lengthAt));
  for (const part of body) for (const piece of piecesOf(part)) hash.update(piece);
  start.set(hash.digest(), digestAt);
  return [start, ...body];
};

/** The parts of a file that is small as one array. */
export const joinParts = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/**
 * Reads such a file from its beginning to its end, each array straight to its place.
 *
 * @throws OsteonError of the kind, when the bytes are foreign, cut short, changed, or contradict their header
 */
export const readArrayFile = async <Header extends ArrayFileHeader>(
  source: ByteSource,
  kind: ArrayFileKind<Header>,
  allocate: Allocate<Header> = (_, bytes) => new Uint8Array(bytes),
): Promise<ArrayFile<Header>> => {
  const hash = createHash("sha256");
  const start = new Uint8Array(Math.min(headerAt, source.byteLength));
  await source.read(start);
  const length = lengthIn(start, source.byteLength, kind);
  hash.update(start.subarray(lengthAt));
  const text = await readHashed(source, new Uint8Array(length), hash);
  const header = headerIn(text, kind);
  checkSections(header, source.byteLength - headerAt - length, kind);
  const arrays: ArrayBufferLike[] = [];
  for (const section of header.sections) {
    const place = allocate(section, section.length * bytesOf[section.type], header);
    arrays.push((await readHashed(source, place, hash)).buffer);
  }
  checkDigest(start, hash, kind);
  return { header, arrays };
};

/** The same of bytes in memory, at once: of what is small. The arrays are copies. */
export const decodeArrayFile = <Header extends ArrayFileHeader>(
  bytes: Uint8Array,
  kind: ArrayFileKind<Header>,
): ArrayFile<Header> => {
  let at = headerAt + lengthIn(bytes, bytes.length, kind);
  checkDigest(bytes, createHash("sha256").update(bytes.subarray(lengthAt)), kind);
  const header = headerIn(bytes.subarray(headerAt, at), kind);
  checkSections(header, bytes.length - at, kind);
  const arrays = header.sections.map(({ length, type }) => {
    // A copy, because the file need not lie aligned in memory; and a Buffer's own `slice` would not copy.
    const part = new Uint8Array(bytes.subarray(at, at + length * bytesOf[type]));
    at += part.length;
    return part.buffer;
  });
  return { header, arrays };
};

/** Bytes that are in memory already. */
export const sourceOf = (bytes: Uint8Array): ByteSource => {
  let at = 0;
  return {
    byteLength: bytes.length,
    read: async (into) => {
      into.set(bytes.subarray(at, at + into.length));
      at += into.length;
    },
  };
};

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

const readHashed = async (source: ByteSource, into: Uint8Array, hash: Hash): Promise<Uint8Array> => {
  for (const piece of piecesOf(into)) {
    await source.read(piece);
    hash.update(piece);
  }
  return into;
};

type Refusal = Pick<ArrayFileKind<ArrayFileHeader>, "corrupt">;

/** The length of the header, by the file's first bytes. */
const lengthIn = (start: Uint8Array, byteLength: number, { mark, corrupt }: Refusal & { readonly mark: string }) => {
  if (!new TextEncoder().encode(mark).every((byte, i) => start[i] === byte))
    throw corrupt("is not a file of that kind");
  if (start.length < headerAt) throw corrupt("is cut short");
  const length = new DataView(start.buffer, start.byteOffset, start.byteLength).getUint32(lengthAt, true);
  if (headerAt + length > byteLength) throw corrupt("is cut short or was changed");
  return length;
};

const checkDigest = (start: Uint8Array, hash: Hash, { corrupt }: Refusal): void => {
  const digest = hash.digest();
  if (!digest.every((byte, i) => start[digestAt + i] === byte)) throw corrupt("is cut short or was changed");
};

const headerIn = <Header extends ArrayFileHeader>(
  text: Uint8Array,
  { format, version, corrupt }: ArrayFileKind<Header>,
): Header => {
  let header: Header | null;
  try {
    header = JSON.parse(new TextDecoder().decode(text)) as Header;
  } catch (error) {
    throw corrupt("has a header that cannot be read", error);
  }
  if (header?.format !== format || header.version !== version) {
    throw corrupt(`has format ${header?.format} ${header?.version} and not ${format} ${version}`);
  }
  return header;
};

const checkSections = <Header extends ArrayFileHeader>(
  header: Header,
  bodyBytes: number,
  { sectionsOf, corrupt }: ArrayFileKind<Header>,
): void => {
  const sections = sectionsOf(header);
  const expected = sections?.reduce((sum, { length, type }) => sum + length * bytesOf[type], 0);
  if (JSON.stringify(header.sections) !== JSON.stringify(sections) || expected !== bodyBytes) {
    throw corrupt("contradicts its own header");
  }
};
