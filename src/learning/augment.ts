/**
 * Augmentation of radiographs for training: one random view and one random exposure of a picture. Names are those of
 * albumentations (Affine, HorizontalFlip, RandomBrightnessContrast, CoarseDropout), which the field's papers use.
 */

import { type SquarePixels, warp } from "../imaging/warp.ts";
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
    /** Sides of the blanked rectangle as shares of the picture's side. */
    readonly holeRange: readonly [number, number];
  };
}

/** Draws one augmented version of a standardised `source` into `target`. */
export const augment = (
  source: SquarePixels,
  target: SquarePixels,
  { random, options }: { random: Random; options: AugmentationOptions },
): void => {
  const { affine, randomBrightnessContrast: exposure, coarseDropout } = options;
  warp(source, target, {
    rotate: random.uniform(-affine.rotate, affine.rotate),
    scale: Math.exp(random.uniform(Math.log(affine.scale[0]), Math.log(affine.scale[1]))),
    aspect: Math.exp(random.uniform(-affine.aspect, affine.aspect)),
    translateX: random.uniform(-affine.translatePercent, affine.translatePercent),
    translateY: random.uniform(-affine.translatePercent, affine.translatePercent),
    horizontalFlip: random.chance(options.horizontalFlip),
    verticalFlip: random.chance(options.verticalFlip),
  });
  const contrast = 1 + random.uniform(-exposure.contrastLimit, exposure.contrastLimit);
  const brightness = random.uniform(-exposure.brightnessLimit, exposure.brightnessLimit);
  const { pixels } = target;
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! * contrast + brightness;
  if (random.chance(coarseDropout.p)) blankRectangle(target, coarseDropout.holeRange, random);
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
