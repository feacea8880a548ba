/**
 * Whether a picture can be a radiograph at all, from its pixels alone: no network has to have seen what else there is. Each
 * rule names a property of projection images of bodies; its limit lies well outside what 1,200 open radiographs of limbs,
 * spines and chests show (their extremes stand beside it; none is refused). What passes may still be unlike the archive: see
 * retrieval/novelty.ts.
 */

import type { GreyImage } from "./grey-image.ts";
import { percentiles } from "./percentiles.ts";
import { resize } from "./resize.ts";

/** Why a picture cannot be a radiograph. */
export type ImplausibleCode =
  | "too-small"
  | "colour-photograph"
  | "blank"
  | "noise"
  | "gradient"
  | "drawing"
  | "document";

/** The answer for one picture. */
export type Plausibility =
  | { readonly plausible: true }
  | { readonly plausible: false; readonly reason: { readonly code: ImplausibleCode; readonly detail: string } };

/** What the rules look at. All but the size are the same for a picture and its double in size. */
export interface PictureMeasurements {
  /** The shorter side in pixels. */
  readonly shorterSide: number;
  /** 99.5th minus 0.5th percentile, in [0, 1]. */
  readonly range: number;
  /** Correlation of neighbouring pixels of the picture reduced to 64 and to 32 pixels along its longer side. */
  readonly correlation64: number;
  readonly correlation32: number;
  /** Root mean square of the Laplacian over that of the gradient, at 64 pixels: 0 for a ramp, about 3.5 for noise. */
  readonly roughness: number;
  /** The commonest grey, and the share of pixels within two of 256 steps of it. */
  readonly backgroundGrey: number;
  readonly backgroundShare: number;
  /** Of the pixels that are not background, the share that equals its right and its lower neighbour, at 256 pixels. */
  readonly flatness: number;
  /** 2 to the entropy of the grey values that are not background, over 256 steps of the picture's own range. */
  readonly effectiveLevels: number;
}

/** Below it, bones are a few pixels wide and nothing can be compared. */
const SMALLEST_SIDE = 32;
/** A tint of a fifth of the intensity on a picture of mean 0.4, as of blue-based film. Photographs: 0.09 to 0.40. */
const MOST_COLOUR = 0.08;
/** Radiographs: 0.37 or more. Twelve of 256 greys hold no anatomy. */
const LEAST_RANGE = 0.05;
/**
 * Limbs and trunks are larger than a 32nd of the picture, and what is smaller, grain and trabeculae, is averaged away; noise
 * is as uncorrelated after averaging as before. Radiographs: 0.85 or more at 64 pixels, 0.76 or more at 32.
 */
const LEAST_CORRELATION_64 = 0.75;
const LEAST_CORRELATION_32 = 0.65;
/** Noise whatever else it looks like; text keeps 0.55 by its lines. */
const NOISE_CORRELATION = 0.4;
/** Edges of bone and skin bend the grey as much as they slope it. Radiographs: 0.76 to 2.16. */
const LEAST_ROUGHNESS = 0.4;
const MOST_ROUGHNESS = 2.6;
/** No tissue is of one grey over several pixels. Radiographs: 0.55 or less, drawings mostly 0.8 or more. */
const MOST_FLATNESS = 0.75;
/** Thickness varies continuously, so that even a faint radiograph has many greys. Radiographs: 24 or more. */
const LEAST_LEVELS = 10;
/** A page: more than half of it one bright grey, and strokes on it. No radiograph met the first condition. */
const PAGE_SHARE = 0.5;
const PAGE_GREY = 0.5;
const PAGE_ROUGHNESS = 2;

/**
 * Decides whether a picture can be a radiograph.
 *
 * @param image in display sense; MONOCHROME1 turned or not makes no difference but for `document`
 * @param colourfulness mean chroma in [0, 1] of the picture before it became grey, see colour.ts
 * @example
 * const verdict = assessPlausibility(image, colourfulness);
 * if (!verdict.plausible) putAside(verdict.reason.detail);
 */
