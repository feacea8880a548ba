/** A radiograph as the archive takes it in: what is known of it and its small picture, all that an import needs of its pixels. */

import { withoutBorder } from "../../imaging/borders.ts";
import { hasCameraSettings } from "../../imaging/exif-camera.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { partOfRows } from "../../imaging/grey-rows.ts";
import { perceptualHash } from "../../imaging/perceptual-hash.ts";
import { pictureDetail } from "../../imaging/picture-detail.ts";
import { describePlate, ofExposure, type PlateGeometry } from "../../imaging/plate-geometry.ts";
import { quarterTurns } from "../../imaging/plate-rotation.ts";
import { smallPictureOfRows } from "../../imaging/small-picture.ts";
import type { ComparedPicture } from "./near-duplicates.ts";
import { modalityProblem, pictureProblem } from "./not-a-radiograph.ts";
import { type DecodedRadiograph, decodeRadiograph, type QuarantineReason } from "./read-radiograph.ts";

/** A picture of a plate, or of one exposure on it, as the archive keeps it. */
export interface ArchivedPicture extends ComparedPicture {
  /** In pixels, of the whole plate or of the exposure. */
  readonly width: number;
  readonly height: number;
  /** The small picture (imaging/small-picture.ts), a PNG. */
  readonly png: Uint8Array<ArrayBuffer>;
  readonly geometry: PlateGeometry;
}

/** A radiograph without its pixels, of which the small picture is left. */
export interface ArchivedRadiograph extends Omit<DecodedRadiograph, "rows">, ArchivedPicture {
  /** The exposures on the plate where they were to be split, from above and from the left; else none. */
  readonly exposures: readonly ArchivedPicture[];
}

/** What became of a file: a radiograph, or why it is set aside. */
export type ArchiveOutcome =
  | { readonly ok: true; readonly radiograph: ArchivedRadiograph }
  | { readonly ok: false; readonly reason: QuarantineReason };

/** How a radiograph is read for the archive. */
export interface ReadForArchiveOptions {
  /** Makes a picture of each of several exposures on one plate. */
  readonly splitExposures?: boolean;
  /** Takes also what is certainly no radiograph: a person has looked at it. */
  readonly anyway?: boolean;
}

/** Reads a radiograph for the archive; what is no radiograph is set aside. Never throws for what the bytes hold. */
export const readForArchive = async (
  bytes: Uint8Array,
  { splitExposures = false, anyway = false }: ReadForArchiveOptions = {},
): Promise<ArchiveOutcome> => {
  const outcome = await decodeRadiograph(bytes, ({ Modality }) => (anyway ? null : modalityProblem(Modality)));
  if (!outcome.ok) return outcome;
  const { rows, ...facts } = outcome.radiograph;
  const small = smallPictureOfRows(rows);
  const reason = anyway ? null : pictureProblem(small, facts.colourfulness);
  if (reason) return { ok: false, reason };
  const geometry = describe(small, { ...outcome.radiograph, bytes });
  const whole = await archive(small, { geometry, size: rows });
  const exposures: ArchivedPicture[] = [];
  for (const part of splitExposures ? geometry.exposures : []) {
    const picture = smallPictureOfRows(partOfRows(rows, part));
    exposures.push(await archive(picture, { geometry: ofExposure(geometry, part), size: part }));
  }
  return { ok: true, radiograph: { ...facts, ...whole, exposures } };
};

const archive = async (
  picture: GreyImage,
  {
    geometry,
    size: { width, height },
  }: { readonly geometry: PlateGeometry; readonly size: { readonly width: number; readonly height: number } },
): Promise<ArchivedPicture> => {
  const content = withoutBorder(picture);
  return {
    width,
    height,
    geometry,
    png: new Uint8Array(await encodeGreyPng(picture)), // memory of its own, which can be handed on
    perceptualHash: perceptualHash(content),
    detail: pictureDetail(content),
  };
};

const describe = (
  small: GreyImage,
  { rows, format, attributes, colourfulness, bytes }: DecodedRadiograph & { readonly bytes: Uint8Array },
): PlateGeometry => {
  const { shutters = [], collimators = [], shutterOverlayGroup } = attributes.fieldShapes ?? {};
  return describePlate(small, {
    width: rows.width,
    height: rows.height,
    colourfulness,
    hasCamera: format === "jpeg" && hasCameraSettings(bytes),
    shutters,
    collimators,
    ...(shutterOverlayGroup === undefined ? {} : { shutterOverlayGroup }),
    quarterTurns: quarterTurns(attributes.PatientOrientation),
    secondaryCapture: secondaryCaptureOf(attributes),
  });
};

/** Secondary Capture Image Storage and its multi-frame kin (PS3.4 annex B.5). */
const secondaryCaptureClass = "1.2.840.10008.5.1.4.1.1.7";

const secondaryCaptureOf = ({
  ConversionType,
  SOPClassUID = "",
  Modality,
}: DecodedRadiograph["attributes"]): string | null => {
  const isOne = SOPClassUID === secondaryCaptureClass || SOPClassUID.startsWith(`${secondaryCaptureClass}.`);
  if (!isOne && Modality !== "SC") return null;
  return ConversionType && /^[A-Z]{1,4}$/.test(ConversionType) ? ConversionType : "unstated";
};
