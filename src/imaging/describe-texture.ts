/**
 * A radiograph in three dozen numbers that need no training: distribution of grey, energy by scale and direction, edges,
 * border against centre, symmetry. Pictures of other kinds stand apart in them, which novelty.ts measures. The choice follows
 * what is known of natural images (power falls with scale: Field, JOSA A 1987) and of radiographs (dark, smooth surround).
 */

import type { GreyImage } from "./grey-image.ts";
import { percentiles } from "./percentiles.ts";
import { resize } from "./resize.ts";

/** Side of the square that the picture is brought to; its own proportions are ignored, and reported as one number. */
const SIDE = 128;

/** Length of the vector of {@link describeTexture}. */
export const TEXTURE_DIMENSIONS = 37;

/**
 * Describes a picture. Exposure does not matter: the 1st and the 99th percentile are first brought to 0 and 1.
 *
 * @returns {@link TEXTURE_DIMENSIONS} finite numbers
 * @example
 * const novelty = noveltyOf(model, describeTexture(image));
 */
export const describeTexture = (image: GreyImage): Float64Array => {
  const { pixels } = resize(image, SIDE, SIDE);
  const sorted = Float32Array.from(pixels).sort();
  const [low, high] = percentiles(sorted, new Uint8Array(sorted.length).fill(1), [0.01, 0.99]);
  const picture = stretch(pixels, { low, high });
  return Float64Array.from([
    Math.log(image.width / image.height),
    ...greyDistribution(picture, stretch(sorted, { low, high })),
    ...energyByScale(picture),
    ...edges(picture),
    ...layout(picture),
  ]);
};

type Square = Float32Array; // [SIDE, SIDE]

const stretch = (pixels: Float32Array, { low, high }: { low: number; high: number }): Float32Array => {
  const range = Math.max(high - low, 1e-6);
  return pixels.map((value) => Math.min(Math.max((value - low) / range, 0), 1));
};

/** The mean of the columns and rows from `from` up to, and without, `to`; of the whole picture by default. */
const mean = (
  picture: Square,
  {
    from = [0, 0],
    to = [SIDE, SIDE],
  }: { from?: readonly [x: number, y: number]; to?: readonly [x: number, y: number] } = {},
): number => {
  let sum = 0;
  for (let y = from[1]; y < to[1]; y++) for (let x = from[0]; x < to[0]; x++) sum += picture[y * SIDE + x];
  return sum / ((to[0] - from[0]) * (to[1] - from[1]));
};

/** A logarithm that stays finite for pictures without any energy. */
const log = (value: number): number => Math.log(value + 1e-6);

/** Mean, deviation, skewness, five quantiles, and the shares of dark and of bright: 10 numbers. */
const greyDistribution = (picture: Square, sorted: Float32Array): number[] => {
  const average = mean(picture);
  let [squares, cubes, dark, bright] = [0, 0, 0, 0];
  for (const value of picture) {
    const offset = value - average;
    squares += offset * offset;
    cubes += offset * offset * offset;
    if (value < 0.05) dark++;
    if (value > 0.95) bright++;
  }
  const count = picture.length;
  const deviation = Math.sqrt(squares / count) + 1e-6;
  const at = (share: number): number => sorted[Math.floor(share * (count - 1))];
  return [
    average,
    deviation,
    cubes / count / (deviation * deviation * deviation),
    ...[0.1, 0.25, 0.5, 0.75, 0.9].map(at),
    dark / count,
    bright / count,
  ];
};

/** For five octaves: the log energy of the detail that halving takes away, and how much more of it is across than down. */
const energyByScale = (picture: Square): number[] => {
  const energies: number[] = [];
  let [level, side] = [picture, SIDE];
  const total = mean(picture.map((value) => value * value)) - mean(picture) ** 2 + 1e-6;
  for (let octave = 0; octave < 5; octave++) {
    const half = side / 2;
    const next = new Float32Array(half * half);
    let [across, down, diagonal] = [0, 0, 0];
    for (let y = 0; y < half; y++) {
      for (let x = 0; x < half; x++) {
        const i = 2 * y * side + 2 * x;
        const [a, b, c, d] = [level[i], level[i + 1], level[i + side], level[i + side + 1]];
        next[y * half + x] = (a + b + c + d) / 4;
        across += (a - b + c - d) ** 2 / 16;
        down += (a + b - c - d) ** 2 / 16;
        diagonal += (a - b - c + d) ** 2 / 16;
      }
    }
    const cells = half * half * total;
    energies.push(
      log((across + down + diagonal) / cells),
      log(across / cells) - log(down / cells),
      log(diagonal / cells),
    );
    [level, side] = [next, half];
  }
  return energies;
};

/** Of the gradient: log mean, log of how heavy its tail is, entropy of its directions, share of nearly flat pixels. */
const edges = (picture: Square): number[] => {
  const directions = new Float64Array(12);
  let [sum, squares, fourth, flat, count] = [0, 0, 0, 0, 0];
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      const i = y * SIDE + x;
      const across = picture[i + 1] - picture[i - 1];
      const down = picture[i + SIDE] - picture[i - SIDE];
      const square = across * across + down * down;
      const magnitude = Math.sqrt(square);
      const turn = Math.atan2(down, across) / Math.PI + 1; // in [0, 2]; opposite edges are alike
      directions[Math.floor(turn * 12) % 12] += magnitude;
      sum += magnitude;
      squares += square;
      fourth += square * square;
      if (magnitude < 0.01) flat++;
      count++;
    }
  }
  let entropy = 0;
  for (const weight of directions) if (weight > 0) entropy -= (weight / sum) * Math.log(weight / sum);
  return [log(sum / count), log((fourth * count) / (squares * squares + 1e-12)), entropy, flat / count];
};

/** Border minus centre, the four sides' means, and the correlation with the mirrored and the upturned picture: 7 numbers. */
const layout = (picture: Square): number[] => {
  const band = SIDE / 8;
  const centre = mean(picture, { from: [SIDE / 4, SIDE / 4], to: [(SIDE * 3) / 4, (SIDE * 3) / 4] });
  const sides = [
    mean(picture, { to: [band, SIDE] }),
    mean(picture, { from: [SIDE - band, 0] }),
    mean(picture, { to: [SIDE, band] }),
    mean(picture, { from: [0, SIDE - band] }),
  ];
  const border = sides.reduce((sum, side) => sum + side, 0) / 4;
  return [
    border - centre,
    (sides[0] + sides[1]) / 2,
    Math.abs(sides[0] - sides[1]),
    (sides[2] + sides[3]) / 2,
    Math.abs(sides[2] - sides[3]),
    correlation(picture, (x, y) => y * SIDE + SIDE - 1 - x),
    correlation(picture, (x, y) => (SIDE - 1 - y) * SIDE + x),
  ];
};

const correlation = (picture: Square, partner: (x: number, y: number) => number): number => {
  const average = mean(picture);
  let [products, squares] = [0, 0];
  for (let i = 0; i < picture.length; i++) {
    const own = picture[i] - average;
    products += own * (picture[partner(i % SIDE, Math.floor(i / SIDE))] - average);
    squares += own * own;
  }
  return squares > 1e-9 ? products / squares : 1;
};
