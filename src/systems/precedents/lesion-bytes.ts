/**
 * The crops of marked lesions as a data set keeps them, read and cut in the form that prefetch.ts runs in its threads. Imports
 * the store's files alone: a thread has no use for the database.
 */

import { decodeGreyPng } from "../../imaging/grey-png.ts";
import { greyBytes } from "../../learning/grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "../../learning/prefetch.ts";
import { HomeFiles } from "../../store/files.ts";
import type { StoredImage } from "../../store/index.ts";
import { cropLesion, type LesionBox } from "./lesion-crop.ts";

/** A marked lesion of a radiograph of the archive. */
export interface MarkedLesion {
  readonly image: StoredImage["id"];
  readonly box: LesionBox;
  /** In pixels. */
  readonly radiograph: { readonly width: number; readonly height: number };
}

/** Where the pictures are, and at what side a data set keeps them. */
export interface LesionByteSettings {
  readonly root: string;
  readonly size: number;
}

/** For a lesion the bytes of its crop. */
export const makeLesionBytes = ({ root, size }: LesionByteSettings): Prepare<MarkedLesion, Uint8Array> => {
  const files = new HomeFiles(root);
  return async ({ image, box, radiograph }) => {
    const whole = await decodeGreyPng(await files.readPicture(image));
    const value = greyBytes(cropLesion(whole, box, radiograph), size);
    return { value, transfer: [value.buffer] };
  };
};

/** See {@link makeLesionBytes}; the thread throws OsteonError `corrupt-store` for a picture that the home lacks. */
export const lesionBytes = (settings: LesionByteSettings): Preparation<MarkedLesion, Uint8Array> =>
  preparation(import.meta.url, makeLesionBytes, settings);
