/**
 * Writes DICOM files (PS3.10 section 7) in Explicit VR Little Endian (PS3.5 annex A.2): elements in order of their tags, values
 * padded to even length (PS3.5 section 6.2), sequences with items of defined length.
 */
import { OsteonError } from "../errors.ts";

/** What an element may hold; a list of strings is a multi-valued text, a list of element lists a sequence. */
export type ElementValue =
  | string
  | readonly string[]
  | number
  | readonly number[]
  | Uint8Array
  | Uint16Array
  | readonly (readonly DicomElement[])[];

/** One data element. */
export interface DicomElement {
  /** Group times 65536 plus element, as in PS3.6. */
  readonly tag: number;
  /** Value representation (PS3.5 table 6.2-1). */
  readonly vr: string;
  readonly value: ElementValue;
}

/** A file to be written. */
export interface Part10Options {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** The data set; group 0002 is made here. Any order. */
  readonly elements: readonly DicomElement[];
}

const explicitLittleEndian = "1.2.840.10008.1.2.1";
/** Names Osteon as the writer of a file (PS3.7 annex D.3.3.2); a UUID-derived UID (PS3.5 annex B.2). */
export const implementationClassUid = "2.25.127083516790457271361023853240964358271";
export const implementationVersion = "OSTEON_0_1";

/** VRs whose length takes four bytes after two reserved ones (PS3.5 section 7.1.2). */
const longLength = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);
const paddedWithZero = new Set(["UI", "OB", "UN"]);

const numbers: Readonly<
  Record<string, readonly [bytes: number, write: (at: DataView, offset: number, value: number) => void]>
> = {
  US: [2, (at, offset, value) => at.setUint16(offset, value, true)],
  SS: [2, (at, offset, value) => at.setInt16(offset, value, true)],
  UL: [4, (at, offset, value) => at.setUint32(offset, value, true)],
  SL: [4, (at, offset, value) => at.setInt32(offset, value, true)],
  FL: [4, (at, offset, value) => at.setFloat32(offset, value, true)],
  FD: [8, (at, offset, value) => at.setFloat64(offset, value, true)],
  // an attribute tag: group, then element
  AT: [4, (at, offset, value) => at.setUint32(offset, ((value & 0xffff) << 16) | (value >>> 16), true)],
};

const concatenate = (parts: readonly Uint8Array[]): Uint8Array => {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
};

const item = (elements: readonly DicomElement[]): Uint8Array => {
  const content = encodeDataSet(elements);
  const head = new DataView(new ArrayBuffer(8));
  head.setUint16(0, 0xfffe, true);
  head.setUint16(2, 0xe000, true);
  head.setUint32(4, content.length, true);
  return concatenate([new Uint8Array(head.buffer), content]);
};

const hex = (tag: number): string => tag.toString(16).padStart(8, "0");

const encodeValue = ({ tag, vr, value }: DicomElement): Uint8Array => {
  if (vr === "SQ") return concatenate((value as readonly (readonly DicomElement[])[]).map(item));
  if (value instanceof Uint16Array) {
    const bytes = new Uint8Array(2 * value.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < value.length; i++) view.setUint16(2 * i, value[i]!, true);
    return bytes;
  }
  if (value instanceof Uint8Array) return value;
  const number = numbers[vr];
  if (number) {
    const values = (Array.isArray(value) ? value : [value]) as readonly number[];
    const [size, write] = number;
    const bytes = new Uint8Array(size * values.length);
    values.forEach((one, i) => {
      write(new DataView(bytes.buffer), size * i, one);
    });
    return bytes;
  }
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (Array.isArray(value)) return new TextEncoder().encode(value.join("\\"));
  throw new OsteonError("bad-input", `Element ${hex(tag)} of VR ${vr} cannot hold a ${typeof value}.`, { tag, vr });
};

const encodeElement = (element: DicomElement): Uint8Array => {
  const { tag, vr } = element;
  let value = encodeValue(element);
  if (value.length % 2 === 1) value = concatenate([value, Uint8Array.of(paddedWithZero.has(vr) ? 0 : 0x20)]);
  const long = longLength.has(vr);
  if (!long && value.length > 0xfffe) {
    throw new OsteonError(
      "bad-input",
      `Element ${hex(tag)} of VR ${vr} holds at most 65534 bytes, not ${value.length}.`,
      {
        tag,
        vr,
        bytes: value.length,
      },
    );
  }
  const head = new DataView(new ArrayBuffer(long ? 12 : 8));
  head.setUint16(0, tag >>> 16, true);
  head.setUint16(2, tag & 0xffff, true);
  head.setUint8(4, vr.charCodeAt(0));
  head.setUint8(5, vr.charCodeAt(1));
  if (long) head.setUint32(8, value.length, true);
  else head.setUint16(6, value.length, true);
  return concatenate([new Uint8Array(head.buffer), value]);
};

/**
 * A data set in Explicit VR Little Endian, elements in order of their tags.
 * @throws OsteonError `bad-input` where a tag occurs twice or a value does not fit its VR
 */
export const encodeDataSet = (elements: readonly DicomElement[]): Uint8Array => {
  const sorted = elements.toSorted((a, b) => a.tag - b.tag);
  const twice = sorted.find((element, i) => element.tag === sorted[i + 1]?.tag);
  if (twice) throw new OsteonError("bad-input", `Element ${hex(twice.tag)} is given twice.`, { tag: twice.tag });
  return concatenate(sorted.map(encodeElement));
};

/**
 * The bytes of a DICOM file: preamble, file meta information (PS3.10 section 7.1) and data set. SOPClassUID and SOPInstanceUID
 * are put into both, so that they cannot differ.
 * @example
 * writePart10({ sopClassUid, sopInstanceUid, elements: [{ tag: 0x00100020, vr: "LO", value: "P0001" }] });
 * @throws OsteonError `bad-input` for values that do not fit, a tag given twice, or group 0002 among the elements
 */
export const writePart10 = (options: Part10Options): Uint8Array => {
  const { sopClassUid, sopInstanceUid, elements } = options;
  const meta = elements.find((element) => element.tag >>> 16 === 2);
  if (meta) {
    throw new OsteonError(
      "bad-input",
      `Element ${hex(meta.tag)} belongs to the file meta information, which is made here.`,
      {
        tag: meta.tag,
      },
    );
  }
  const group = encodeDataSet([
    { tag: 0x00020001, vr: "OB", value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: "UI", value: sopClassUid },
    { tag: 0x00020003, vr: "UI", value: sopInstanceUid },
    { tag: 0x00020010, vr: "UI", value: explicitLittleEndian },
    { tag: 0x00020012, vr: "UI", value: implementationClassUid },
    { tag: 0x00020013, vr: "SH", value: implementationVersion },
  ]);
  const length = encodeDataSet([{ tag: 0x00020000, vr: "UL", value: group.length }]);
  const dataSet = encodeDataSet([
    ...elements,
    { tag: 0x00080016, vr: "UI", value: sopClassUid },
    { tag: 0x00080018, vr: "UI", value: sopInstanceUid },
  ]);
  return concatenate([new Uint8Array(128), new TextEncoder().encode("DICM"), length, group, dataSet]);
};
