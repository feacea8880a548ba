/**
 * The settings of the precedents with the source of each default, in three presets. A preset is plain data: it is written
 * down with every run.
 */

import type { TrainingSettings } from "../../learning/train-classifier.ts";

/** What the neighbours vote on. */
export const targets = ["entity", "region", "label"] as const;
export type Target = (typeof targets)[number];

/** The networks that can make the features. */
export type Architecture = "resnet18" | "resnet34";

/** How many epochs: a fixed number, or as many as show the network this many pictures in all. */
export type Duration = { readonly epochs: number } | { readonly picturesSeen: number; readonly fewestEpochs: number };

/** Everything a training run is told besides its data. */
export interface PrecedentsSettings {
  readonly architecture: Architecture;
  /** Side of the pictures that training keeps in memory and draws its views from. */
  readonly sourceSize: number;
  /**
   * The sides of the input of the networks that are trained one after another and whose features are joined. Several small
   * networks generalise better from few radiographs than one, at equal cost (Brigato and Iocchi, 2021), and different sides
   * see the limb as a whole and the lesion closely.
   */
  readonly imageSizes: readonly number[];
  /**
   * Whether the crops of marked lesions are learned from beside the whole radiographs, so that lesions are compared by networks
   * that have seen lesions.
   */
  readonly learnsLesions: boolean;
  /** Of each network. */
  readonly duration: Duration;
  readonly training: Omit<TrainingSettings, "epochs" | "seed" | "imageSize">;
  /** Bits of a hash code. */
  readonly bits: number;
}

/** Neighbours that vote when nothing else is asked: the study reports k = 1, 3, 5 and 7 (4.4, results). */
export const defaultK = 5;

/** The method sized to end within a quarter of an hour on two cores (docs/deviations.md). */
const small: PrecedentsSettings = {
  architecture: "resnet18",
  sourceSize: 128,
  imageSizes: [64, 80, 112],
  learnsLesions: true,
  duration: { picturesSeen: 4_500, fewestEpochs: 5 },
  training: {
    batchSize: 8, // of few pictures, many small steps teach more than half as many of twice the size
    optimiser: { name: "AdamW", lr: 5e-4, weightDecay: 0.05 },
    warmup: 0.05,
    labelSmoothing: 0.1, // Szegedy et al. 2016
    classBalance: "square-root",
    augmentation: {
      affine: { rotate: 45, scale: [0.7, 1.3], aspect: 0.15, translatePercent: 0.1 },
      horizontalFlip: 0.5, // left and right limbs mirror each other
      verticalFlip: 0,
      randomBrightnessContrast: { brightnessLimit: 0.3, contrastLimit: 0.3 },
      coarseDropout: { p: 0.25, holeRange: [0.1, 0.4] },
    },
  },
  bits: 512,
};

/** More pixels and more pictures seen, for a night on a larger machine. */
const recommended: PrecedentsSettings = {
  ...small,
  architecture: "resnet34",
  sourceSize: 256,
  imageSizes: [128, 224],
  duration: { picturesSeen: 100_000, fewestEpochs: 30 },
};

/**
 * The published hyper-parameters of baseline 1, whose network the study's features come from: learning rate 0.003, batch 8,
 * 85 epochs, rotations and flips with probability 0.3 (4.4, model performances). The study's ImageNet weights are not here.
 */
const asPublished: PrecedentsSettings = {
  ...small,
  architecture: "resnet34",
  sourceSize: 256,
  imageSizes: [224],
  duration: { epochs: 85 },
  training: {
    batchSize: 8,
    optimiser: { name: "SGD", lr: 0.003, momentum: 0.9, weightDecay: 1e-4 },
    warmup: 0,
    labelSmoothing: 0,
    classBalance: "none",
    augmentation: {
      affine: { rotate: 25, scale: [1, 1], aspect: 0, translatePercent: 0, p: 0.3 }, // the angle is that of the code on Ewing sarcoma
      horizontalFlip: 0.3,
      verticalFlip: 0.3,
      randomBrightnessContrast: { brightnessLimit: 0, contrastLimit: 0 },
      coarseDropout: { p: 0, holeRange: [0.1, 0.1] },
    },
  },
};

/** The presets by name. */
export const presets = { "as-published": asPublished, recommended, small } as const;
export type PresetName = keyof typeof presets;

/** The epochs of a run on this many pictures. */
export const epochsFor = (duration: Duration, pictures: number): number =>
  "epochs" in duration
    ? duration.epochs
    : Math.max(duration.fewestEpochs, Math.round(duration.picturesSeen / pictures));
