/**
 * A picture whose display values are made when a row is read: a plate of many megapixels is never held as 32-bit numbers,
 * only its stored samples and its reduced picture are.
 */
import type { GreyImage } from "./grey-image.ts";

/** Rows of display values in [0, 1], bone bright, as in {@link GreyImage}. */
export interface GreyRows {
  readonly width: number;
  readonly height: number;
  /** Row `y`, in `into` (of `width` values) or in the picture's own memory: to be read and not written. */
  readonly readRow: (y: number, into: Float32Array) => Float32Array;
  /** Adds the sums of each `factor` values of row `y`, the last ones of fewer, in one step where the picture can. */
  readonly addSums?: (y: number, factor: number, into: Float32Array) => void;
}

/**
 * Rows of samples that a table shows: by value, or by the 16-bit pattern of a signed one.
 *
 * @param samples of one channel, row-major
 */
export const rowsOfTable = (
  samples: Uint8Array | Uint16Array,
  table: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): GreyRows => ({
  width,
  height,
  readRow: (y, into) => {
    for (let x = 0, i = y * width; x < width; x++, i++) into[x] = table[samples[i]!]!;
    return into;
  },
  addSums: (y, factor, into) => {
    const wholes = Math.floor(width / factor);
    let i = y * width;
    // The factors of plates of 1500 to 3500 pixels are written out, which takes two thirds of the time.
    if (factor === 3) {
      for (let x = 0; x < wholes; x++, i += 3) {
        into[x]! += table[samples[i]!]! + table[samples[i + 1]!]! + table[samples[i + 2]!]!;
      }
    } else if (factor === 4) {
      for (let x = 0; x < wholes; x++, i += 4) {
        into[x]! += table[samples[i]!]! + table[samples[i + 1]!]! + (table[samples[i + 2]!]! + table[samples[i + 3]!]!);
      }
    } else if (factor === 5) {
      for (let x = 0; x < wholes; x++, i += 5) {
        const four =
          table[samples[i]!]! + table[samples[i + 1]!]! + (table[samples[i + 2]!]! + table[samples[i + 3]!]!);
        into[x]! += four + table[samples[i + 4]!]!;
      }
    } else if (factor === 6) {
      for (let x = 0; x < wholes; x++, i += 6) {
        const four =
          table[samples[i]!]! + table[samples[i + 1]!]! + (table[samples[i + 2]!]! + table[samples[i + 3]!]!);
        into[x]! += four + (table[samples[i + 4]!]! + table[samples[i + 5]!]!);
      }
    } else {
      for (let x = 0; x < wholes; x++) {
        let sum = table[samples[i++]!]!;
        for (let n = 1; n < factor; n++) sum += table[samples[i++]!]!;
        into[x]! += sum;
      }
    }
    for (const end = (y + 1) * width; i < end; i++) into[wholes]! += table[samples[i]!]!;
  },
});

/** The rows of a picture that is in memory. */
export const rowsOfImage = ({ width, height, pixels }: GreyImage): GreyRows => ({
  width,
  height,
  readRow: (y) => pixels.subarray(y * width, (y + 1) * width),
});

/** The whole picture. */
export const imageOfRows = ({ width, height, readRow }: GreyRows): GreyImage => {
  const pixels = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const into = pixels.subarray(y * width, (y + 1) * width);
    const row = readRow(y, into);
    if (row !== into) into.set(row);
  }
  return { width, height, pixels };
};

/** A part of a picture, in its pixels. */
export const partOfRows = (
  { readRow, width: whole }: GreyRows,
  {
    left,
    top,
    width,
    height,
  }: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): GreyRows => {
  const row = new Float32Array(whole);
  return { width, height, readRow: (y) => readRow(top + y, row).subarray(left, left + width) };
};
