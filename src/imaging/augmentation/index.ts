/**
 * Augmentation of radiographs and their masks, with albumentations' names, parameters and defaults
 * (docs/reference/augmentations.md). A transform is described by plain data; {@link compose} makes it a function.
 */

import { inspect } from "node:util";
import { OsteonError } from "../../errors.ts";
import { affine, rotate } from "./affine.ts";
import { randomBrightnessContrast, randomGamma } from "./brightness.ts";
import { clahe } from "./clahe.ts";
import { coarseDropout } from "./coarse-dropout.ts";
import { cropAndPad, randomCrop, randomResizedCrop } from "./crops.ts";
import { elasticTransform } from "./elastic-transform.ts";
import { horizontalFlip, verticalFlip } from "./flips.ts";
import { gaussNoise } from "./gauss-noise.ts";
import { gaussianBlur } from "./gaussian-blur.ts";
import { gridDistortion } from "./grid-distortion.ts";
import { motionBlur } from "./motion-blur.ts";
import { opticalDistortion } from "./optical-distortion.ts";
import { perspective } from "./perspective.ts";
import { checkSample } from "./sample.ts";
import { sharpen } from "./sharpen.ts";
import { type SettingsOf, type Transform, type TransformKind, transformOf } from "./transform.ts";
import { trivialAugmentWide } from "./trivial-augment-wide.ts";

export type { Sample } from "./sample.ts";
export type { Transform } from "./transform.ts";

/** Every kind of transform by its name. */
export const transforms = {
  HorizontalFlip: horizontalFlip,
  VerticalFlip: verticalFlip,
  Affine: affine,
  Rotate: rotate,
  RandomResizedCrop: randomResizedCrop,
  RandomCrop: randomCrop,
  CropAndPad: cropAndPad,
  RandomBrightnessContrast: randomBrightnessContrast,
  RandomGamma: randomGamma,
  CLAHE: clahe,
  GaussNoise: gaussNoise,
  GaussianBlur: gaussianBlur,
  ElasticTransform: elasticTransform,
  CoarseDropout: coarseDropout,
  Sharpen: sharpen,
  MotionBlur: motionBlur,
  GridDistortion: gridDistortion,
  OpticalDistortion: opticalDistortion,
  Perspective: perspective,
  TrivialAugmentWide: trivialAugmentWide,
} as const;

/** Name of a transform. */
export type TransformName = keyof typeof transforms;

/** A transform as plain data: its name, its probability `p`, and any of its parameters; the rest have their defaults. */
export type TransformSettings = { [Name in TransformName]: SettingsOf<(typeof transforms)[Name]> }[TransformName];

/**
 * One transform after the other. The transform at position `i` draws from a stream of its own, `random.fork("transform", i)`:
 * what it draws depends on the keys of `random` and on nothing that others draw or that was drawn from `random` before. So
 * give each picture of each epoch its own stream.
 *
 * @throws OsteonError `bad-usage` where settings cannot be, named by transform and parameter; on use, where the sample is
 *   none or a crop is larger than the picture
 * @example
 * const augment = compose([{ name: "HorizontalFlip" }, { name: "GaussNoise", p: 0.3, stdRange: [0.01, 0.03] }]);
 * const augmented = augment({ image, mask }, new Random(41, "augment", epoch, picture));
 */
export const compose = (settings: readonly TransformSettings[]): Transform => {
  const steps = settings.map((each) => transformOf(kindOf(each.name), each));
  return (sample, random) => {
    checkSample(sample);
    return steps.reduce((current, step, position) => step(current, random.fork("transform", position)), sample);
  };
};

const kindOf = (name: TransformName): TransformKind => {
  if (Object.hasOwn(transforms, name)) return transforms[name];
  const names = Object.keys(transforms).join(", ");
  throw new OsteonError("bad-usage", `There is no transform ${inspect(name)}; there are ${names}.`, { name });
};
