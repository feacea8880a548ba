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

/** Blocks in one word, each in a byte of its own with seven bits: the top one is the place to borrow from. */
const LANES = 4;
const BORROWS = 0x80808080 | 0;

/** The lesser and the greater of four pairs of seven-bit numbers at once. */
const lesser = (x: number, y: number): number => {
  const borrows = ((x | BORROWS) - y) & BORROWS; // kept where x >= y
  const takeY = (borrows - (borrows >>> 7)) | 0;
  return (y & takeY) | (x & ~takeY);
};
const greater = (x: number, y: number): number => {
  const borrows = ((x | BORROWS) - y) & BORROWS;
  const takeX = (borrows - (borrows >>> 7)) | 0;
  return (x & takeX) | (y & ~takeX);
};

const two = new Int32Array(PADDED * PADDED);
const four = new Int32Array(PADDED * PADDED);

/**
 * The least of seven neighbours along one axis, by doubling the window: 2, 4, 7. Rows are contiguous, so that one loop serves
 * both axes: what wraps round a row's end lies in the halo.
 */
const leastOfSeven = (from: Int32Array, into: Int32Array, step: number): void => {
  const end = from.length - 3 * step;
  for (let i = 0; i < from.length - step; i++) two[i] = lesser(from[i]!, from[i + step]!);
  for (let i = 0; i < end; i++) four[i] = lesser(two[i]!, two[i + 2 * step]!);
  for (let i = 3 * step; i < end; i++) into[i] = lesser(four[i]!, four[i - 3 * step]!);
};
const largestOfSeven = (from: Int32Array, into: Int32Array, step: number): void => {
  const end = from.length - 3 * step;
  for (let i = 0; i < from.length - step; i++) two[i] = greater(from[i]!, from[i + step]!);
  for (let i = 0; i < end; i++) four[i] = greater(two[i]!, two[i + 2 * step]!);
  for (let i = 3 * step; i < end; i++) into[i] = greater(four[i]!, four[i - 3 * step]!);
};