export const assessPlausibility = (image: GreyImage, colourfulness: number): Plausibility => {
  const shorterSide = Math.min(image.width, image.height);
  if (shorterSide < SMALLEST_SIDE) {
    return implausible(
      "too-small",
      `The picture is ${image.width} x ${image.height} pixels; ${SMALLEST_SIDE} are needed.`,
    );
  }
  const colour = colourPhotograph(colourfulness);
  if (colour) return implausible("colour-photograph", colour);
  const { range, ...measured } = measurePicture(image);
  if (range < LEAST_RANGE) {
    return implausible(
      "blank",
      `The picture is blank: nearly all of it lies within ${percent(range)} of the grey scale.`,
    );
  }
  if (measured.correlation64 < NOISE_CORRELATION) return noise;
  const page = measured.backgroundShare > PAGE_SHARE && measured.backgroundGrey > PAGE_GREY;
  if (page && measured.roughness > PAGE_ROUGHNESS) {
    const share = percent(measured.backgroundShare);
    return implausible("document", `The picture looks like a page or a screen: ${share} of it is one bright grey.`);
  }
  if (measured.effectiveLevels < LEAST_LEVELS || measured.flatness > MOST_FLATNESS) {
    return implausible("drawing", "The picture is made of areas of one grey each, as a drawing or a screen is.");
  }
  const uncorrelated = measured.correlation64 < LEAST_CORRELATION_64 || measured.correlation32 < LEAST_CORRELATION_32;
  if (uncorrelated || measured.roughness > MOST_ROUGHNESS) {
    return noise;
  }
  if (measured.roughness < LEAST_ROUGHNESS) {
    return implausible("gradient", "The picture is a smooth gradient without any edge.");
  }
  return { plausible: true };
};

/**
 * A sentence on why a picture is too colourful for a radiograph, or null where it is not.
 *
 * @param colourfulness mean chroma in [0, 1]
 */
const colourPhotograph = (colourfulness: number): string | null =>
  colourfulness > MOST_COLOUR
    ? `The picture is in colour (${percent(colourfulness)} of full intensity on average), as no radiograph is.`
    : null;

const noise: Plausibility = {
  plausible: false,
  reason: { code: "noise", detail: "The picture is noise, a fine pattern or text: its parts do not hang together." },
};

const implausible = (code: ImplausibleCode, detail: string): Plausibility => ({
  plausible: false,
  reason: { code, detail },
});

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The measurements that {@link assessPlausibility} judges by; for a report of why. */
export const measurePicture = (image: GreyImage): PictureMeasurements => {
  const view = reduce(withoutFrame(image), 256);
  const small = reduce(view, 64);
  const [low, high] = greyLimits(view);
  return {
    shorterSide: Math.min(image.width, image.height),
    range: high - low,
    correlation64: neighbourCorrelation(small),
    correlation32: neighbourCorrelation(reduce(view, 32)),
    roughness: roughnessOf(small),
    ...areasOf(view, { low, high }),
  };
};

/** A row or column is frame where it varies by less than this share of the grey scale. */
const FRAME_TOLERANCE = 0.02;

