/**
 * Resizing with antialiasing: each output pixel is the mean of the input under a triangle as wide as the output pixel
 * (bilinear where the picture grows), so nothing is skipped however strong the reduction.
 */
import type { GreyImage } from "./grey-image.ts";
import { type GreyRows, rowsOfImage } from "./grey-rows.ts";

interface Taps {
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** `outputLength * width` weights, rows summing to 1. */
  readonly weights: Float32Array;
  readonly width: number;
}

/**
 * The input positions and weights of every output position along one axis.
 *
 * @param extent the part of the input, in its pixels, that the output shows
 */
const tapsOf = (inputLength: number, outputLength: number, extent: number): Taps => {
  const scale = extent / outputLength;
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
  return resizeRows(rowsOfImage(image), { width, height });
};

/**
 * As {@link resize}, of a picture that is read row by row.
 *
 * @param extent how many pixels of the source, whole or not, the result shows; all by default
 */
export const resizeRows = (
  rows: GreyRows,
  { width, height }: { readonly width: number; readonly height: number },
  extent: { readonly width: number; readonly height: number } = rows,
): GreyImage => {
  const resized = { width, height, pixels: new Float32Array(width * height) };
  resizeRowsInto(rows, resized, { left: 0, top: 0, width, height, extent });
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
export const resizeInto = (image: GreyImage, target: GreyImage, place: Rectangle): void =>
  resizeRowsInto(rowsOfImage(image), target, { ...place, extent: image });

interface Placement extends Rectangle {
  readonly extent: { readonly width: number; readonly height: number };
}

const resizeRowsInto = (source: GreyRows, target: GreyImage, { left, top, width, height, extent }: Placement): void => {
  const rowOf = rowReader(source, width, extent.width);
  const { start, count, weights, width: most } = tapsOf(source.height, height, extent.height);
  // The last rows only: they stay in the processor's cache, and memory for all of them would be new each time.
  const rows: Float32Array[] = Array.from({ length: most }, () => new Float32Array(width));
  let read = 0;
  for (let y = 0; y < height; y++) {
    const end = start[y]! + count[y]!;
    for (; read < end; read++) rows[read % most] = rowOf(read, rows[read % most]!);
    const at = (top + y) * target.width + left;
    const sums = target.pixels.subarray(at, at + width);
    for (let i = 0; i < count[y]!; i++) addRow(rows[(start[y]! + i) % most]!, weights[y * most + i]!, sums);
    for (let x = 0; x < sums.length; x++) if (sums[x]! > 1) sums[x] = 1; // weights that sum to 1 but for rounding
  }
};

const addRow = (row: Float32Array, weight: number, sums: Float32Array): void => {
  for (let x = 0; x < sums.length; x++) sums[x]! += row[x]! * weight;
};

/** A row of a picture at its new length, written to `into` where that is not the old one. */
type RowReader = (y: number, into: Float32Array) => Float32Array;

const rowReader = (source: GreyRows, width: number, extent: number): RowReader => {
  if (width === source.width && width === extent) return source.readRow;
  const taps = tapsOf(source.width, width, extent);
  const isMild = source.width >= 3 && taps.count.every((count) => count <= 3);
  const reduce = isMild ? reduceBy3Taps(source.width, taps) : reduceByTaps(taps);
  const whole = new Float32Array(source.width);
  return (y, into) => {
    reduce(source.readRow(y, whole), into);
    return into;
  };
};

type RowReduction = (row: Float32Array, into: Float32Array) => void;

const reduceByTaps =
  ({ start, count, weights, width: most }: Taps): RowReduction =>
  (row, into) => {
    for (let x = 0; x < into.length; x++) {
      const from = start[x]!;
      const weightsFrom = x * most;
      const taps = count[x]!;
      let sum = 0;
      for (let i = 0; i < taps; i++) sum += row[from + i]! * weights[weightsFrom + i]!;
      into[x] = sum;
    }
  };

/** The same bits in half of the time, where a picture hardly shrinks: three taps everywhere, those too many weighing 0. */
const reduceBy3Taps = (rowLength: number, { start, count, weights, width: most }: Taps): RowReduction => {
  const starts = Int32Array.from(start, (first) => Math.min(first, rowLength - 3));
  const three = new Float32Array(3 * start.length);
  for (let x = 0; x < start.length; x++) {
    const shift = start[x]! - starts[x]!;
    for (let i = 0; i < count[x]!; i++) three[3 * x + shift + i] = weights[x * most + i]!;
  }
  return (row, into) => {
    for (let x = 0, at = 0; x < into.length; x++, at += 3) {
      const from = starts[x]!;
      into[x] = row[from]! * three[at]! + row[from + 1]! * three[at + 1]! + row[from + 2]! * three[at + 2]!;
    }
  };
};
