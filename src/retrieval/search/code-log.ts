/**
 * The file of stored codes: blocks one after another, each added by one write and flushed before the next. A block's head vouches for
 * its own bytes and for those that follow, so that a block which was not wholly written shows. Everything begins at a multiple of 16
 * bytes and is little-endian.
 */

import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type ImageId, imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";

/** A radiograph's code. */
export interface CodeEntry {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly code: Uint32Array;
}

/** What the file is of; the first block. */
export interface CodeOrigin {
  /** Names what made the codes; codes of another making cannot be compared. */
  readonly origin: string;
  /** A multiple of 32. */
  readonly bits: number;
}

/** A block's head alone. */
export interface BlockHead {
  /** The file's origin, or what changed. */
  readonly kind: "origin" | "changes";
  readonly entries: number;
  /** Positions of rows that count no more; they stand before the entries. */
  readonly removals: number;
  readonly payloadBytes: number;
  readonly payloadSum: number;
}

/** A block found whole. */
export interface Block extends BlockHead {
  readonly payload: Uint8Array;
  /** Of head and payload. */
  readonly bytes: number;
}

const kinds: readonly BlockHead["kind"][] = ["origin", "changes"];
const mark = 0x45444f43; // "CODE"
export const headBytes = 32;
const headSumAt = 24;
export const alignment = 16;
const recordHeadBytes = 16;
/** In bytes; longer names are refused. None of ours is, and a write stays short enough to be told from a change in the middle. */
const longestName = 1024;

const format = "osteon-codes";
const version = 1;

const padded = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** The head at the beginning of some bytes; null where there is none. */
export const readHead = (bytes: Uint8Array): BlockHead | null => {
  if (bytes.length < headBytes) return null;
  const head = new DataView(bytes.buffer, bytes.byteOffset, headBytes);
  const [found, kind, entries, removals, payloadBytes, payloadSum, headSum] = Array.from({ length: 7 }, (_, i) =>
    head.getUint32(i * 4, true),
  ) as [number, number, number, number, number, number, number];
  if (found !== mark || kinds[kind] === undefined || headSum !== crc32(bytes.subarray(0, headSumAt))) return null;
  return { kind: kinds[kind], entries, removals, payloadBytes, payloadSum };
};

/** The block at the beginning of some bytes; null where none is whole. */
export const readBlock = (bytes: Uint8Array): Block | null => {
  const head = readHead(bytes);
  if (!head || headBytes + head.payloadBytes > bytes.length) return null;
  const payload = bytes.subarray(headBytes, headBytes + head.payloadBytes);
  return crc32(payload) === head.payloadSum ? { ...head, payload, bytes: headBytes + head.payloadBytes } : null;
};

/** A block's bytes; the payload's length is a multiple of 16. */
const encodeBlock = (
  { kind, entries, removals }: Pick<BlockHead, "kind" | "entries" | "removals">,
  payload: Uint8Array,
): Uint8Array => {
  const block = new Uint8Array(headBytes + payload.length);
  const head = new DataView(block.buffer);
  [mark, kinds.indexOf(kind), entries, removals, payload.length, crc32(payload)].forEach((value, i) => {
    head.setUint32(i * 4, value, true);
  });
  head.setUint32(headSumAt, crc32(block.subarray(0, headSumAt)), true);
  block.set(payload, headBytes);
  return block;
};

/** The first block of a file. */
export const encodeOrigin = ({ origin, bits }: CodeOrigin): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify({ format, version, bits, origin }));
  const payload = new Uint8Array(padded(text.length)).fill(0x20);
  payload.set(text);
  return encodeBlock({ kind: "origin", entries: 0, removals: 0 }, payload);
};

/** @throws OsteonError `corrupt-store` for a file of another kind or version */
export const decodeOrigin = ({ kind, payload }: Block): CodeOrigin => {
  try {
    const read = JSON.parse(new TextDecoder().decode(payload)) as CodeOrigin & { format: unknown; version: unknown };
    if (kind === "origin" && read.format === format && read.version === version) return read;
  } catch {
    // said below
  }
  throw new OsteonError("corrupt-store", "The file of codes has another format; build it anew from the archive.");
};

/**
 * The number that stands for a patient: 53 bits of the SHA-256 of the id, so that no table of patients need be kept in memory. Two of
 * a million patients share a number with a chance of 1 in 18,000; then one of them is taken for the other, and is left out where the
 * other is.
 */
export const patientNumber = (patient: PatientId): number => {
  const digest = hash("sha256", patient, "buffer");
  return digest.readUInt32LE(0) * 2 ** 21 + (digest.readUInt32LE(4) >>> 11) + 1;
};

/** What images are looked up by before their names are compared. */
export const imageSum = (image: ImageId): number => crc32(image);