/** The picture without rows and columns of one grey along its sides: a black frame would make any content hang together. */
const withoutFrame = (image: GreyImage): GreyImage => {
  const { width, height, pixels } = image;
  const isFlat = (first: number, { step, count }: { step: number; count: number }): boolean => {
    let [low, high] = [pixels[first], pixels[first]];
    for (let n = 1, i = first + step; n < count; n++, i += step) {
      if (pixels[i] < low) low = pixels[i];
      if (pixels[i] > high) high = pixels[i];
      if (high - low > FRAME_TOLERANCE) return false;
    }
    return true;
  };
  const rowIsFlat = (y: number): boolean => isFlat(y * width, { step: 1, count: width });
  const columnIsFlat = (x: number): boolean => isFlat(x, { step: width, count: height });
  let [top, bottom, left, right] = [0, height, 0, width];
  while (top < bottom && rowIsFlat(top)) top++;
  while (bottom > top && rowIsFlat(bottom - 1)) bottom--;
  while (left < right && columnIsFlat(left)) left++;
  while (right > left && columnIsFlat(right - 1)) right--;
  // A sliver of content is a marker, not a picture: then the whole is judged.
  if (bottom - top < SMALLEST_SIDE || right - left < SMALLEST_SIDE) return image;
  if (bottom - top === height && right - left === width) return image;
  const content = new Float32Array((bottom - top) * (right - left));
  for (let y = top; y < bottom; y++) {
    content.set(pixels.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, pixels: content };
};

/** The picture with its longer side at most `side`, antialiased. */
const reduce = (image: GreyImage, side: number): GreyImage => {
  const scale = side / Math.max(image.width, image.height);
  if (scale >= 1) return image;
  return resize(image, Math.max(Math.round(image.width * scale), 1), Math.max(Math.round(image.height * scale), 1));
};

/** The 0.5th and 99.5th percentile, to 1 in 4096. */
const greyLimits = ({ pixels }: GreyImage): [low: number, high: number] => {
  const counts = new Uint32Array(4097);
  for (let i = 0; i < pixels.length; i++) counts[Math.round(pixels[i] * 4096)]++;
  const values = Float64Array.from(counts, (_, step) => step / 4096);
  const [low, high] = percentiles(values, counts, [0.005, 0.995]);
  return [low, high];
};

/** 1 - the mean squared difference of neighbours over twice the variance; 1 for a picture of one grey. */
const neighbourCorrelation = ({ width, height, pixels }: GreyImage): number => {
  let mean = 0;
  for (const value of pixels) mean += value / pixels.length;
  let variance = 0;
  for (const value of pixels) variance += (value - mean) ** 2 / pixels.length;
  if (variance < 1e-12) return 1;
  let squares = 0;
  let pairs = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) squares += (pixels[i] - pixels[i + 1]) ** 2;
      if (y + 1 < height) squares += (pixels[i] - pixels[i + width]) ** 2;
      pairs += Number(x + 1 < width) + Number(y + 1 < height);
    }
  }
  return 1 - squares / pairs / (2 * variance);
};

const roughnessOf = ({ width, height, pixels }: GreyImage): number => {
  let gradient = 0;
  let laplacian = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const [left, right, up, down] = [pixels[i - 1], pixels[i + 1], pixels[i - width], pixels[i + width]];
      gradient += ((right - left) / 2) ** 2 + ((down - up) / 2) ** 2;
      laplacian += (left + right + up + down - 4 * pixels[i]) ** 2;
    }
  }
  return gradient < 1e-12 ? 0 : Math.sqrt(laplacian / gradient);
};

type Areas = Pick<PictureMeasurements, "backgroundGrey" | "backgroundShare" | "flatness" | "effectiveLevels">;

/** Separates the commonest grey from the rest, so that a small collimated field on black is judged by the field. */
const areasOf = ({ width, height, pixels }: GreyImage, { low, high }: { low: number; high: number }): Areas => {
  const scale = high > low ? 255 / (high - low) : 0;
  const steps = new Uint8ClampedArray(pixels.length);
  const counts = new Uint32Array(256);
  for (let i = 0; i < pixels.length; i++) {
    steps[i] = (pixels[i] - low) * scale;
    counts[steps[i]]++;
  }
  const around = (step: number): number => {
    let sum = 0;
    for (let near = Math.max(step - 2, 0); near <= Math.min(step + 2, 255); near++) sum += counts[near];
    return sum;
  };
  let background = 0;
  for (let step = 1; step < 256; step++) if (around(step) > around(background)) background = step;
  const isBackground = (step: number): boolean => Math.abs(step - background) <= 2;

  let inside = 0;
  let flat = 0;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const i = y * width + x;
      if (isBackground(steps[i])) continue;
      inside++;
      if (steps[i] === steps[i + 1] && steps[i] === steps[i + width]) flat++;
    }
  }
  const backgroundShare = around(background) / steps.length;
  const rest = steps.length - around(background);
  let entropy = 0;
  counts.forEach((count, step) => {
    if (count > 0 && !isBackground(step)) entropy -= (count / rest) * Math.log2(count / rest);
  });
  return {
    backgroundGrey: low + (background / 255) * (high - low),
    backgroundShare,
    flatness: inside > 0 ? flat / inside : 0,
    effectiveLevels: 2 ** entropy,
  };
};
