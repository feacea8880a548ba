/**
 * Resizing with antialiasing: each output pixel is the mean of the input under a triangle as wide as the output pixel
 * (bilinear where the picture grows), so nothing is skipped however strong the reduction.
 */
import type { GreyImage } from "./grey-image.ts";

interface Taps {
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** `outputLength * width` weights, rows summing to 1. */
  readonly weights: Float32Array;
  readonly width: number;
}

/** The input positions and weights of every output position along one axis. */
const tapsOf = (inputLength: number, outputLength: number): Taps => {
  const scale = inputLength / outputLength;
  const radius = Math.max(scale, 1);
  const width = Math.ceil(2 * radius) + 2;
  const start = new Int32Array(outputLength);
  const count = new Int32Array(outputLength);
  const weights = new Float32Array(outputLength * width);
  for (let o = 0; o < outputLength; o++) {
    const centre = (o + 0.5) * scale - 0.5;
    const first = Math.max(Math.ceil(centre - radius), 0);
    const last = Math.min(Math.floor(centre + radius), inputLength - 1);
    let sum = 0;
    for (let i = first; i <= last; i++) {
      const weight = Math.max(1 - Math.abs(i - centre) / radius, 0);
      weights[o * width + i - first] = weight;
      sum += weight;
    }
    for (let i = 0; i <= last - first; i++) weights[o * width + i]! /= sum;
    start[o] = first;
    count[o] = last - first + 1;
  }
  return { start, count, weights, width };
};

/**
 * The picture at `width` x `height` pixels; the aspect ratio is the caller's concern (see letterbox.ts).
 *
 * @example
 * resize(image, 224, 224).pixels.length; // 50176
 */
export const resize = (image: GreyImage, width: number, height: number): GreyImage => {
  if (width === image.width && height === image.height) return image;
  const columns = tapsOf(image.width, width);
  const rows = tapsOf(image.height, height);
  const narrow = new Float32Array(image.height * width); // [input rows, output columns]
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * image.width + columns.start[x]!;
      const weightsFrom = x * columns.width;
      let sum = 0;
      for (let i = 0; i < columns.count[x]!; i++) sum += image.pixels[from + i]! * columns.weights[weightsFrom + i]!;
      narrow[y * width + x] = sum;
    }
  }
  const pixels = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < rows.count[y]!; i++) {
      const weight = rows.weights[y * rows.width + i]!;
      const from = (rows.start[y]! + i) * width;
      for (let x = 0; x < width; x++) pixels[y * width + x]! += narrow[from + x]! * weight;
    }
  }
  return { width, height, pixels };
};
