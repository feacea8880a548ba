/** Small filters, given by their weights. */
import type { GreyImage } from "../grey-image.ts";
import { pad } from "./border.ts";
import { clip } from "./sample.ts";

/** One weight of a filter, for the pixel `x` to the right and `y` below. */
export interface Tap {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** Each pixel the weighted sum of its surroundings, clipped; the border is mirrored (`reflect_101`). */
export const filter = (image: GreyImage, taps: readonly Tap[]): Float32Array => {
  const { width, height } = image;
  const radius = Math.max(...taps.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))));
  const { values, stride } = pad(image, radius, "reflect_101");
  const target = new Float32Array(width * height);
  const sums = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (const { x, y, weight } of taps) {
      const from = (row + radius + y) * stride + radius + x;
      for (let column = 0; column < width; column++) sums[column]! += weight * values[from + column]!;
    }
    for (let column = 0; column < width; column++) target[row * width + column] = clip(sums[column]!);
  }
  return target;
};
