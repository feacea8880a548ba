/**
 * A radiograph for those who look at it: all bits for the viewer, the small picture for links, and who and what it is by its
 * file. Runs in threads, and knows no database.
 */

import type { GreyImage } from "../../imaging/grey-image.ts";
import { partOfRows } from "../../imaging/grey-rows.ts";
import type { Rectangle } from "../../imaging/resize.ts";
import { inEightBits, smallPictureOfRows } from "../../imaging/small-picture.ts";
import { partOfViewerPicture, type ViewerPicture } from "../../imaging/viewer-picture.ts";
import { hashContent } from "../../store/files.ts";
import { acquisitionFacts } from "./acquisition-facts.ts";
import { modalityProblem } from "./not-a-radiograph.ts";
import { readWholeFile } from "./read-file.ts";
import { decodeForViewer, type QuarantineReason } from "./read-radiograph.ts";

/** A radiograph that was read. */
export interface RadiographForViewer {
  readonly pixelHash: string;
  /** Whom the file names. Patient data. */
  readonly patientId: string | undefined;
  /** yyyy-mm-dd; null where the file does not say. */
  readonly acquiredOn: string | null;
  readonly colourfulness: number;
  /** Why the file says that it is no radiograph; null where it does not. */
  readonly otherModality: QuarantineReason | null;
  readonly viewer: ViewerPicture;
  /** Between rows and between columns. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** The small picture, as the archive keeps it and reads it again; made when it is asked for. */
  readonly small: () => GreyImage;
  /** SHA-256 of the file; made when it is asked for. */
  readonly fileHash: () => string;
}

/** What became of a file. */
export type ViewerOutcome =
  | { readonly ok: true; readonly radiograph: RadiographForViewer }
  | { readonly ok: false; readonly reason: QuarantineReason };

/**
 * Reads the file at a path. Whatever is wrong with it is in the outcome.
 *
 * @param part of the plate, where one exposure on it is wanted
 */
export const readForViewer = async (path: string, part?: Rectangle): Promise<ViewerOutcome> => {
  const file = await readWholeFile(path);
  if (!file.ok) return file;
  const outcome = await decodeForViewer(file.bytes);
  if (!outcome.ok) return outcome;
  const { rows, viewer, pixelHash, colourfulness, attributes } = outcome.radiograph;
  const { PatientID, Modality, PixelSpacing, ImagerPixelSpacing } = attributes;
  return {
    ok: true,
    radiograph: {
      pixelHash,
      patientId: PatientID,
      acquiredOn: acquisitionFacts(attributes).acquisitionDate,
      colourfulness,
      otherModality: modalityProblem(Modality),
      viewer: part ? partOfViewerPicture(viewer, part) : viewer,
      pixelSpacingMm: PixelSpacing ?? ImagerPixelSpacing ?? null,
      small: () => inEightBits(smallPictureOfRows(part ? partOfRows(rows, part) : rows)),
      fileHash: () => hashContent(file.bytes),
    },
  };
};
