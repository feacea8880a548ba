/** A square from any picture, without cutting a long bone and without stretching it. */
import type { GreyImage } from "./grey-image.ts";
import { type Rectangle, resizeInto } from "./resize.ts";

/** Where a picture lies in its letterbox, in pixels of the box: maps masks and boxes back to the picture. */
export type LetterboxPlacement = Rectangle;

/**
 * Where {@link letterbox} puts a picture of the given size in a square of `size`: centred, its longer side filling the box.
 *
 * @example
 * letterboxPlacement({ width: 100, height: 200 }, 64); // { left: 16, top: 0, width: 32, height: 64 }
 */
export const letterboxPlacement = (
  image: { readonly width: number; readonly height: number },
  size: number,
): LetterboxPlacement => {
  const scale = size / Math.max(image.width, image.height);
  const width = Math.max(Math.round(image.width * scale), 1);
  const height = Math.max(Math.round(image.height * scale), 1);
  return { left: (size - width) >> 1, top: (size - height) >> 1, width, height };
};

/**
 * The picture in a square of `size` x `size` pixels: aspect ratio kept, antialiased, centred, the rest 0 (air).
 *
 * @param pixels where the square is drawn, row-major, all 0; new memory by default
 * @example
 * letterbox(image, 224).width; // 224
 */
export const letterbox = (
  image: GreyImage,
  size: number,
  pixels: Float32Array<ArrayBuffer> = new Float32Array(size * size),
): GreyImage => {
  const box = { width: size, height: size, pixels };
  resizeInto(image, box, letterboxPlacement(image, size));
  return box;
};
