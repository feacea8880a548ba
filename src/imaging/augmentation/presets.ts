/** The augmentations of the published systems, as settings for `compose`. */
import type { TransformSettings } from "./index.ts";

/**
 * Twelve kinds for the segmentation of lesions, each under its name so that each can be tried alone and the best can then be
 * added one by one (Bloier, Hinterwimmer et al. 2022). The paper says twelve kinds of geometric, cropping, filtering and
 * intensity operations, but neither which nor how strong: these are the usual ones, with albumentations' defaults but where
 * those do nothing (Affine, ElasticTransform) or hide a radiograph (GaussNoise).
 */
export const lesionAugmentations = {
  HorizontalFlip: { name: "HorizontalFlip" },
  VerticalFlip: { name: "VerticalFlip" },
  // the defaults of ShiftScaleRotate, Affine's forerunner
  Affine: {
    name: "Affine",
    scale: [0.9, 1.1],
    translatePercent: [-0.0625, 0.0625],
    rotate: [-45, 45],
    keepRatio: true,
  },
  Rotate: { name: "Rotate" },
  RandomResizedCrop: { name: "RandomResizedCrop", p: 0.5 },
  RandomBrightnessContrast: { name: "RandomBrightnessContrast" },
  RandomGamma: { name: "RandomGamma" },
  CLAHE: { name: "CLAHE" },
  // the default of albumentations 1: variance 10 to 50 on 256 levels
  GaussNoise: { name: "GaussNoise", stdRange: [Math.sqrt(10) / 255, Math.sqrt(50) / 255] },
  GaussianBlur: { name: "GaussianBlur" },
  // moves pixels by about 1.6 of 256 (standard deviation), in waves that bend a bone but do not break it
  ElasticTransform: { name: "ElasticTransform", alpha: 300, sigma: 12 },
  CoarseDropout: { name: "CoarseDropout" },
} as const satisfies Readonly<Record<string, TransformSettings>>;

/**
 * Flip, crop by up to 5 % at each side and turn by up to 25 degrees, each with probability 0.3, as the code of the group's
 * study of Ewing sarcoma did. Its vertical flip was written so that it never acted, and is left out.
 */
export const triageAugmentation: readonly TransformSettings[] = [
  { name: "HorizontalFlip", p: 0.3 },
  { name: "CropAndPad", p: 0.3, percent: [-0.05, 0], sampleIndependently: false },
  { name: "Rotate", p: 0.3, limit: [-25, 25] },
];

/**
 * Rotations and both flips with probability 0.3, as the group's study of retrieval by similarity says. It gives no angle:
 * that of {@link triageAugmentation} is taken.
 */
export const precedentsAugmentation: readonly TransformSettings[] = [
  { name: "HorizontalFlip", p: 0.3 },
  { name: "VerticalFlip", p: 0.3 },
  { name: "Rotate", p: 0.3, limit: [-25, 25] },
];

/** TrivialAugmentWide alone: no strength to tune, but made for photographs. */
export const trivialAugmentation: readonly TransformSettings[] = [{ name: "TrivialAugmentWide" }];
