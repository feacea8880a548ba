/** Per-picture standardisation: the input of networks that are to ignore exposure. */
import type { GreyImage } from "./grey-image.ts";

/**
 * The pixels shifted to mean 0 and scaled to standard deviation 1 (population); all 0 for a picture of one grey.
 *
 * @returns row-major, `height * width` values, unbounded
 * @example
 * standardise({ width: 2, height: 1, pixels: new Float32Array([0, 1]) }); // [-1, 1]
 */
export const standardise = (image: GreyImage): Float32Array => {
  const { pixels } = image;
  let sum = 0;
  for (const value of pixels) sum += value;
  const mean = sum / pixels.length;
  let squares = 0;
  for (const value of pixels) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / pixels.length);
  const scale = deviation > 1e-7 ? 1 / deviation : 0; // below it, rounding is all there is to scale
  return pixels.map((value) => (value - mean) * scale);
};
