/** The reduced picture that training, indexing, linking and pages all work on, so that archive and query are seen alike. */

import type { GreyImage } from "./grey-image.ts";
import { resize } from "./resize.ts";

/** Longest side of a small picture in pixels. */
export const smallPictureSide = 512;

/** The picture with its longer side at most {@link smallPictureSide}; a smaller one is left as it is. */
export const smallPicture = (image: GreyImage): GreyImage => {
  const scale = smallPictureSide / Math.max(image.width, image.height);
  if (scale >= 1) return image;
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  return resize(image, side(image.width), side(image.height));
};
