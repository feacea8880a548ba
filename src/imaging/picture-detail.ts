/**
 * What is left of a picture of 64 x 64 pixels when its large shapes are taken away. Two radiographs of one region have the
 * same shapes; only two copies of one radiograph have the same detail.
 */
import type { GreyImage } from "./grey-image.ts";
import type { Orientation } from "./perceptual-hash.ts";
import { resize } from "./resize.ts";

const side = 64;
/** Half the width of the square whose mean is taken away, and of that whose deviation is brought to 1. */
const reach = 3;
/** A deviation below this share of the grey scale is grain, and is not brought to 1. */
const leastDeviation = 0.01;

/** The detail of a picture: `64 * 64` values, their squares summing to 1 (or 0 for a picture without any). */
export type PictureDetail = Float32Array<ArrayBuffer>;

/**
 * The detail of a picture, whatever its proportions. Contrast is evened out from place to place, so that a window changes
 * little.
 */
export const pictureDetail = (image: GreyImage): PictureDetail => {
  const { pixels } = resize(image, side, side);
  const detail = new Float32Array(side * side);
  let squares = 0;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let [sum, square, count] = [0, 0, 0];
      for (let v = Math.max(y - reach, 0); v <= Math.min(y + reach, side - 1); v++) {
        for (let u = Math.max(x - reach, 0); u <= Math.min(x + reach, side - 1); u++) {
          const value = pixels[v * side + u]!;
          sum += value;
          square += value * value;
          count++;
        }
      }
      const mean = sum / count;
      const deviation = Math.sqrt(Math.max(square / count - mean * mean, 0));
      const own = (pixels[y * side + x]! - mean) / (deviation + leastDeviation);
      detail[y * side + x] = own;
      squares += own * own;
    }
  }
  const norm = Math.sqrt(squares);
  if (norm > 0) for (let i = 0; i < detail.length; i++) detail[i]! /= norm;
  return detail;
};

/**
 * How alike two pictures are in detail, -1 to 1, where `b` is first laid as the orientation says.
 *
 * @example
 * detailLikeness(pictureDetail(a), pictureDetail(b), orientations[0]!) > 0.6; // copies of one picture
 */
export const detailLikeness = (
  a: PictureDetail,
  b: PictureDetail,
  { transposed, mirrored, flipped }: Orientation,
): number => {
  let sum = 0;
  for (let y = 0; y < side; y++) {
    const v = flipped ? side - 1 - y : y;
    for (let x = 0; x < side; x++) {
      const u = mirrored ? side - 1 - x : x;
      sum += a[y * side + x]! * b[transposed ? u * side + v : v * side + u]!;
    }
  }
  return sum;
};
