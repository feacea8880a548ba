/**
 * The one door for radiographs: DICOM, PNG or JPEG bytes in, a grey picture and its attributes out, or the reason why not.
 * What a file is shows in its first bytes; its name says nothing.
 */
import type { RadiographAttributes } from "../../dicom/radiograph-attributes.ts";
import { readDicomForViewer, readDicomRows } from "../../dicom/read-dicom-picture.ts";
import { looksLikeDicom } from "../../dicom/read-part10.ts";
import {
  type DecodedRows,
  decodePictureForViewer,
  decodePictureRows,
  type PictureFormat,
  pictureFormat,
} from "../../imaging/decode-picture.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { type GreyRows, imageOfRows } from "../../imaging/grey-rows.ts";
import { Unreadable, type UnreadableCode } from "../../imaging/unreadable.ts";
import type { ViewerPicture } from "../../imaging/viewer-picture.ts";

export type { RadiographAttributes } from "../../dicom/radiograph-attributes.ts";
export { type BytesOutcome, RadiographReader, type RadiographReaderOptions } from "./read-radiograph-reader.ts";

/** A file decoded as a picture, of which rows for display can be read. */
export interface DecodedRadiograph {
  readonly format: "dicom" | "png" | "jpeg";
  readonly rows: GreyRows;
  /** Mean chroma in [0, 1], 0 for grey. */
  readonly colourfulness: number;
  /** SHA-256 of the stored samples: equal for lossless re-encodings of one picture. */
  readonly pixelHash: string;
  /** Empty for PNG and JPEG. */
  readonly attributes: RadiographAttributes;
}

/** A file read as a picture. Whether it is a radiograph (modality, colourfulness) is the caller's decision. */
export interface RadiographRead extends Omit<DecodedRadiograph, "rows"> {
  readonly image: GreyImage;
}

/** Why a file was put aside, from a closed set. */
export type QuarantineCode =
  | UnreadableCode
  | "empty-file"
  | "unreadable-file"
  | "timed-out"
  | "decoder-crashed"
  | "not-a-radiograph";

/** Why a file was put aside. */
export interface QuarantineReason {
  readonly code: QuarantineCode;
  /** One sentence for a person, without patient data. */
  readonly detail: string;
}

/** What became of a file that was decoded. */
export type DecodeOutcome =
  | { readonly ok: true; readonly radiograph: DecodedRadiograph }
  | { readonly ok: false; readonly reason: QuarantineReason };

/** What became of a file. */
export type ReadOutcome =
  | { readonly ok: true; readonly radiograph: RadiographRead }
  | { readonly ok: false; readonly reason: QuarantineReason };

/** Formats that are recognised only to be named in the reason. */
const NAMED_FORMATS: readonly (readonly [name: string, start: readonly number[]])[] = [
  ["a TIFF picture", [0x49, 0x49, 0x2a, 0x00]],
  ["a TIFF picture", [0x4d, 0x4d, 0x00, 0x2a]],
  ["a GIF picture", [0x47, 0x49, 0x46, 0x38]],
  ["a BMP picture", [0x42, 0x4d]],
  ["a WebP or other RIFF file", [0x52, 0x49, 0x46, 0x46]],
  ["a JPEG 2000 picture", [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50]],
  ["a PDF document", [0x25, 0x50, 0x44, 0x46]],
  ["a ZIP archive", [0x50, 0x4b, 0x03, 0x04]],
  ["a gzip archive", [0x1f, 0x8b]],
];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

/** Why a file is not wanted, or null where it is, by what it says of itself and before its pixels are decoded. */
export type AttributeCheck = (attributes: RadiographAttributes) => QuarantineReason | null;

/** A file that a check refuses; it never leaves this module. */
class Refused extends Error {
  readonly reason: QuarantineReason;

  constructor(reason: QuarantineReason) {
    super(reason.detail);
    this.reason = reason;
  }
}

