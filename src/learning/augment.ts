/**
 * Augmentation of radiographs for training: one random view and one random exposure of a picture. Names are those of
 * albumentations (Affine, HorizontalFlip, RandomGamma, RandomBrightnessContrast, CoarseDropout), which the field's papers use.
 */

import { type SquarePixels, type View, warp } from "../imaging/warp.ts";
import type { Random } from "../numeric/random.ts";

/** How far pictures may be changed; plain data. A range of [0, 0] or a probability of 0 switches a change off. */
export interface AugmentationOptions {
  readonly affine: {
    /** Turned by up to this many degrees to either side. */
    readonly rotate: number;
    /** Drawn log-uniformly between the two. */
    readonly scale: readonly [number, number];
    /** Largest logarithm of the aspect ratio's root. */
    readonly aspect: number;
    /** Shifted by up to this share of the side, along each axis. */
    readonly translatePercent: number;
    /** How often; always where nothing is said. */
    readonly p?: number;
  };
  /** Probabilities. */
  readonly horizontalFlip: number;
  readonly verticalFlip: number;
  readonly randomBrightnessContrast: {
    /** Added, in standard deviations of the picture. */
    readonly brightnessLimit: number;
    /** The contrast is multiplied by 1 plus or minus up to this. */
    readonly contrastLimit: number;
  };
  readonly coarseDropout: {
    readonly p: number;
    /** Sides of a blanked rectangle as shares of the picture's side. */
    readonly holeRange: readonly [number, number];
    /** How many rectangles, both included; one where nothing is said. */
    readonly numHolesRange?: readonly [number, number];
  };
  /** Exponent of the grey values over the picture's own range, drawn log-uniformly; 1 where nothing is said. */
  readonly randomGamma?: { readonly gammaLimit: readonly [number, number] };
}

/** Draws one augmented version of a standardised `source` into `target`. */
export const augment = (
  source: SquarePixels,
  target: SquarePixels,
  { random, options }: { random: Random; options: AugmentationOptions },
): void => {
  const { randomBrightnessContrast: exposure, coarseDropout, randomGamma } = options;
  warp(source, target, drawView(random, options));
  if (randomGamma) applyGamma(target.pixels, logUniform(random, randomGamma.gammaLimit));
  const contrast = 1 + random.uniform(-exposure.contrastLimit, exposure.contrastLimit);
  const brightness = random.uniform(-exposure.brightnessLimit, exposure.brightnessLimit);
  const { pixels } = target;
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! * contrast + brightness;
  if (!random.chance(coarseDropout.p)) return;
  const [fewest, most] = coarseDropout.numHolesRange ?? [1, 1];
  const holes = fewest === most ? fewest : fewest + random.integer(most - fewest + 1);
  for (let hole = 0; hole < holes; hole++) blankRectangle(target, coarseDropout.holeRange, random);
};

const drawView = (
  random: Random,
  { affine, horizontalFlip, verticalFlip }: Pick<AugmentationOptions, "affine" | "horizontalFlip" | "verticalFlip">,
): View => ({
  ...(affine.p === undefined || random.chance(affine.p) ? drawAffine(random, affine) : {}),
  horizontalFlip: random.chance(horizontalFlip),
  verticalFlip: random.chance(verticalFlip),
});

const drawAffine = (random: Random, affine: AugmentationOptions["affine"]): View => ({
  rotate: random.uniform(-affine.rotate, affine.rotate),
  scale: logUniform(random, affine.scale),
  aspect: Math.exp(random.uniform(-affine.aspect, affine.aspect)),
  translateX: random.uniform(-affine.translatePercent, affine.translatePercent),
  translateY: random.uniform(-affine.translatePercent, affine.translatePercent),
});

const logUniform = (random: Random, [low, high]: readonly [number, number]): number =>
  Math.exp(random.uniform(Math.log(low), Math.log(high)));

/** Steps of the gamma curve, between which it is straight: finer than the 8 bits most radiographs come with. */
const curveSteps = 1024;

/** Bends the grey values between the darkest and the brightest, which stay where they are. */
const applyGamma = (pixels: Float32Array, gamma: number): void => {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of pixels) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const range = highest - lowest;
  if (range === 0) return;
  const curve = Float32Array.from(
    { length: curveSteps + 2 },
    (_, step) => lowest + range * (step / curveSteps) ** gamma,
  );
  for (let i = 0; i < pixels.length; i++) {
    const position = (pixels[i]! - lowest) * (curveSteps / range);
    const step = Math.min(position | 0, curveSteps); // rounding may pass the end
    pixels[i] = curve[step]! + (curve[step + 1]! - curve[step]!) * (position - step);
  }
};

/** Fills a random rectangle with 0, the mean of a standardised picture. */
const blankRectangle = (
  { pixels, size }: SquarePixels,
  [least, most]: readonly [number, number],
  random: Random,
): void => {
  const side = (): number => Math.max(1, Math.round(size * random.uniform(least, most)));
  const [width, height] = [side(), side()];
  const [left, top] = [random.integer(size - width + 1), random.integer(size - height + 1)];
  for (let y = top; y < top + height; y++) pixels.fill(0, y * size + left, y * size + left + width);
};