/** Difference of the largest and the least value of each tile in every so many rows of tiles; 0 in the others. */
const tileRanges = ({ width, height, bytes }: ByteLevel, every: number): Uint8Array => {
  const across = Math.ceil(width / TILE);
  const down = Math.ceil(height / TILE);
  const ranges = new Uint8Array(across * down);
  const least = new Uint8Array(across);
  const largest = new Uint8Array(across);
  const whole = Math.floor(width / TILE);
  for (let ty = 0; ty < down; ty += every) {
    least.fill(255);
    largest.fill(0);
    const bottom = Math.min(height, (ty + 1) * TILE);
    for (let y = ty * TILE; y < bottom; y++) {
      let i = y * width;
      for (let tx = 0; tx < whole; tx++) {
        let low = least[tx]!;
        let high = largest[tx]!;
        for (const end = i + TILE; i < end; i++) {
          const value = bytes[i]!;
          if (value < low) low = value;
          if (value > high) high = value;
        }
        least[tx] = low;
        largest[tx] = high;
      }
      for (const end = (y + 1) * width; i < end; i++) {
        if (bytes[i]! < least[whole]!) least[whole] = bytes[i]!;
        if (bytes[i]! > largest[whole]!) largest[whole] = bytes[i]!;
      }
    }
    for (let tx = 0; tx < across; tx++) ranges[ty * across + tx] = largest[tx]! - least[tx]!;
  }
  return ranges;
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

/** Adds a block with its halo to a lane, the picture's border pixels repeated beyond it. */
const readBlock = (level: ByteLevel, place: { left: number; top: number; lane: number }, into: Int32Array): void => {
  const { width, height, bytes } = level;
  const shift = 8 * place.lane;
  for (let y = 0; y < PADDED; y++) {
    const sy = Math.min(height - 1, Math.max(0, place.top + y - HALO));
    const row = sy * width;
    const at = y * PADDED;
    const first = place.left - HALO;
    if (first >= 0 && first + PADDED <= width) {
      const from = row + first;
      for (let x = 0; x < PADDED; x++) into[at + x]! |= (bytes[from + x]! >> 1) << shift;
      continue;
    }
    for (let x = 0; x < PADDED; x++) {
      const sx = first + x;
      into[at + x]! |= (bytes[row + (sx < 0 ? 0 : sx >= width ? width - 1 : sx)]! >> 1) << shift;
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

/** Strokes of a level in both polarities. */
export interface LevelStrokes {
  readonly bright: StrokeContrast;
  readonly dark: StrokeContrast;
  /** For each quarter of a block, which is a block of the next finer level: how many pixels stand out at all. */
  readonly outstanding: Uint16Array;
  readonly quartersAcross: number;
}

/** Pixels of a quarter that must stand out on the coarser level: a character has more. */
const LEAST_OUTSTANDING = 5;
/** Of 255, on the coarser level, where a fine stroke has lost half of its contrast. */
const OUTSTANDING = 12;

/** Blocks in which a tile has contrast. */
const contrastingBlocks = (level: ByteLevel, ranges: Uint8Array, gate: number): Uint8Array => {
  const across = Math.ceil(level.width / TILE);
  const blocksAcross = Math.ceil(level.width / BLOCK);
  const blocks = new Uint8Array(blocksAcross * Math.ceil(level.height / BLOCK));
  const perBlock = BLOCK / TILE;
  for (let t = 0; t < ranges.length; t++) {
    if (ranges[t]! < gate) continue;
    blocks[Math.floor(t / across / perBlock) * blocksAcross + Math.floor((t % across) / perBlock)] = 1;
  }
  return blocks;
};

/** Blocks in which the coarser level shows something thin. */
const blocksStandingOut = (level: ByteLevel, { outstanding, quartersAcross }: LevelStrokes): Uint8Array => {
  const blocksAcross = Math.ceil(level.width / BLOCK);
  const lastRow = outstanding.length / quartersAcross - 1;
  return Uint8Array.from({ length: blocksAcross * Math.ceil(level.height / BLOCK) }, (_, block) => {
    const x = Math.min(quartersAcross - 1, block % blocksAcross);
    const y = Math.min(lastRow, Math.floor(block / blocksAcross));
    return outstanding[y * quartersAcross + x]! >= LEAST_OUTSTANDING ? 1 : 0;
  });
};

/**
 * Bright strokes and dark ones.
 * @param coarser the strokes of the picture at half of the size: where it shows nothing thin, this one is not looked at
 */
export const strokeContrast = (level: ByteLevel, coarser?: LevelStrokes): LevelStrokes => {
  const { width, height } = level;
  const ranges = tileRanges(level, coarser ? 4 : 1);
  const usual = medianRange(ranges);
  const gate = Math.max(LEAST_CONTRAST + 4, Math.min(1.3 * usual, 60));
  const blocksAcross = Math.ceil(width / BLOCK);
  const blocks = coarser ? blocksStandingOut(level, coarser) : contrastingBlocks(level, ranges, gate);
  const empty = (): StrokeContrast => ({ width, height, values: new Uint8Array(width * height), blocks, blocksAcross });
  const bright = empty();
  const dark = empty();
  const quarter = BLOCK / 2;
  const quartersAcross = Math.ceil(width / quarter);
  const outstanding = new Uint16Array(quartersAcross * Math.ceil(height / quarter));
  const stands = Math.max(OUTSTANDING, Math.min(usual, 26));
  const source = new Int32Array(PADDED * PADDED);
  const opened = new Int32Array(PADDED * PADDED);
  const closed = new Int32Array(PADDED * PADDED);
  const between = new Int32Array(PADDED * PADDED);
  const used = [...blocks.keys()].filter((block) => blocks[block] === 1);
  for (let first = 0; first < used.length; first += LANES) {
    const places = used.slice(first, first + LANES).map((block, lane) => ({
      lane,
      left: (block % blocksAcross) * BLOCK,
      top: Math.floor(block / blocksAcross) * BLOCK,
    }));
    source.fill(0);
    for (const place of places) readBlock(level, place, source);
    leastOfSeven(source, between, 1);
    leastOfSeven(between, opened, PADDED);
    largestOfSeven(opened, between, 1);
    largestOfSeven(between, opened, PADDED);
    largestOfSeven(source, between, 1);
    largestOfSeven(between, closed, PADDED);
    leastOfSeven(closed, between, 1);
    leastOfSeven(between, closed, PADDED);
    for (const { lane, left, top } of places) {
      const shift = 8 * lane;
      const right = Math.min(width, left + BLOCK);
      const bottom = Math.min(height, top + BLOCK);
      for (let y = top; y < bottom; y++) {
        let i = (y - top + HALO) * PADDED + HALO;
        const row = y * width;
        const quarterRow = Math.floor(y / quarter) * quartersAcross + Math.floor(left / quarter);
        for (let x = left; x < right; x++, i++) {
          // an opening is nowhere above its picture, a closing nowhere below: no lane borrows from another
          const up = (((source[i]! - opened[i]!) >> shift) & 127) << 1;
          const down = (((closed[i]! - source[i]!) >> shift) & 127) << 1;
          bright.values[row + x] = up;
          dark.values[row + x] = down;
          if (up >= stands || down >= stands) outstanding[quarterRow + (x - left >= quarter ? 1 : 0)]!++;
        }
      }
    }
  }
  const least = Math.max(LEAST_CONTRAST, Math.min(0.9 * usual, 40));
  threshold(bright, least);
  threshold(dark, least);
  return { bright, dark, outstanding, quartersAcross };
};
