/** Small filters, given by their weights. */
import type { GreyImage } from "../grey-image.ts";
import { mirrored } from "./border.ts";
import { clip } from "./sample.ts";

/** One weight of a filter, for the pixel `x` to the right and `y` below. */
export interface Tap {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** The picture with its mirror image around it, so that a filter need not look for the edge. */
const padMirrored = ({ pixels, width, height }: GreyImage, radius: number): Float32Array => {
  const stride = width + 2 * radius;
  const values = new Float32Array(stride * (height + 2 * radius));
  for (let y = -radius; y < height + radius; y++) {
    const from = mirrored(y, height) * width;
    const to = (y + radius) * stride + radius;
    values.set(pixels.subarray(from, from + width), to);
    for (let i = 1; i <= radius; i++) {
      values[to - i] = pixels[from + mirrored(-i, width)]!;
      values[to + width - 1 + i] = pixels[from + mirrored(width - 1 + i, width)]!;
    }
  }
  return values;
};

/** Each pixel the weighted sum of its surroundings, clipped; the border is mirrored (`reflect_101`). */
export const filter = (image: GreyImage, taps: readonly Tap[]): Float32Array => {
  const { width, height } = image;
  const radius = Math.max(...taps.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))));
  const stride = width + 2 * radius;
  const values = padMirrored(image, radius);
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