/** What a block of changes says, ready for the memory. */
export interface DecodedChanges {
  readonly removals: Uint32Array;
  readonly words: Uint32Array;
  readonly patients: Float64Array;
  readonly imageSums: Uint32Array;
  /** Where each record begins, in units of 16 bytes from the block's beginning, and where the last ends. */
  readonly places: Uint32Array;
}

/**
 * Entries as records: the patient's number, the image's sum, the lengths of both names, the code, the names.
 *
 * @throws OsteonError `bad-input` for an empty or overlong name
 */
export const encodeRecords = (entries: readonly CodeEntry[]): Uint8Array => {
  const encoder = new TextEncoder();
  const texts = entries.map(({ image, patient }) => [encoder.encode(image), encoder.encode(patient)] as const);
  const sizes = texts.map(([image, patient], i) => {
    if (![image, patient].every(({ length }) => length > 0 && length <= longestName)) {
      throw new OsteonError("bad-input", `The ids of image and patient must have 1 to ${longestName} bytes.`);
    }
    return padded(recordHeadBytes + entries[i]!.code.byteLength + image.length + patient.length);
  });
  const records = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(records.buffer);
  let at = 0;
  for (const [i, { patient, code }] of entries.entries()) {
    const [imageText, patientText] = texts[i]!;
    const codeAt = at + recordHeadBytes;
    view.setFloat64(at, patientNumber(patient), true);
    view.setUint32(at + 8, crc32(imageText), true);
    view.setUint16(at + 12, imageText.length, true);
    view.setUint16(at + 14, patientText.length, true);
    new Uint32Array(records.buffer, codeAt, code.length).set(code);
    records.set(imageText, codeAt + code.byteLength);
    records.set(patientText, codeAt + code.byteLength + imageText.length);
    at += sizes[i]!;
  }
  return records;
};

/** Bytes of a record with the shortest names. */
export const smallestRecord = (bits: number): number => padded(recordHeadBytes + bits / 8 + 2);

/** A block that takes out some positions and adds some records. */
export const encodeChanges = (
  removals: readonly number[],
  { entries, records }: { readonly entries: number; readonly records: Uint8Array },
): Uint8Array => {
  const removalBytes = padded(removals.length * 4);
  const payload = new Uint8Array(removalBytes + records.length);
  new Uint32Array(payload.buffer, 0, removals.length).set(removals);
  payload.set(records, removalBytes);
  return encodeBlock({ kind: "changes", entries, removals: removals.length }, payload);
};

/** @throws OsteonError `corrupt-store` where numbers and payload do not agree, whatever the sum vouches for */
export const decodeChanges = ({ kind, entries, removals, payload }: Block, bits: number): DecodedChanges => {
  const [words, codeBytes] = [bits / 32, bits / 8];
  let at = padded(removals * 4);
  const smallest = smallestRecord(bits);
  if (kind !== "changes" || at + entries * smallest > payload.length) throw contradiction();
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const numbers = new Uint32Array(payload.buffer, payload.byteOffset, payload.length / 4);
  const changes: DecodedChanges = {
    removals: numbers.slice(0, removals),
    words: new Uint32Array(entries * words),
    patients: new Float64Array(entries),
    imageSums: new Uint32Array(entries),
    places: new Uint32Array(entries + 1),
  };
  for (let i = 0; i < entries; i++) {
    if (at + smallest > payload.length) throw contradiction();
    changes.patients[i] = view.getFloat64(at, true);
    changes.imageSums[i] = numbers[(at + 8) / 4]!;
    changes.places[i] = (headBytes + at) / alignment;
    const from = (at + recordHeadBytes) / 4;
    for (let w = 0; w < words; w++) changes.words[i * words + w] = numbers[from + w]!;
    at += padded(recordHeadBytes + codeBytes + view.getUint16(at + 12, true) + view.getUint16(at + 14, true));
  }
  if (at !== payload.length) throw contradiction();
  changes.places[entries] = (headBytes + at) / alignment;
  return changes;
};

/** Whose a record is. */
export interface StoredNames {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Bytes from the record's beginning to the names' end: more than were at hand where the names are cut. */
  readonly bytes: number;
}

/** The names in a record, of which at least the head is at hand. */
export const readNames = (record: Uint8Array, bits: number): StoredNames => {
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const start = recordHeadBytes + bits / 8;
  const middle = start + view.getUint16(12, true);
  const end = middle + view.getUint16(14, true);
  const decoder = new TextDecoder();
  return {
    image: imageId(decoder.decode(record.subarray(start, middle))),
    patient: patientId(decoder.decode(record.subarray(middle, end))),
    bytes: end,
  };
};

const contradiction = (): OsteonError =>
  new OsteonError("corrupt-store", "The file of codes contradicts itself; build it anew from the archive.");
