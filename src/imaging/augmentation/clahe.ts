/**
 * Contrast limited adaptive histogram equalisation (Zuiderveld, Graphics Gems IV, 1994), as OpenCV's `createCLAHE` does it:
 * what is cut from a tile's histogram is dealt out evenly once, and the tiles' curves are blended bilinearly.
 */
import type { GreyImage } from "../grey-image.ts";
import { mirrored } from "./border.ts";
import { choice, pair, range } from "./fields.ts";
import { withPixels } from "./sample.ts";
import { defineTransform } from "./transform.ts";

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Levels of grey. */
  readonly levels: number;
  readonly clipLimit: number;
}

/** The sides of a tile. A picture that the grid does not divide is thought larger, mirrored at its right and bottom. */
const tileSides = ({ width, height }: GreyImage, { columns, rows }: Grid): { across: number; down: number } => {
  if (width % columns === 0 && height % rows === 0) return { across: width / columns, down: height / rows };
  // OpenCV lengthens both sides, also one that the grid divides
  return { across: Math.floor(width / columns) + 1, down: Math.floor(height / rows) + 1 };
};

// OpenCV counts in 32 bits; with the same ones, the same halves are rounded the same way
const { fround } = Math;

/** Rounds a half to the even number, as OpenCV does: halves are frequent in small tiles. */
const roundToEven = (value: number): number => {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
};

/** Cuts the histogram at `most` and deals out evenly what was cut. */
const limitContrast = (histogram: Uint32Array, most: number): void => {
  let cut = 0;
  for (let level = 0; level < histogram.length; level++) {
    const over = histogram[level]! - most;
    if (over <= 0) continue;
    histogram[level] = most;
    cut += over;
  }
  const each = Math.floor(cut / histogram.length);
  let left = cut - each * histogram.length;
  const step = left === 0 ? 1 : Math.max(Math.floor(histogram.length / left), 1);
  for (let level = 0; level < histogram.length; level++) histogram[level]! += each;
  for (let level = 0; level < histogram.length && left > 0; level += step, left--) histogram[level]!++;
};

/** The curve of every tile, one after the other, `levels` values each. */
const curvesOf = (stored: Uint16Array, image: GreyImage, grid: Grid): Uint16Array => {
  const { width, height } = image;
  const { across, down } = tileSides(image, grid);
  const most = Math.max(1, Math.floor((grid.clipLimit * across * down) / grid.levels));
  const perPixel = fround((grid.levels - 1) / (across * down));
  const histogram = new Uint32Array(grid.levels);
  const curves = new Uint16Array(grid.columns * grid.rows * grid.levels);
  for (let tile = 0; tile < grid.columns * grid.rows; tile++) {
    const left = (tile % grid.columns) * across;
    const top = Math.floor(tile / grid.columns) * down;
    histogram.fill(0);
    for (let y = top; y < top + down; y++) {
      const from = mirrored(y, height) * width;
      for (let x = left; x < left + across; x++) histogram[stored[from + (x < width ? x : mirrored(x, width))]!]!++;
    }
    limitContrast(histogram, most);
    let sum = 0;
    for (let level = 0; level < grid.levels; level++) {
      sum += histogram[level]!;
      curves[tile * grid.levels + level] = Math.min(roundToEven(fround(sum * perPixel)), grid.levels - 1);
    }
  }
  return curves;
};

/** A weighted mean in 32 bits, in OpenCV's order. */
const blend = (first: number, second: number, share: number): number =>
  fround(fround(first * fround(1 - share)) + fround(second * share));

/** The nearest tile at or before a position, the next one, and the share of the next. */
const neighbours = (
  position: number,
  side: number,
  tiles: number,
): { first: number; second: number; share: number } => {
  const at = fround(fround(position * fround(1 / side)) - 0.5);
  const first = Math.floor(at);
  return { first: Math.max(first, 0), second: Math.min(first + 1, tiles - 1), share: at - first };
};

const equalise = (image: GreyImage, grid: Grid): Float32Array => {
  const { width, height, pixels } = image;
  const { levels } = grid;
  const top = levels - 1;
  const stored = new Uint16Array(pixels.length);
  for (let i = 0; i < stored.length; i++) stored[i] = Math.round(pixels[i]! * top);
  const curves = curvesOf(stored, image, grid);
  const { across, down } = tileSides(image, grid);
  const columns = Array.from({ length: width }, (_, x) => neighbours(x, across, grid.columns));
  const firstTiles = Int32Array.from(columns, ({ first }) => first * levels);
  const secondTiles = Int32Array.from(columns, ({ second }) => second * levels);
  const shares = Float32Array.from(columns, ({ share }) => share);
  const target = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    const { first, second, share } = neighbours(y, down, grid.rows);
    const upperTiles = first * grid.columns * levels;
    const lowerTiles = second * grid.columns * levels;
    for (let x = 0; x < width; x++) {
      const level = stored[y * width + x]!;
      const [left, right] = [firstTiles[x]! + level, secondTiles[x]! + level];
      const shareRight = shares[x]!;
      const upper = blend(curves[upperTiles + left]!, curves[upperTiles + right]!, shareRight);
      const lower = blend(curves[lowerTiles + left]!, curves[lowerTiles + right]!, shareRight);
      target[y * width + x] = roundToEven(blend(upper, lower, share)) / top;
    }
  }
  return target;
};

/** Equalises the histogram of each tile, its contrast limited. */
export const clahe = defineTransform({
  name: "CLAHE",
  p: 0.5,
  fields: {
    /** How many times the mean a level's count may be; 1 allows no contrast to grow. */
    clipLimit: range([1, 4], { from: 1 }),
    /** Columns and rows of tiles. */
    tileGridSize: pair([8, 8], { from: 1, to: 16, whole: true }),
    /** Bits of the grey levels the histograms count. */
    bits: choice(8, [8, 16]),
  },
  apply: (sample, { clipLimit, tileGridSize: [columns, rows], bits }, random) =>
    withPixels(
      sample,
      equalise(sample.image, { columns, rows, levels: 2 ** bits, clipLimit: random.uniform(...clipLimit) }),
    ),
});
