/** What is read of a query's file once, when it comes: what a viewer and a link need to know without opening it again. */

import type { Picture } from "../../contract/pictures.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import type { ViewerPicture } from "../../imaging/viewer-picture.ts";
import type { HomeFiles } from "../../store/files.ts";
import { readForViewer } from "../../systems/cohort/read-for-viewer.ts";
import { type Appearance, appearanceOf, type UnknownReason } from "../../systems/precedents/familiarity.ts";
import { showPicture } from "./show-picture.ts";

/** What is kept of it. */
export type QueryReading =
  | {
      readonly ok: true;
      readonly picture: Picture;
      readonly appearance: Appearance;
      /** Why the file says that it is no radiograph; null where it does not. */
      readonly otherModality: UnknownReason | null;
      /** yyyy-mm-dd, when it was taken; null where nobody says, missing where it was read before that was asked. */
      readonly acquiredOn?: string | null;
    }
  | { readonly ok: false; readonly problem: UnknownReason };

/** What was found in the file besides. */
export type QueryFileRead =
  | {
      readonly ok: true;
      readonly reading: QueryReading & { readonly ok: true };
      readonly fileHash: string;
      readonly pixelHash: string;
      /** Whom the file names. Patient data. */
      readonly patientId: string | undefined;
      readonly viewer: ViewerPicture;
      readonly small: GreyImage;
    }
  | { readonly ok: false; readonly reading: QueryReading & { readonly ok: false } };

/**
 * Reads a file; whatever is wrong with it is in the answer.
 *
 * @param keep under which query its small picture is kept
 */
export const readQuery = async (
  path: string,
  { files, keep }: { readonly files: HomeFiles; readonly keep: string },
): Promise<QueryFileRead> => {
  const outcome = await readForViewer(path);
  if (!outcome.ok) return { ok: false, reading: { ok: false, problem: outcome.reason } };
  const { colourfulness, viewer, pixelSpacingMm, otherModality, acquiredOn, pixelHash, patientId, fileHash } =
    outcome.radiograph;
  const small = outcome.radiograph.small();
  await files.writeQueryPicture(keep, await encodeGreyPng(small));
  return {
    ok: true,
    fileHash: fileHash(),
    pixelHash,
    patientId,
    viewer,
    small,
    reading: {
      ok: true,
      picture: showPicture({ viewer, pixelSpacingMm }),
      appearance: appearanceOf(small, colourfulness),
      otherModality,
      acquiredOn,
    },
  };
};
