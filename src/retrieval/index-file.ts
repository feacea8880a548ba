/**
 * A precedent index as bytes: the mark "OSTEONIX", the SHA-256 of all that follows, the length of a JSON header, the header,
 * then the arrays it lists, little-endian. The header says everything that is needed to read the rest. The normals of the
 * hyperplanes are held though they could be made again: codes of two makings could not be compared, and making them takes time.
 */

import { createHash } from "node:crypto";
import { imageId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { checkBits } from "./binary-codes.ts";
import type { PrecedentIndex } from "./precedent-index.ts";
import { RandomHyperplanes } from "./random-hyperplanes.ts";

const mark = new TextEncoder().encode("OSTEONIX");
const digestAt = mark.length;
const lengthAt = digestAt + 32;
const headerAt = lengthAt + 4;
const format = "osteon-precedent-index";
const version = 2; // 1 held no normals

interface Section {
  readonly name: "mean" | "normals" | "directions" | "codes";
  readonly type: "float32" | "uint32";
  /** Values, four bytes each. */
  readonly length: number;
}

interface Header {
  readonly format: typeof format;
  readonly version: typeof version;
  readonly modelId: string;
  readonly bits: number;
  readonly dimensions: number;
  readonly seed: number;
  readonly images: readonly string[];
  readonly patients: readonly string[];
  readonly labels: readonly (string | null)[];
  /** In the order of the file. */
  readonly sections: readonly Section[];
}

/** The index as one file's bytes; equal indexes give equal bytes. */
export const encodePrecedentIndex = (index: PrecedentIndex): Uint8Array => {
  const { modelId, hyperplanes, entries, directions, codes } = index;
  const { bits, seed, mean } = hyperplanes.settings;
  const header: Header = {
    format,
    version,
    modelId,
    bits,
    dimensions: hyperplanes.dimensions,
    seed,
    images: entries.map(({ image }) => image),
    patients: entries.map(({ patient }) => patient),
    labels: entries.map(({ label }) => label),
    sections: sectionsOf(entries.length, { bits, dimensions: hyperplanes.dimensions }),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const arrays = [mean, hyperplanes.normals, directions.values, codes.values].map(
    (a) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
  );
  const bytes = new Uint8Array(headerAt + text.length + arrays.reduce((sum, { length }) => sum + length, 0));
  bytes.set(mark);
  new DataView(bytes.buffer).setUint32(lengthAt, text.length, true);
  let at = headerAt;
  for (const part of [text, ...arrays]) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes.set(digestOf(bytes), digestAt);
  return bytes;
};

/**
 * The index that a file's bytes hold.
 *
 * @param expected.modelId refuses an index whose features another model made
 * @throws OsteonError `corrupt-store` when the bytes are foreign, cut short or changed; `bad-input` for another model's index
 */
export const decodePrecedentIndex = (
  bytes: Uint8Array,
  expected: { readonly modelId?: string } = {},
): PrecedentIndex => {
  const header = readHeader(bytes);
  const { modelId, bits, dimensions, seed, images, patients, labels } = header;
  if (expected.modelId !== undefined && expected.modelId !== modelId) {
    const message = `The index was made with model ${modelId} and the model is now ${expected.modelId}; build the index anew.`;
    throw new OsteonError("bad-input", message);
  }
  let at = headerAt + headerLength(bytes);
  const next = (section: Section): ArrayBuffer => {
    // A copy, because the file need not lie aligned in memory; and a Buffer's own `slice` would not copy.
    const part = new Uint8Array(bytes.subarray(at, at + section.length * 4));
    at += part.length;
    return part.buffer;
  };
  const [mean, normals, directions, codes] = header.sections.map(next);
  return {
    modelId,
    hyperplanes: new RandomHyperplanes({ seed, bits, mean: new Float32Array(mean) }, new Float32Array(normals)),
    entries: images.map((image, i) => ({ image: imageId(image), patient: patientId(patients[i]), label: labels[i] })),
    directions: { rows: images.length, columns: dimensions, values: new Float32Array(directions) },
    codes: { bits, count: images.length, values: new Uint32Array(codes) },
  };
};

const sectionsOf = (count: number, { bits, dimensions }: { bits: number; dimensions: number }): Section[] => [
  { name: "mean", type: "float32", length: dimensions },
  { name: "normals", type: "float32", length: bits * dimensions },
  { name: "directions", type: "float32", length: count * dimensions },
  { name: "codes", type: "uint32", length: (count * bits) / 32 },
];

const digestOf = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes.subarray(lengthAt)).digest();

const headerLength = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(lengthAt, true);

const corrupt = (what: string, cause?: unknown): OsteonError =>
  new OsteonError(
    "corrupt-store",
    `The precedent index ${what}; build it anew with \`osteon precedents index\`.`,
    {},
    cause,
  );

const readHeader = (bytes: Uint8Array): Header => {
  if (!mark.every((byte, i) => bytes[i] === byte)) throw corrupt("is not a file of that kind");
  if (bytes.length < headerAt || headerAt + headerLength(bytes) > bytes.length) throw corrupt("is cut short");
  if (!digestOf(bytes).every((byte, i) => bytes[digestAt + i] === byte)) throw corrupt("is cut short or was changed");
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(headerAt, headerAt + headerLength(bytes)))) as Header;
  } catch (error) {
    throw corrupt("has a header that cannot be read", error);
  }
  if (header?.format !== format || header.version !== version) {
    throw corrupt(`has format ${header?.format} ${header?.version} and not ${format} ${version}`);
  }
  checkHeader(header, bytes.length - headerAt - headerLength(bytes));
  return header;
};

/** Whatever the digest vouches for, the numbers must agree with each other before arrays are cut by them. */
const checkHeader = (header: Header, bodyLength: number): void => {
  const { bits, dimensions, images, patients, labels, sections } = header;
  try {
    checkBits(bits);
  } catch (error) {
    throw corrupt(`has codes of ${bits} bits`, error);
  }
  const agree =
    Number.isInteger(dimensions) &&
    dimensions > 0 &&
    Array.isArray(images) &&
    patients?.length === images.length &&
    labels?.length === images.length &&
    JSON.stringify(sections) === JSON.stringify(sectionsOf(images.length, header)) &&
    bodyLength === 4 * sections.reduce((sum, { length }) => sum + length, 0);
  if (!agree) throw corrupt("contradicts its own header");
};
