/**
 * DICOM files (PS3.10 section 7): preamble, meta information and data set; also, as other readers allow, files without
 * preamble or without meta information, whose coding is then found from their first element.
 */
import { inflateRawSync } from "node:zlib";
import { Unreadable } from "../imaging/unreadable.ts";
import type { DataSet, ElementCoding } from "./data-set.ts";
import { isValueRepresentation, parseDataSet } from "./parse-data-set.ts";
import { TAGS } from "./tags.ts";
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  findTransferSyntax,
  IMPLICIT_LITTLE_ENDIAN,
  type TransferSyntax,
} from "./transfer-syntaxes.ts";

/** A DICOM file taken apart. */
export interface Part10 {
  /** Group 0002, empty for a file without meta information. */
  readonly meta: DataSet;
  readonly dataSet: DataSet;
  /** The syntax the file declares, or the one its bytes show where it declares none. */
  readonly transferSyntax: TransferSyntax;
}

const META_CODING: ElementCoding = { explicit: true, littleEndian: true };
const PREAMBLE_LENGTH = 128;
const META_GROUP = 0x0002;
/** What a deflated data set may grow to; a radiograph of 100 million pixels of 16 bit has 200 MB. */
const MAXIMUM_INFLATED_BYTES = 512 * 2 ** 20;

const word = (bytes: Uint8Array, position: number, littleEndian = true): number =>
  littleEndian ? bytes[position]! | (bytes[position + 1]! << 8) : (bytes[position]! << 8) | bytes[position + 1]!;

const hasPrefix = (bytes: Uint8Array, position: number): boolean =>
  [0x44, 0x49, 0x43, 0x4d].every((letter, i) => bytes[position + i] === letter); // "DICM"

const valueRepresentationAt = (bytes: Uint8Array, position: number): boolean =>
  isValueRepresentation(String.fromCharCode(bytes[position + 4] ?? 0, bytes[position + 5] ?? 0));

/** Where meta information or the data set begins, undefined for what is no DICOM file. */
const startOf = (bytes: Uint8Array): number | undefined => {
  if (hasPrefix(bytes, PREAMBLE_LENGTH)) return PREAMBLE_LENGTH + 4;
  if (hasPrefix(bytes, 0)) return 4;
  if (bytes.length < 16) return undefined;
  // Without the prefix a first element that could begin a file must do: group 0002 or 0008 with a VR or a small length.
  const plausible = [true, false].some((littleEndian) => {
    const group = word(bytes, 0, littleEndian);
    if (group !== META_GROUP && group !== 0x0008) return false;
    if (word(bytes, 2, littleEndian) > 0x0100) return false;
    return valueRepresentationAt(bytes, 0) || (littleEndian && word(bytes, 6) === 0 && word(bytes, 4) <= 256);
  });
  return plausible ? 0 : undefined;
};

/**
 * Whether the bytes begin like a DICOM file, with or without preamble.
 *
 * @example
 * looksLikeDicom(await readFile(path));
 */
export const looksLikeDicom = (bytes: Uint8Array): boolean => startOf(bytes) !== undefined;

/** The end of group 0002, by walking it: its group length element is often absent or wrong. */
const endOfMeta = (bytes: Uint8Array, start: number): number => {
  let position = start;
  while (position + 8 <= bytes.length && word(bytes, position) === META_GROUP) {
    const vr = String.fromCharCode(bytes[position + 4]!, bytes[position + 5]!);
    const long = ["OB", "OW", "UN", "UT"].includes(vr);
    const length = long ? word(bytes, position + 8) + word(bytes, position + 10) * 65536 : word(bytes, position + 6);
    position += (long ? 12 : 8) + length;
  }
  if (position > bytes.length) throw new Unreadable("truncated", "The file ends inside its meta information.");
  return position;
};

const syntaxShown = (bytes: Uint8Array, position: number): TransferSyntax => {
  const group = word(bytes, position);
  if (group > 0x00ff && word(bytes, position, false) <= 0x00ff && valueRepresentationAt(bytes, position)) {
    return EXPLICIT_BIG_ENDIAN;
  }
  return valueRepresentationAt(bytes, position) ? EXPLICIT_LITTLE_ENDIAN : IMPLICIT_LITTLE_ENDIAN;
};

const inflate = (bytes: Uint8Array): Uint8Array => {
  try {
    const inflated = inflateRawSync(bytes, { maxOutputLength: MAXIMUM_INFLATED_BYTES });
    return new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.byteLength);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new Unreadable("too-large", "The deflated data set grows beyond 512 MiB.", error);
    }
    if (code === "Z_BUF_ERROR") throw new Unreadable("truncated", "The deflated data set ends too early.", error);
    throw new Unreadable("corrupt", "The deflated data set is damaged.", error);
  }
};

/**
 * Takes a DICOM file apart.
 *
 * @throws Unreadable `not-an-image` for what is no DICOM, `truncated`, `corrupt`, `unsupported-transfer-syntax`, `too-large`
 * @example
 * readPart10(bytes).dataSet.text(TAGS.Modality); // "CR"
 */
export const readPart10 = (file: Uint8Array): Part10 => {
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength); // a Buffer's slice would not copy
  const start = startOf(bytes);
  if (start === undefined) throw new Unreadable("not-an-image", "The file is not a DICOM file.");
  const position = endOfMeta(bytes, start);
  const meta = parseDataSet(bytes.subarray(0, position), start, META_CODING);
  const uid = meta.text(TAGS.TransferSyntaxUID);
  const declared = uid === undefined ? undefined : findTransferSyntax(uid);
  if (uid !== undefined && declared === undefined) {
    throw new Unreadable("unsupported-transfer-syntax", `The transfer syntax ${safeUid(uid)} is not supported.`);
  }
  if (position >= bytes.length) {
    throw new Unreadable("truncated", "The file ends after its meta information.");
  }
  if (declared?.deflated) {
    const inflated = inflate(bytes.subarray(position));
    return { meta, dataSet: parseDataSet(inflated, 0, declared), transferSyntax: declared };
  }
  const shown = syntaxShown(bytes, position);
  if (declared === undefined) {
    return { meta, dataSet: parseDataSet(bytes, position, shown), transferSyntax: shown };
  }
  // Writers exist that declare one little-endian coding and use the other; the first element does not lie about it.
  const coding = declared.littleEndian ? { ...declared, explicit: shown.explicit } : declared;
  return { meta, dataSet: parseDataSet(bytes, position, coding), transferSyntax: declared };
};

/** What may be shown of a UID from a file: digits and dots. */
const safeUid = (uid: string): string => (/^[0-9.]{1,64}$/.test(uid) ? uid : "of the file, not a valid UID,");
