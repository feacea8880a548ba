/**
 * How far each pixel stands out as part of a thin bright or dark stroke: the white and the black top-hat transformation (Meyer,
 * 1979) with a square of seven pixels, and a threshold that follows the local contrast. Only tiles that have contrast at all
 * are looked at, which are few in most radiographs.
 */

import type { ByteLevel } from "./byte-pyramid.ts";

/** Strokes of one polarity. */
export interface StrokeContrast {
  readonly width: number;
  readonly height: number;
  /** Row-major: the top-hat where it is a stroke's, else 0. */
  readonly values: Uint8Array;
  /** Horizontal stretches that may hold strokes: for each row of blocks, the blocks in use. */
  readonly blocks: Uint8Array;
  readonly blocksAcross: number;
}

/** Side of the tiles on which contrast is measured, and of the blocks that are worked through. */
const TILE = 8;
export const BLOCK = 64;
/** Reaches of the square: 7 pixels. An opening looks twice as far. */
const REACH = 3;
const HALO = 2 * REACH;
const PADDED = BLOCK + 2 * HALO;
/** Of 255. Overlays are drawn to be read: their contrast is far above it. */
const LEAST_CONTRAST = 18;

/** The least and the largest of seven neighbours along one axis, by doubling the window: 2, 4, 7. */
const slide = (from: Uint8Array, into: Uint8Array, step: number, pick: "least" | "largest"): void => {
  // rows are contiguous, so that one loop serves both axes: what wraps round a row's end lies in the halo
  const n = from.length;
  const [s2, s3] = [2 * step, 3 * step];
  const two = scratchA;
  const four = scratchB;
  if (pick === "least") {
    for (let i = 0; i < n - step; i++) two[i] = from[i]! < from[i + step]! ? from[i]! : from[i + step]!;
    for (let i = 0; i < n - s3; i++) four[i] = two[i]! < two[i + s2]! ? two[i]! : two[i + s2]!;
    for (let i = s3; i < n - s3; i++) into[i] = four[i - s3]! < four[i]! ? four[i - s3]! : four[i]!;
  } else {
    for (let i = 0; i < n - step; i++) two[i] = from[i]! > from[i + step]! ? from[i]! : from[i + step]!;
    for (let i = 0; i < n - s3; i++) four[i] = two[i]! > two[i + s2]! ? two[i]! : two[i + s2]!;
    for (let i = s3; i < n - s3; i++) into[i] = four[i - s3]! > four[i]! ? four[i - s3]! : four[i]!;
  }
};

const scratchA = new Uint8Array(PADDED * PADDED);
const scratchB = new Uint8Array(PADDED * PADDED);

/** Difference of the largest and the least value of each tile. */
const tileRanges = ({ width, height, bytes }: ByteLevel): { across: number; down: number; ranges: Uint8Array } => {
  const across = Math.ceil(width / TILE);
  const down = Math.ceil(height / TILE);
  const ranges = new Uint8Array(across * down);
  const least = new Uint8Array(across);
  const largest = new Uint8Array(across);
  for (let ty = 0; ty < down; ty++) {
    least.fill(255);
    largest.fill(0);
    const bottom = Math.min(height, (ty + 1) * TILE);
    for (let y = ty * TILE; y < bottom; y++) {
      const row = y * width;
      for (let tx = 0; tx < across; tx++) {
        let low = least[tx]!;
        let high = largest[tx]!;
        const end = row + Math.min(width, (tx + 1) * TILE);
        for (let i = row + tx * TILE; i < end; i++) {
          const value = bytes[i]!;
          if (value < low) low = value;
          if (value > high) high = value;
        }
        least[tx] = low;
        largest[tx] = high;
      }
    }
    for (let tx = 0; tx < across; tx++) ranges[ty * across + tx] = largest[tx]! - least[tx]!;
  }
  return { across, down, ranges };
};

/** The middle of the ranges that are not 0: what grain and anatomy do. */
const medianRange = (ranges: Uint8Array): number => {
  const counts = new Uint32Array(256);
  for (const range of ranges) counts[range]!++;
  let remaining = (ranges.length - counts[0]!) / 2;
  for (let range = 1; range < 256; range++) {
    remaining -= counts[range]!;
    if (remaining <= 0) return range;
  }
  return 0;
};

/** The block with its halo, the picture's border pixels repeated beyond it. */
const readBlock = ({ width, height, bytes }: ByteLevel, left: number, top: number, into: Uint8Array): void => {
  for (let y = 0; y < PADDED; y++) {
    const sy = Math.min(height - 1, Math.max(0, top + y - HALO));
    const row = sy * width;
    const at = y * PADDED;
    for (let x = 0; x < PADDED; x++) {
      const sx = left + x - HALO;
      into[at + x] = bytes[row + (sx < 0 ? 0 : sx >= width ? width - 1 : sx)]!;
    }
  }
};

