/** Augmented batches of grey radiographs, in the form that prefetch.ts runs in its threads. */

import { Random } from "../numeric/random.ts";
import { type AugmentationOptions, augment } from "./augment.ts";
import type { BatchPlace } from "./batch-loader.ts";
import { GreyDataset, type SharedPictures, standardiseInPlace } from "./grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "./prefetch.ts";

/** What an augmented batch is drawn from; plain data but for the pictures, which threads share. */
export interface TrainingBatchSettings {
  readonly pictures: SharedPictures;
  /** Side of the network's input in pixels. */
  readonly imageSize: number;
  readonly augmentation: AugmentationOptions;
  readonly seed: number;
}

/** Each picture's chance depends on the seed, the epoch and the picture alone. */
export const makeTrainingBatch = (settings: TrainingBatchSettings): Prepare<BatchPlace, Float32Array> => {
  const { imageSize, augmentation, seed } = settings;
  const pictures = GreyDataset.over(settings.pictures);
  const area = imageSize * imageSize;
  const source = new Float32Array(pictures.size * pictures.size);
  return ({ epoch, indices }) => {
    const x = new Float32Array(indices.length * area);
    for (const [i, index] of indices.entries()) {
      pictures.read(index, source);
      standardiseInPlace(source);
      augment(
        { pixels: source, size: pictures.size },
        { pixels: x.subarray(i * area, (i + 1) * area), size: imageSize },
        { random: new Random(seed, "augment", epoch, index), options: augmentation },
      );
    }
    return { value: x, transfer: [x.buffer] };
  };
};

/** Batches as a network takes them: row-major [N, 1, imageSize, imageSize], standardised and augmented. */
export const trainingBatches = (settings: TrainingBatchSettings): Preparation<BatchPlace, Float32Array> =>
  preparation(import.meta.url, makeTrainingBatch, settings);