/** How files of each kind are decoded, and with that what comes of them. */
interface Decoders<Picture> {
  readonly dicom: (
    bytes: Uint8Array,
    refuse: (attributes: RadiographAttributes) => void,
  ) => Promise<Picture & Pick<DecodedRadiograph, "attributes">>;
  readonly picture: (bytes: Uint8Array, format: PictureFormat) => Promise<Picture>;
}

type Decoded<Picture> = Picture & Pick<DecodedRadiograph, "format" | "attributes">;

const rowDecoders: Decoders<DecodedRows> = { dicom: readDicomRows, picture: decodePictureRows };

const decode = async <Picture>(
  bytes: Uint8Array,
  check: AttributeCheck,
  decoders: Decoders<Picture>,
): Promise<Decoded<Picture>> => {
  const refuse = (attributes: RadiographAttributes): void => {
    const reason = check(attributes);
    if (reason) throw new Refused(reason);
  };
  // DICOM goes first: its preamble may hold the header of another format (PS3.10 section 7.1).
  if (looksLikeDicom(bytes)) return { format: "dicom", ...(await decoders.dicom(bytes, refuse)) };
  const format = pictureFormat(bytes);
  if (format) return { format, attributes: {}, ...(await decoders.picture(bytes, format)) };
  const named = NAMED_FORMATS.find(([, start]) => beginsWith(bytes, start));
  if (named) throw new Unreadable("unsupported-format", `The file is ${named[0]}; DICOM, PNG and JPEG are read.`);
  throw new Unreadable("not-an-image", "The file is neither DICOM nor PNG nor JPEG.");
};

/**
 * Decodes a radiograph in this thread. Never throws for what the bytes hold.
 *
 * @param check spares the decoding of what is not wanted; everything is, by default
 */
export const decodeRadiograph = (bytes: Uint8Array, check: AttributeCheck = () => null): Promise<DecodeOutcome> =>
  outcomeOf(bytes, check, rowDecoders);

/** As {@link decodeRadiograph}, with the picture as a viewer wants it: all bits, and beside them what is to be seen. */
export const decodeForViewer = (
  bytes: Uint8Array,
): Promise<
  | { readonly ok: true; readonly radiograph: DecodedRadiograph & { readonly viewer: ViewerPicture } }
  | { readonly ok: false; readonly reason: QuarantineReason }
> => outcomeOf(bytes, () => null, { dicom: readDicomForViewer, picture: decodePictureForViewer });

const outcomeOf = async <Picture>(
  bytes: Uint8Array,
  check: AttributeCheck,
  decoders: Decoders<Picture>,
): Promise<
  | { readonly ok: true; readonly radiograph: Decoded<Picture> }
  | { readonly ok: false; readonly reason: QuarantineReason }
> => {
  if (bytes.length === 0) return { ok: false, reason: { code: "empty-file", detail: "The file is empty." } };
  try {
    return { ok: true, radiograph: await decode(bytes, check, decoders) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason };
    if (error instanceof Unreadable) return { ok: false, reason: { code: error.code, detail: error.message } };
    // Whatever a decoder trips over in hostile bytes is the file's fault; its text may hold patient data, so it stays out.
    const kind = error instanceof Error ? error.name : typeof error;
    return { ok: false, reason: { code: "corrupt", detail: `The file made the decoder fail (${kind}).` } };
  }
};

/**
 * Reads the whole picture of a radiograph, as {@link decodeRadiograph} decodes it.
 *
 * @example
 * const outcome = await readRadiograph(await readFile(path));
 * if (outcome.ok) show(outcome.radiograph.image);
 * else report(outcome.reason.detail);
 */
export const readRadiograph = async (bytes: Uint8Array, check?: AttributeCheck): Promise<ReadOutcome> => {
  const outcome = await decodeRadiograph(bytes, check);
  if (!outcome.ok) return outcome;
  const { rows, ...facts } = outcome.radiograph;
  return { ok: true, radiograph: { ...facts, image: imageOfRows(rows) } };
};