/** Keeps the values that reach half of the largest one near by. */
const threshold = (contrast: StrokeContrast, least: number): void => {
  const { width, height, values, blocks, blocksAcross } = contrast;
  const across = Math.ceil(width / TILE);
  const down = Math.ceil(height / TILE);
  const most = new Uint8Array(across * down);
  const inUse = (x: number, y: number): boolean =>
    blocks[Math.floor(y / BLOCK) * blocksAcross + Math.floor(x / BLOCK)] === 1;
  for (let ty = 0; ty < down; ty++) {
    for (let tx = 0; tx < across; tx++) {
      if (!inUse(tx * TILE, ty * TILE)) continue;
      let largest = 0;
      const bottom = Math.min(height, (ty + 1) * TILE);
      const right = Math.min(width, (tx + 1) * TILE);
      for (let y = ty * TILE; y < bottom; y++) {
        for (let i = y * width + tx * TILE; i < y * width + right; i++) if (values[i]! > largest) largest = values[i]!;
      }
      most[ty * across + tx] = largest;
    }
  }
  for (let ty = 0; ty < down; ty++) {
    for (let tx = 0; tx < across; tx++) {
      if (most[ty * across + tx] === 0) continue;
      let near = 0;
      for (let v = Math.max(0, ty - 1); v <= Math.min(down - 1, ty + 1); v++) {
        for (let u = Math.max(0, tx - 1); u <= Math.min(across - 1, tx + 1); u++)
          near = Math.max(near, most[v * across + u]!);
      }
      const limit = Math.max(least, near / 2);
      const bottom = Math.min(height, (ty + 1) * TILE);
      const right = Math.min(width, (tx + 1) * TILE);
      for (let y = ty * TILE; y < bottom; y++) {
        for (let i = y * width + tx * TILE; i < y * width + right; i++) if (values[i]! < limit) values[i] = 0;
      }
    }
  }
};

/** Bright strokes and dark ones. */
export const strokeContrast = (
  level: ByteLevel,
): { readonly bright: StrokeContrast; readonly dark: StrokeContrast } => {
  const { width, height } = level;
  const { across, down, ranges } = tileRanges(level);
  const usual = medianRange(ranges);
  const gate = Math.max(LEAST_CONTRAST + 4, Math.min(1.3 * usual, 60));
  const blocksAcross = Math.ceil(width / BLOCK);
  const blocks = new Uint8Array(blocksAcross * Math.ceil(height / BLOCK));
  for (let ty = 0; ty < down; ty++) {
    for (let tx = 0; tx < across; tx++) {
      if (ranges[ty * across + tx]! < gate) continue;
      blocks[Math.floor((ty * TILE) / BLOCK) * blocksAcross + Math.floor((tx * TILE) / BLOCK)] = 1;
    }
  }
  const empty = (): StrokeContrast => ({ width, height, values: new Uint8Array(width * height), blocks, blocksAcross });
  const bright = empty();
  const dark = empty();
  const source = new Uint8Array(PADDED * PADDED);
  const a = new Uint8Array(PADDED * PADDED);
  const b = new Uint8Array(PADDED * PADDED);
  for (let block = 0; block < blocks.length; block++) {
    if (!blocks[block]) continue;
    const left = (block % blocksAcross) * BLOCK;
    const top = Math.floor(block / blocksAcross) * BLOCK;
    readBlock(level, left, top, source);
    const right = Math.min(width, left + BLOCK);
    const bottom = Math.min(height, top + BLOCK);
    slide(source, a, 1, "least");
    slide(a, b, PADDED, "least");
    slide(b, a, 1, "largest");
    slide(a, b, PADDED, "largest");
    for (let y = top; y < bottom; y++) {
      let i = (y - top + HALO) * PADDED + HALO;
      for (let o = y * width + left; o < y * width + right; o++, i++) bright.values[o] = source[i]! - b[i]!;
    }
    slide(source, a, 1, "largest");
    slide(a, b, PADDED, "largest");
    slide(b, a, 1, "least");
    slide(a, b, PADDED, "least");
    for (let y = top; y < bottom; y++) {
      let i = (y - top + HALO) * PADDED + HALO;
      for (let o = y * width + left; o < y * width + right; o++, i++) dark.values[o] = b[i]! - source[i]!;
    }
  }
  const least = Math.max(LEAST_CONTRAST, Math.min(0.9 * usual, 40));
  threshold(bright, least);
  threshold(dark, least);
  return { bright, dark };
};
