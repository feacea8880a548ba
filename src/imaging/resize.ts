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
  const narrow = reduceColumns(image, tapsOf(image.width, width), width);
  return { width, height, pixels: reduceRows(narrow, tapsOf(image.height, height), { width, height }) };
};

/** Every row at its new length: [input rows, output columns]. */
const reduceColumns = (image: GreyImage, taps: Taps, width: number): Float32Array => {
  const narrow = new Float32Array(image.height * width);
  const isMild = image.width >= 3 && taps.count.every((count) => count <= 3);
  if (isMild) reduceBy3Taps(image, taps, narrow);
  else reduceByTaps(image, taps, narrow);
  return narrow;
};

const reduceByTaps = (image: GreyImage, { start, count, weights, width: most }: Taps, narrow: Float32Array): void => {
  const { pixels } = image;
  const width = start.length;
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * image.width + start[x]!;
      const weightsFrom = x * most;
      const taps = count[x]!;
      let sum = 0;
      for (let i = 0; i < taps; i++) sum += pixels[from + i]! * weights[weightsFrom + i]!;
      narrow[y * width + x] = sum;
    }
  }
};

/** The same bits in half of the time, where a picture hardly shrinks: three taps everywhere, those too many weighing 0. */
const reduceBy3Taps = (image: GreyImage, { start, count, weights, width: most }: Taps, narrow: Float32Array): void => {
  const { pixels } = image;
  const width = start.length;
  const starts = Int32Array.from(start, (first) => Math.min(first, image.width - 3));
  const three = new Float32Array(3 * width);
  for (let x = 0; x < width; x++) {
    const shift = start[x]! - starts[x]!;
    for (let i = 0; i < count[x]!; i++) three[3 * x + shift + i] = weights[x * most + i]!;
  }
  for (let y = 0; y < image.height; y++) {
    const row = y * image.width;
    for (let x = 0; x < width; x++) {
      const from = row + starts[x]!;
      const at = 3 * x;
      narrow[y * width + x] =
        pixels[from]! * three[at]! + pixels[from + 1]! * three[at + 1]! + pixels[from + 2]! * three[at + 2]!;
    }
  }
};

const reduceRows = (
  narrow: Float32Array,
  { start, count, weights, width: most }: Taps,
  { width, height }: { width: number; height: number },
): Float32Array => {
  const pixels = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const sums = pixels.subarray(y * width, (y + 1) * width);
    for (let i = 0; i < count[y]!; i++) {
      const weight = weights[y * most + i]!;
      const row = narrow.subarray((start[y]! + i) * width, (start[y]! + i + 1) * width);
      for (let x = 0; x < sums.length; x++) sums[x]! += row[x]! * weight;
    }
  }
  return pixels;
};
