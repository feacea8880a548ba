/** The settings of the atlas model with the source of each default, in three presets; plain data, written down with every run. */

import type { TrainingSettings } from "../../../learning/train-classifier.ts";

/** Everything a training is told besides its network and its data. */
export interface AtlasTrainingSettings {
  /** Of each fold's network: as many epochs as show it so many pictures, but not fewer than so many. */
  readonly duration: { readonly picturesSeen: number; readonly fewestEpochs: number };
  readonly training: Omit<TrainingSettings, "epochs" | "seed" | "imageSize">;
}

/** Sized for two cores: five networks at 64 pixels. */
const small: AtlasTrainingSettings = {
  duration: { picturesSeen: 12_000, fewestEpochs: 4 },
  training: {
    batchSize: 16,
    optimiser: { name: "AdamW", lr: 5e-4, weightDecay: 0.05 },
    warmup: 0.05,
    labelSmoothing: 0.1, // labels of clusters err
    classBalance: "square-root",
    augmentation: {
      // Milder than for tumours: a finger is told from a foot by the whole picture.
      affine: { rotate: 25, scale: [0.8, 1.25], aspect: 0.1, translatePercent: 0.08 },
      horizontalFlip: 0.5, // left and right limbs mirror each other
      verticalFlip: 0,
      randomBrightnessContrast: { brightnessLimit: 0.3, contrastLimit: 0.3 },
      coarseDropout: { p: 0.25, holeRange: [0.1, 0.4] },
    },
  },
};

/** More pictures seen, for a night on a larger machine. */
const recommended: AtlasTrainingSettings = { ...small, duration: { picturesSeen: 60_000, fewestEpochs: 20 } };

/**
 * Phase 2 of SAM-X goes on with DeepCluster's own training on other labels (Eur Radiol 2023, Algorithm): its optimiser, batch, crops
 * and flips. How long is not published; these are the epochs of DeepCluster's defaults.
 */
const asPublished: AtlasTrainingSettings = {
  duration: { picturesSeen: 0, fewestEpochs: 200 },
  training: {
    batchSize: 256,
    optimiser: { name: "SGD", lr: 0.05, momentum: 0.9, weightDecay: 1e-5 },
    warmup: 0,
    labelSmoothing: 0,
    classBalance: "none",
    augmentation: {
      affine: { rotate: 0, scale: [1, 3.5], aspect: 0.14, translatePercent: 0.3 }, // a crop of 0.08 to 1 of the area
      horizontalFlip: 0.5,
      verticalFlip: 0,
      randomBrightnessContrast: { brightnessLimit: 0, contrastLimit: 0 },
      coarseDropout: { p: 0, holeRange: [0.1, 0.1] },
    },
  },
};

/** The presets by name. */
export const atlasPresets = { "as-published": asPublished, recommended, small } as const;
export type AtlasPresetName = keyof typeof atlasPresets;

/** The epochs of each network on so many pictures. */
export const atlasEpochs = (
  { duration: { picturesSeen, fewestEpochs } }: Pick<AtlasTrainingSettings, "duration">,
  pictures: number,
): number => Math.max(fewestEpochs, Math.round(picturesSeen / pictures));
