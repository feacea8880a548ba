/**
 * `osteon/data`: pictures to batches, in worker threads, and augmentation of pictures together with their masks. Everything is
 * drawn from a seed and is the same for any number of threads.
 *
 * @module
 */

export { compose, type TransformName, type TransformSettings } from "../imaging/augmentation/index.ts";
export {
  lesionAugmentations,
  precedentsAugmentation,
  triageAugmentation,
  trivialAugmentation,
} from "../imaging/augmentation/presets.ts";
export type { Sample } from "../imaging/augmentation/sample.ts";
export type { Transform } from "../imaging/augmentation/transform.ts";
export type { GreyImage } from "../imaging/grey-image.ts";
export { Random } from "../numeric/random.ts";
export { type BatchPlace, type BatchSchedule, batchesPerEpoch, batchPlaces, loadBatches } from "./batch-loader.ts";
export { type ExampleBatch, type ExampleBatchSettings, type ExampleFiles, exampleBatches } from "./example-batches.ts";
export { type PictureBatchSettings, pictureBatches } from "./picture-batches.ts";
export {
  defaultWorkers,
  Prefetch,
  type Prefetched,
  type PrefetchOptions,
  type Preparation,
  type Prepare,
  type Prepared,
  preparation,
} from "./prefetch.ts";
