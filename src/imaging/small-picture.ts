/** The reduced picture that training, indexing, linking and pages all work on, so that archive and query are seen alike. */

import { averageRows } from "./average-rows.ts";
import type { GreyImage } from "./grey-image.ts";
import { type GreyRows, imageOfRows, rowsOfImage } from "./grey-rows.ts";
import { resizeRows } from "./resize.ts";

/** Longest side of a small picture in pixels. */
export const smallPictureSide = 512;

/** The picture with its longer side at most {@link smallPictureSide}; a smaller one is left as it is. */
export const smallPicture = (image: GreyImage): GreyImage =>
  Math.max(image.width, image.height) <= smallPictureSide ? image : smallPictureOfRows(rowsOfImage(image));

/** The {@link smallPicture} of one that is read row by row. */
export const smallPictureOfRows = (rows: GreyRows): GreyImage => {
  const { width, height } = rows;
  const scale = Math.max(width, height) / smallPictureSide;
  if (scale <= 1) return imageOfRows(rows);
  const side = (length: number): number => Math.max(1, Math.round(length / scale));
  const small = { width: side(width), height: side(height) };
  const factor = Math.min(Math.floor(scale), width, height);
  if (factor < 2) return resizeRows(rows, small);
  return resizeRows(averageRows(rows, factor), small, { width: width / factor, height: height / factor });
};

/** The picture as it is when the archive has kept it and it is read again: in steps of 1/255. */
export const inEightBits = ({ width, height, pixels }: GreyImage): GreyImage => {
  const rounded = new Float32Array(pixels.length);
  for (let i = 0; i < rounded.length; i++) rounded[i] = Math.trunc(pixels[i]! * 255 + 0.5) / 255;
  return { width, height, pixels: rounded };
};
