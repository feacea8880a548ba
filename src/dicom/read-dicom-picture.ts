/** A DICOM file as a picture: taken apart, decoded, and brought to display as the standard says. */
import { greyOfColour } from "../imaging/colour.ts";
import type { GreyImage } from "../imaging/grey-image.ts";
import { type GreyRows, imageOfRows } from "../imaging/grey-rows.ts";
import { pixelHash } from "../imaging/pixel-hash.ts";
import { collapseGrey } from "../imaging/samples.ts";
import { Unreadable } from "../imaging/unreadable.ts";
import { type ViewerPicture, viewerPictureOfRows } from "../imaging/viewer-picture.ts";
import { colourSamples } from "./colour-frame.ts";
import type { DataSet } from "./data-set.ts";
import { decodeFirstFrame, type StoredFrame } from "./decode-frame.ts";
import { displayRows } from "./grey-transformation.ts";
import { greyViewerPicture } from "./grey-viewer-picture.ts";
import { type RadiographAttributes, readAttributes } from "./radiograph-attributes.ts";
import { readPart10 } from "./read-part10.ts";
import { TAGS } from "./tags.ts";

/** The first frame of a DICOM file for display, and what the file says of it. */
export interface DicomRows {
  readonly rows: GreyRows;
  /** Mean chroma in [0, 1], see imaging/colour.ts. */
  readonly colourfulness: number;
  /** See imaging/pixel-hash.ts. */
  readonly pixelHash: string;
  readonly attributes: RadiographAttributes;
}

/** The first frame with all its display values. */
export interface DicomPicture extends Omit<DicomRows, "rows"> {
  readonly image: GreyImage;
}

const DIRECTORY = "1.2.840.10008.1.3.10";

/** Storage classes without a picture of their own (PS3.4 annex B.5), by the beginning of their UID. */
const OTHER_OBJECTS: readonly (readonly [prefix: string, name: string])[] = [
  ["1.2.840.10008.5.1.4.1.1.88.", "a structured report"],
  ["1.2.840.10008.5.1.4.1.1.104.", "an encapsulated document"],
  ["1.2.840.10008.5.1.4.1.1.11.", "a presentation state"],
  ["1.2.840.10008.5.1.4.1.1.9.", "a waveform"],
  ["1.2.840.10008.5.1.4.1.1.481.3", "a radiotherapy structure set"],
  ["1.2.840.10008.5.1.4.1.1.481.4", "a radiotherapy treatment record"],
  ["1.2.840.10008.5.1.4.1.1.481.5", "a radiotherapy plan"],
  ["1.2.840.10008.5.1.4.1.1.481.6", "a radiotherapy treatment record"],
  ["1.2.840.10008.5.1.4.1.1.481.7", "a radiotherapy treatment record"],
  ["1.2.840.10008.5.1.4.1.1.481.8", "a radiotherapy plan"],
  ["1.2.840.10008.5.1.4.1.1.481.9", "a radiotherapy treatment record"],
  ["1.2.840.10008.5.1.4.1.1.66", "raw or registration data"],
  ["1.2.840.10008.5.1.4.1.1.67", "a real-world value mapping"],
];

/** Modalities that name such objects where the class is missing. */
const OTHER_MODALITIES: ReadonlySet<string> = new Set(
  "SR PR KO DOC RTPLAN RTSTRUCT RTRECORD ECG HD EPS AU PLAN REG".split(" "),
);

/** Refuses what has no pixel data, by what it is. */
const checkPixelData = (dataSet: DataSet, classUid: string | undefined): void => {
  if ((dataSet.elements.get(TAGS.PixelData)?.length ?? 0) > 0) return;
  if (classUid === DIRECTORY) throw new Unreadable("not-a-picture-object", "The file is a DICOM directory.");
  const other = OTHER_OBJECTS.find(([prefix]) => classUid?.startsWith(prefix));
  if (other) throw new Unreadable("not-a-picture-object", `The file is ${other[1]}, which has no picture.`);
  const modality = dataSet.text(TAGS.Modality);
  if (modality !== undefined && OTHER_MODALITIES.has(modality)) {
    throw new Unreadable("not-a-picture-object", `The file is a ${modality} object, which has no picture.`);
  }
  if (dataSet.elements.has(TAGS.FloatPixelData) || dataSet.elements.has(TAGS.DoubleFloatPixelData)) {
    throw new Unreadable("unsupported-pixels", "The file holds floating-point pixels, which no radiograph has.");
  }
  throw new Unreadable("no-pixel-data", "The DICOM file has no pixel data.");
};

/** The first frame of a DICOM file as it is stored, and what the file says of it. */
interface DecodedFile {
  readonly dataSet: DataSet;
  readonly frame: StoredFrame;
  readonly attributes: RadiographAttributes;
}

type CheckAttributes = (attributes: RadiographAttributes) => void;

const decodeFile = async (bytes: Uint8Array, check: CheckAttributes): Promise<DecodedFile> => {
  const { meta, dataSet, transferSyntax } = readPart10(bytes);
  checkPixelData(dataSet, dataSet.text(TAGS.SOPClassUID) ?? meta.text(TAGS.MediaStorageSOPClassUID));
  const attributes = readAttributes(dataSet, transferSyntax.uid);
  check(attributes);
  return { dataSet, frame: await decodeFirstFrame(dataSet, transferSyntax), attributes };
};

const rowsOfFile = ({ dataSet, frame, attributes }: DecodedFile): DicomRows & { readonly white: number } => {
  const { samples, pixels } = frame;
  if (frame.colourModel === "grey") {
    const sense = pixels.PhotometricInterpretation === "MONOCHROME1" ? "MONOCHROME1" : "";
    const rows = displayRows(dataSet, pixels, samples);
    return { rows, colourfulness: 0, pixelHash: pixelHash(samples, sense), attributes, white: 255 };
  }
  const colour = colourSamples(dataSet, frame);
  const shown = collapseGrey(colour.samples);
  return { ...greyOfColour(shown, colour.white), pixelHash: pixelHash(shown), attributes, white: colour.white };
};

/**
 * Reads the first frame of a DICOM file. Every modality is decoded; whether it is a radiograph is the caller's decision.
 *
 * @param check looks at the attributes before the pixels are decoded, and throws where they are not wanted
 * @throws Unreadable with the reason, for whatever keeps the file from being a picture
 * @example
 * const { rows, attributes } = await readDicomRows(bytes);
 */
export const readDicomRows = async (bytes: Uint8Array, check: CheckAttributes = () => {}): Promise<DicomRows> => {
  const { white: _, ...picture } = rowsOfFile(await decodeFile(bytes, check));
  return picture;
};

/** As {@link readDicomRows}, with the picture as a viewer wants it. */
export const readDicomForViewer = async (
  bytes: Uint8Array,
  check: CheckAttributes = () => {},
): Promise<DicomRows & { readonly viewer: ViewerPicture }> => {
  const file = await decodeFile(bytes, check);
  const { white, ...picture } = rowsOfFile(file);
  const { dataSet, frame } = file;
  const viewer =
    frame.colourModel === "grey"
      ? greyViewerPicture(dataSet, frame.pixels, frame.samples)
      : viewerPictureOfRows(picture.rows, white);
  return { ...picture, viewer };
};

/**
 * Reads the first frame of a DICOM file into memory, as {@link readDicomRows} does.
 *
 * @example
 * const { image, attributes } = await readDicomPicture(bytes);
 */
export const readDicomPicture = async (bytes: Uint8Array): Promise<DicomPicture> => {
  const { rows, ...facts } = await readDicomRows(bytes);
  return { ...facts, image: imageOfRows(rows) };
};
