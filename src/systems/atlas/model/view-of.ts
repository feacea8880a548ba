/** What an atlas model sees of a radiograph. Knows no network, so that threads can make it. */

import { describeTexture } from "../../../imaging/describe-texture.ts";
import type { GreyImage } from "../../../imaging/grey-image.ts";
import { decodeGreyPng } from "../../../imaging/grey-png.ts";
import { assessPlausibility, type ImplausibleCode } from "../../../imaging/plausibility.ts";
import { warp } from "../../../imaging/warp.ts";
import { GreyDataset, standardiseInPlace } from "../../../learning/grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "../../../learning/prefetch.ts";
import { HomeFiles } from "../../../store/files.ts";
import type { StoredImage } from "../../../store/index.ts";
import { sourceSizeFor } from "../config.ts";

/** A picture as an atlas model sees it. */
export interface AtlasView {
  /** [imageSize * imageSize], as in training without augmentation. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** See describe-texture.ts. */
  readonly texture: Float64Array<ArrayBuffer>;
  /** Why it can be no radiograph; null where it can. */
  readonly implausible: ImplausibleCode | null;
}

/** The view of a small picture. */
export const viewOf = (
  picture: GreyImage,
  { imageSize, colourfulness }: { readonly imageSize: number; readonly colourfulness: number },
): AtlasView => {
  const size = sourceSizeFor(imageSize);
  const dataset = new GreyDataset(size);
  dataset.add(picture);
  const source = { pixels: new Float32Array(size ** 2), size };
  dataset.read(0, source.pixels);
  standardiseInPlace(source.pixels);
  const pixels = new Float32Array(imageSize ** 2);
  warp(source, { pixels, size: imageSize }, {});
  const plausibility = assessPlausibility(picture, colourfulness);
  return {
    pixels,
    texture: Float64Array.from(describeTexture(picture)),
    implausible: plausibility.plausible ? null : plausibility.reason.code,
  };
};

/** Where the pictures are, and how large a network wants them. */
export interface ArchiveViewSettings {
  readonly root: string;
  readonly imageSize: number;
}

/** For a radiograph of the archive its view. */
export const makeAtlasViews = ({
  root,
  imageSize,
}: ArchiveViewSettings): Prepare<Pick<StoredImage, "id" | "colourfulness">, AtlasView> => {
  const files = new HomeFiles(root);
  return async ({ id, colourfulness }) => {
    const value = viewOf(await decodeGreyPng(await files.readPicture(id)), { imageSize, colourfulness });
    return { value, transfer: [value.pixels.buffer, value.texture.buffer] };
  };
};

/** See {@link makeAtlasViews}; the thread throws OsteonError `corrupt-store` for a picture that the home lacks. */
export const atlasViews = (
  settings: ArchiveViewSettings,
): Preparation<Pick<StoredImage, "id" | "colourfulness">, AtlasView> =>
  preparation(import.meta.url, makeAtlasViews, settings);
