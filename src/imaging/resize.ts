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
  const resized = { width, height, pixels: new Float32Array(width * height) };
  resizeInto(image, resized, { left: 0, top: 0, width, height });
  return resized;
};

/** A part of a picture, in its pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The picture drawn into a part of another, whose pixels must be 0 there. */
export const resizeInto = (image: GreyImage, target: GreyImage, part: Rectangle): void => {
  const isSame = part.width === image.width;
  const narrow = isSame ? image.pixels : reduceColumns(image, tapsOf(image.width, part.width), part.width);
  reduceRows(narrow, tapsOf(image.height, part.height), { target, part });
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
  { target, part: { left, top, width, height } }: { target: GreyImage; part: Rectangle },
): void => {
  for (let y = 0; y < height; y++) {
    const at = (top + y) * target.width + left;
    const sums = target.pixels.subarray(at, at + width);
    for (let i = 0; i < count[y]!; i++) {
      const weight = weights[y * most + i]!;
      const row = narrow.subarray((start[y]! + i) * width, (start[y]! + i + 1) * width);
      for (let x = 0; x < sums.length; x++) sums[x]! += row[x]! * weight;
    }
  }
};
