/**
 * A line of characters laid straight, at one height, as histograms of oriented gradients (Dalal and Triggs, CVPR 2005): cells of
 * 4 x 4 pixels, eight signed directions; windows of 6 x 6 cells see two heights of the line with its surroundings.
 */

import type { ByteLevel } from "./byte-pyramid.ts";
import type { LineCandidate } from "./line-candidates.ts";

const CELL = 4;
const CELLS = 6;
const DIRECTIONS = 8;
const ROWS = CELL * CELLS;
/** Rows of the strip that the characters take. */
const TEXT_ROWS = 12;
/** From one window to the next, in cells. */
const STEP = 2;

/** Values that {@link StripWindows} gives of one window: the histograms, and the height of the line. */
export const WINDOW_FEATURES = CELLS * CELLS * DIRECTIONS + 1;

/** The windows of a line. */
export interface StripWindows {
  readonly count: number;
  /** Middle of each window along the line. */
  readonly middles: Float32Array;
  /** Writes the features of one window. */
  readonly describe: (window: number, into: Float32Array) => void;
}

/** Bilinear samples of the line; a vertical one turned by a quarter, so that its characters stand upright or upside down. */
const sampleStrip = (level: ByteLevel, line: LineCandidate, columns: number, pixel: number): Float32Array => {
  const { width, height, bytes } = level;
  const strip = new Float32Array((ROWS + 2) * (columns + 2));
  const stride = columns + 2;
  const middle = (line.from + line.to) / 2;
  const isVertical = line.reading === "vertical";
  for (let c = 0; c < stride; c++) {
    const u = middle + (c - 1 - (columns - 1) / 2) * pixel - 0.5;
    const v0 = line.offset + line.slope * u - 0.5;
    for (let r = 0; r < ROWS + 2; r++) {
      const across = (r - 1 - (ROWS - 1) / 2) * pixel;
      const v = isVertical ? v0 - across : v0 + across;
      const x = Math.max(0, Math.min(width - 1, isVertical ? v : u));
      const y = Math.max(0, Math.min(height - 1, isVertical ? u : v));
      const [ix, iy] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - ix, y - iy];
      const right = ix + 1 < width ? 1 : 0;
      const below = iy + 1 < height ? width : 0;
      const i = iy * width + ix;
      const upper = bytes[i]! + (bytes[i + right]! - bytes[i]!) * fx;
      const lower = bytes[i + below]! + (bytes[i + below + right]! - bytes[i + below]!) * fx;
      strip[r * stride + c] = upper + (lower - upper) * fy;
    }
  }
  return strip;
};

/** Gradient magnitude of each cell in each direction; `sign` -1 makes dark characters bright. */
const histograms = (strip: Float32Array, columns: number, sign: number): Float32Array => {
  const stride = columns + 2;
  const across = columns / CELL;
  const cells = new Float32Array(across * CELLS * DIRECTIONS);
  for (let r = 0; r < ROWS; r++) {
    const cellRow = Math.floor(r / CELL) * across;
    for (let c = 0; c < columns; c++) {
      const i = (r + 1) * stride + c + 1;
      const gx = sign * (strip[i + 1]! - strip[i - 1]!);
      const gy = sign * (strip[i + stride]! - strip[i - stride]!);
      const magnitude = Math.sqrt(gx * gx + gy * gy);
      if (magnitude < 4) continue;
      const direction = ((Math.atan2(gy, gx) + Math.PI) / (2 * Math.PI)) * DIRECTIONS;
      const first = Math.floor(direction);
      const share = direction - first;
      const at = (cellRow + Math.floor(c / CELL)) * DIRECTIONS;
      cells[at + (first % DIRECTIONS)]! += magnitude * (1 - share);
      cells[at + ((first + 1) % DIRECTIONS)]! += magnitude * share;
    }
  }
  return cells;
};

/** Cuts a line into overlapping windows. */
export const stripWindows = (level: ByteLevel, line: LineCandidate, polarity: "bright" | "dark"): StripWindows => {
  const pixel = line.height / TEXT_ROWS;
  const textCells = Math.ceil((line.to - line.from) / pixel / CELL);
  const steps = Math.max(0, Math.ceil((textCells - CELLS + 1) / STEP));
  const across = CELLS + steps * STEP;
  const columns = across * CELL;
  const cells = histograms(sampleStrip(level, line, columns, pixel), columns, polarity === "bright" ? 1 : -1);
  const count = steps + 1;
  const middle = (line.from + line.to) / 2;
  const middles = Float32Array.from({ length: count }, (_, i) => middle + (i - steps / 2) * STEP * CELL * pixel);
  const describe = (window: number, into: Float32Array): void => {
    let sum = 1e-6;
    let o = 0;
    for (let row = 0; row < CELLS; row++) {
      const from = (row * across + window * STEP) * DIRECTIONS;
      for (let k = 0; k < CELLS * DIRECTIONS; k++) {
        const value = cells[from + k]!;
        into[o++] = value;
        sum += value;
      }
    }
    for (let i = 0; i < o; i++) into[i] = Math.sqrt(into[i]! / sum) * 4;
    into[o] = line.height / 16;
  };
  return { count, middles, describe };
};
