/**
 * The small pictures of a home, read, decoded and prepared in the form that prefetch.ts runs in its threads. Imports the
 * store's files alone: a thread has no use for the database.
 */

import { describeTexture } from "../../imaging/describe-texture.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import { type Preparation, type Prepare, preparation } from "../../learning/prefetch.ts";
import { HomeFiles } from "../../store/files.ts";
import type { StoredImage } from "../../store/index.ts";
import { cropLesion, type LesionBox } from "./lesion-crop.ts";
import { type ViewSizes, viewsOf } from "./views.ts";

/** What is made of a picture that is to be embedded. */
export interface ArchiveView {
  /** For each network, see {@link viewsOf}. */
  readonly views: readonly Float32Array[];
  /** See describe-texture.ts; where it is asked for. */
  readonly texture: Float64Array | undefined;
}

/** A picture of the archive that is to be embedded. */
export interface PictureToView {
  readonly image: StoredImage["id"];
  /** The part to see instead of the whole, in pixels of the radiograph; with the radiograph's size. */
  readonly lesion?: {
    readonly box: LesionBox;
    readonly radiograph: { readonly width: number; readonly height: number };
  };
}

/** Where the pictures are, and what is made of them. */
export interface ArchiveViewSettings extends ViewSizes {
  readonly root: string;
  readonly withTexture: boolean;
}

/** For a picture what the networks see of it, and its texture. */
export const makeArchiveViews = (settings: ArchiveViewSettings): Prepare<PictureToView, ArchiveView> => {
  const files = new HomeFiles(settings.root);
  return async ({ image, lesion }) => {
    const whole = await decodeGreyPng(await files.readPicture(image));
    const picture = lesion ? cropLesion(whole, lesion.box, lesion.radiograph) : whole;
    const views = viewsOf(picture, settings);
    const texture = settings.withTexture ? describeTexture(picture) : undefined;
    return { value: { views, texture }, transfer: views.map(({ buffer }) => buffer) };
  };
};

/** See {@link makeArchiveViews}; the thread throws OsteonError `corrupt-store` for a picture that the home lacks. */
export const archiveViews = (settings: ArchiveViewSettings): Preparation<PictureToView, ArchiveView> =>
  preparation(import.meta.url, makeArchiveViews, settings);
