/** Convolution with a Gaussian, one axis after the other. */
import { type BorderMode, clamped, mirrored } from "./border.ts";

/** The weights of a Gaussian at 0 .. radius, of which all `2 * radius + 1` sum to 1. */
const halfKernel = (sigma: number, radius: number): Float64Array => {
  const weights = new Float64Array(radius + 1);
  let sum = 0;
  for (let i = 0; i <= radius; i++) {
    weights[i] = Math.exp(-0.5 * (i / sigma) ** 2);
    sum += i === 0 ? weights[i]! : 2 * weights[i]!;
  }
  for (let i = 0; i <= radius; i++) weights[i]! /= sum;
  return weights;
};

/** How wide a Gaussian is, where it ends, and what lies beyond the picture. */
export interface GaussianOptions {
  /** Standard deviation in pixels; 0 changes nothing. */
  readonly sigma: number;
  /** The kernel has `2 * radius + 1` weights. */
  readonly radius: number;
  readonly borderMode: Exclude<BorderMode, "constant">;
}

/**
 * The picture blurred by a Gaussian.
 *
 * @example
 * gaussian(image, { sigma: 2, radius: 7, borderMode: "reflect_101" });
 */
export const gaussian = (
  image: { readonly pixels: Float32Array; readonly width: number; readonly height: number },
  { sigma, radius, borderMode }: GaussianOptions,
): Float32Array => {
  const { width, height } = image;
  if (sigma === 0 || radius === 0) return image.pixels.slice();
  const weights = halfKernel(sigma, radius);
  const index = borderMode === "replicate" ? clamped : mirrored;
  const across = new Float32Array(width * height);
  const padded = new Float32Array(width + 2 * radius);
  for (let from = 0; from < across.length; from += width) {
    padded.set(image.pixels.subarray(from, from + width), radius);
    for (let i = 1; i <= radius; i++) {
      padded[radius - i] = image.pixels[from + index(-i, width)]!;
      padded[radius + width - 1 + i] = image.pixels[from + index(width - 1 + i, width)]!;
    }
    for (let x = 0; x < width; x++) {
      const at = radius + x;
      let sum = weights[0]! * padded[at]!;
      for (let i = 1; i <= radius; i++) sum += weights[i]! * (padded[at - i]! + padded[at + i]!);
      across[from + x] = sum;
    }
  }
  // down the columns, but a row at a time, so that memory is read in order
  const target = new Float32Array(width * height);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    for (let x = 0; x < width; x++) sums[x] = weights[0]! * across[at + x]!;
    for (let i = 1; i <= radius; i++) {
      const weight = weights[i]!;
      const above = index(y - i, height) * width;
      const below = index(y + i, height) * width;
      for (let x = 0; x < width; x++) sums[x]! += weight * (across[above + x]! + across[below + x]!);
    }
    target.set(sums, at);
  }
  return target;
};
