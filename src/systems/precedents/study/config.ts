/**
 * The settings of the recommender study with the source of each default, in two presets. A preset is plain data: it is written down
 * with every run. Nothing here was chosen by looking at a test part.
 */

import type { OptimiserSettings } from "../../../learning/train-classifier.ts";
import type { Duration } from "../config.ts";
import type { HashTableSettings } from "./hash-tables.ts";
import type { StudyNetworkName } from "./networks.ts";

/** What of a radiograph is learned from and compared. */
export const cropKinds = ["drawn", "segmented", "whole"] as const;
/**
 * `drawn`: the box that a person drew, and 15 % beyond each side. `segmented`: the same around what a network takes for the lesion.
 * `whole`: the radiograph.
 */
export type CropKind = (typeof cropKinds)[number];

/** The two models that the study compares the recommender with. */
export const baselines = ["resnet", "transformer"] as const;
export type Baseline = (typeof baselines)[number];

/** What the study's search turned at: learning rate, batch size, number of epochs, probability of an augmentation. */
export interface Hyperparameters {
  readonly lr: number;
  readonly batchSize: number;
  readonly duration: Duration;
  /** Of each of: a rotation, a horizontal flip, a vertical flip. */
  readonly augmentation: number;
}

/** One baseline. */
export interface BaselineSettings {
  readonly network: StudyNetworkName;
  /** With what the search begins, and what is taken without one. */
  readonly chosen: Hyperparameters;
  readonly optimiser: OptimiserSettings;
  /** Share of the steps in which the learning rate rises. */
  readonly warmup: number;
}

/** How hyper-parameters are searched for: at random (Bergstra and Bengio, 2012), each candidate tried by the mean over some folds. */
export interface SearchSettings {
  /** Candidates besides the preset's own; 0 to take that. */
  readonly candidates: number;
  /** Folds that a candidate is tried on, of {@link searchFolds} over the patients whom no shuffle tests. */
  readonly folds: number;
}

/** How lesions are segmented where nobody drew them. */
export interface SegmentationSettings {
  readonly encoder: "resnet18" | "resnet34";
  readonly imageSize: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly duration: Duration;
}

/** Everything a study is told besides its radiographs and what of them is compared. */
export interface StudySettings {
  /** Side of the crops that are kept in memory, and of the networks' input. */
  readonly sourceSize: number;
  readonly imageSize: number;
  readonly resnet: BaselineSettings;
  readonly transformer: BaselineSettings;
  readonly search: SearchSettings;
  /** Of the cross-validation of a shuffle; 0 for none. */
  readonly folds: number;
  /** The first shuffles, as many of which are cross-validated. */
  readonly foldedShuffles: number;
  /** Networks that link every patient of the archive, none to itself: each learns from all but one of so many parts; 0 for none. */
  readonly leaveOneOutFolds: number;
  readonly segmentation: SegmentationSettings;
  /** Of a hash code. */
  readonly bits: number;
  readonly tables: Omit<HashTableSettings, "seed">;
}

/** Test patients of each shuffle, and how many shuffles: 20 %, three times (4.4, demographics and statistical evaluation). */
export const testShare = 0.2;
export const shuffles = 3;

/** The published values of both baselines (4.4, model performances): 0.003 and 0.0025, batches of 8, 85 and 77 epochs, 0.3. */
const asPublished: StudySettings = {
  sourceSize: 224,
  imageSize: 224,
  resnet: {
    network: "resnet50", // tables 2 and 3; the text says "ResNet32"
    chosen: { lr: 0.003, batchSize: 8, duration: { epochs: 85 }, augmentation: 0.3 },
    optimiser: { name: "SGD", lr: 0.003, momentum: 0.9, weightDecay: 1e-4 }, // He et al., 2016; the study names none
    warmup: 0,
  },
  transformer: {
    network: "vit_base_patch16",
    chosen: { lr: 0.0025, batchSize: 8, duration: { epochs: 77 }, augmentation: 0.3 },
    optimiser: { name: "SGD", lr: 0.0025, momentum: 0.9, weightDecay: 0 }, // fine-tuning in Dosovitskiy et al., 2021
    warmup: 0.05,
  },
  search: { candidates: 0, folds: 5 }, // its outcome is published; `--search` makes one
  folds: 5,
  foldedShuffles: shuffles,
  leaveOneOutFolds: 5,
  segmentation: { encoder: "resnet34", imageSize: 256, batchSize: 8, lr: 1e-3, duration: { epochs: 50 } },
  bits: 512,
  tables: { tables: 16, keyBits: 10 },
};

/** The protocol with networks and numbers that end within an hour on two cores, from a few hundred radiographs. */
const small: StudySettings = {
  sourceSize: 96,
  imageSize: 64,
  resnet: {
    network: "resnet18",
    chosen: {
      lr: 1e-3,
      batchSize: 8,
      duration: { picturesSeen: 2_500, fewestEpochs: 3 },
      augmentation: 0.3,
    },
    optimiser: { name: "AdamW", lr: 1e-3, weightDecay: 0.05 }, // as the small preset of the precedents
    warmup: 0.05,
  },
  transformer: {
    network: "vit_micro_patch8",
    chosen: {
      lr: 1e-3,
      batchSize: 8,
      duration: { picturesSeen: 5_000, fewestEpochs: 6 },
      augmentation: 0.3,
    },
    optimiser: { name: "AdamW", lr: 1e-3, weightDecay: 0.05 },
    warmup: 0.1,
  },
  search: { candidates: 2, folds: 1 },
  folds: 5,
  foldedShuffles: 1,
  leaveOneOutFolds: 5,
  segmentation: {
    encoder: "resnet18",
    imageSize: 96,
    batchSize: 8,
    lr: 1e-3,
    duration: { picturesSeen: 2_500, fewestEpochs: 4 },
  },
  bits: 512,
  tables: { tables: 16, keyBits: 8 },
};

/** The presets by name. */
export const studyPresets = { "as-published": asPublished, small } as const;
export type StudyPresetName = keyof typeof studyPresets;

/** What the search draws from. The study tells where it ended, not where it looked; these are around that. */
export const searchSpace = {
  /** Times the preset's own, log-uniformly. */
  lr: [0.25, 4],
  batchSize: [4, 8, 16],
  /** Times the preset's own. */
  duration: [0.5, 1.25],
  augmentation: [0.1, 0.5],
} as const;

/** Folds that the search divides those into whom it may learn from; as many are tried as the settings say. */
export const searchFolds = 5;

/** The study's rotations have no angle; this is that of the group's code on Ewing sarcoma. */
export const rotation = 25;
