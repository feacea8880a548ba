/** One file of any kind, de-identified or set aside with a reason: DICOM by PS3.15, PNG and JPEG without their metadata. */
import sharp from "sharp";
import {
  type DecidedRegions,
  type DeidentifySettings,
  deidentifyFile,
  type OriginalIdentity,
} from "../../../dicom/deidentify/deidentify-file.ts";
import type { AttributeChange } from "../../../dicom/deidentify/deidentify-tree.ts";
import { findTextLines, isCertain } from "../../../dicom/deidentify/find-text-lines.ts";
import { KeyedIdentity } from "../../../dicom/deidentify/keyed-identity.ts";
import { looksLikeDicom } from "../../../dicom/read-part10.ts";
import { type MaskedRectangle, maskRegions } from "../../../imaging/burned-in-text/mask-regions.ts";
import { greyOfColour } from "../../../imaging/colour.ts";
import { decodeJpeg } from "../../../imaging/decode-jpeg.ts";
import { type PictureFormat, pictureFormat } from "../../../imaging/decode-picture.ts";
import { decodePng } from "../../../imaging/decode-png.ts";
import { imageOfRows } from "../../../imaging/grey-rows.ts";
import { collapseGrey, type Samples } from "../../../imaging/samples.ts";
import { stripPictureMetadata } from "../../../imaging/strip-picture-metadata.ts";
import { Unreadable } from "../../../imaging/unreadable.ts";
import { hashContent } from "../../../store/index.ts";
import { readWholeFile } from "../read-file.ts";

/** How files are de-identified, and what people decided on text in the pixels of some, by the hash of their content. */
export interface FolderSettings extends DeidentifySettings {
  readonly decided: ReadonlyMap<string, DecidedRegions>;
}

/** A file that names nobody, and where it belongs. */
export interface CleanFile {
  /** Below the output folder, with `/`; holds no identifier. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly changes: readonly AttributeChange[];
  readonly maskedRegions: number;
  /** Of DICOM files alone. */
  readonly pseudonym?: string;
  readonly shiftDays?: number;
  readonly original?: OriginalIdentity;
  readonly uids?: Omit<OriginalIdentity, "patientId" | "patientName">;
}

/** What became of a file. */
export type OneOutcome =
  | { readonly ok: true; readonly file: CleanFile }
  | { readonly ok: false; readonly code: string; readonly detail: string };

const deidentifyDicom = async (
  bytes: Uint8Array,
  settings: DeidentifySettings,
  decided: DecidedRegions | undefined,
): Promise<OneOutcome> => {
  const outcome = await deidentifyFile(bytes, settings, decided);
  if (!outcome.ok) return outcome;
  const { pseudonym, studyInstanceUid, seriesInstanceUid, sopInstanceUid, ...file } = outcome.file;
  return {
    ok: true,
    file: {
      ...{ bytes: file.bytes, changes: file.changes, maskedRegions: file.maskedRegions, original: file.original },
      ...{ pseudonym, shiftDays: file.shiftDays, uids: { studyInstanceUid, seriesInstanceUid, sopInstanceUid } },
      path: `${pseudonym}/${studyInstanceUid}/${seriesInstanceUid}/${sopInstanceUid}.dcm`,
    },
  };
};

const encodePng = async ({ width, height, channels, values }: Samples): Promise<Uint8Array<ArrayBuffer>> => {
  const isDeep = values.BYTES_PER_ELEMENT === 2;
  const raw = { width, height, channels: channels as 1 | 3 };
  const grey = isDeep ? "grey16" : "b-w";
  const picture = sharp(values as Uint8Array, { raw }).toColourspace(channels === 1 ? grey : isDeep ? "rgb16" : "srgb");
  return new Uint8Array(await picture.png().toBuffer());
};

/** Most rounds of masking, as for DICOM. */
const mostRounds = 10;

const deidentifyPicture = async (
  bytes: Uint8Array,
  { key, burnedIn }: DeidentifySettings,
  { format, decided }: { readonly format: PictureFormat; readonly decided: DecidedRegions | undefined },
): Promise<OneOutcome> => {
  const mark = new KeyedIdentity(key).mark(bytes);
  const done = (clean: Uint8Array<ArrayBuffer>, kind: PictureFormat, maskedRegions: number): OneOutcome => {
    const removed = bytes.length - clean.length;
    const changes: AttributeChange[] =
      removed > 0 && maskedRegions === 0 ? [{ attribute: "Metadata", treatment: "remove", count: 1 }] : [];
    const path = `pictures/${mark}.${kind === "png" ? "png" : "jpg"}`;
    return { ok: true, file: { path, bytes: clean, changes, maskedRegions } };
  };
  if (burnedIn === "keep") return done(stripPictureMetadata(bytes, format), format, 0);
  const { samples: decoded, white } = await (format === "png" ? decodePng(bytes) : decodeJpeg(bytes));
  let samples = decoded;
  const find = () => {
    const image = imageOfRows(greyOfColour(collapseGrey(samples), white).rows);
    return findTextLines(image);
  };
  const found = decided?.isWhole ? [] : find();
  const regions = [...(decided?.regions ?? []), ...found];
  if (regions.length === 0) return done(stripPictureMetadata(bytes, format), format, 0);
  if (burnedIn === "set-aside") return { ok: false, code: "burned-in-text", detail: "There is text in its pixels." };
  if (burnedIn === "judge" && !found.every(isCertain)) {
    return { ok: false, code: "uncertain-text", detail: "There may be text in its pixels." };
  }
  let left: readonly MaskedRectangle[] = regions;
  for (let round = 0; left.length > 0 && round < mostRounds; round++) {
    samples = maskRegions(samples, left);
    left = decided?.isWhole ? [] : find();
  }
  if (left.length > 0) {
    return { ok: false, code: "uncertain-text", detail: "Text is still found in its pixels after masking." };
  }
  return done(await encodePng(samples), "png", regions.length);
};

/**
 * De-identifies the file at `path`. Whatever is wrong with it is in the outcome.
 *
 * @example
 * const outcome = await deidentifyOne("scan.dcm", { key, options: [], burnedIn: "judge", decided: new Map() });
 */
export const deidentifyOne = async (path: string, settings: FolderSettings): Promise<OneOutcome> => {
  const read = await readWholeFile(path);
  if (!read.ok) return { ok: false, ...read.reason };
  try {
    const decided = settings.decided.size > 0 ? settings.decided.get(hashContent(read.bytes)) : undefined;
    const format = pictureFormat(read.bytes);
    if (format) return await deidentifyPicture(read.bytes, settings, { format, decided });
    if (looksLikeDicom(read.bytes)) return await deidentifyDicom(read.bytes, settings, decided);
    return { ok: false, code: "not-an-image", detail: "The file is neither DICOM, PNG nor JPEG." };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
};
