/**
 * Batches of a data set for training, made ready in worker threads: which pictures are in which batch follows from the seed
 * alone, so a run that is gone on with, and one with more threads, see the same batches.
 */

import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import { Prefetch, type PrefetchOptions, type Preparation } from "./prefetch.ts";

/** Which batches there are. */
export interface BatchSchedule {
  /** How many pictures the data set has, at least 1. */
  readonly pictures: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  /** Batches of all epochs that are done already; 0 by default. */
  readonly batchesDone?: number;
}

/** One batch by its pictures. */
export interface BatchPlace {
  /** From 0. */
  readonly epoch: number;
  /** From 0, within the epoch. */
  readonly batch: number;
  /** Positions in the data set, `batchSize` of them. */
  readonly indices: Uint32Array;
}

/** Whole batches of an epoch, at least one; the pictures left over at its end are others each time. */
export const batchesPerEpoch = ({ pictures, batchSize }: Pick<BatchSchedule, "pictures" | "batchSize">): number =>
  Math.max(1, Math.floor(pictures / batchSize));

const checkSchedule = ({ pictures, batchSize, batchesDone = 0 }: BatchSchedule): void => {
  const counts = { pictures, batchSize, batchesDone };
  for (const [name, count] of Object.entries(counts)) {
    const least = name === "batchesDone" ? 0 : 1;
    if (Number.isSafeInteger(count) && count >= least) continue;
    throw new OsteonError("bad-usage", `"${name}" is a whole number from ${least} on, not ${count}.`, { name, count });
  }
};

/**
 * The batches in their order: the pictures are shuffled anew each epoch, and repeat where a batch holds more than there are.
 *
 * @throws OsteonError `bad-usage` for a data set or batches of no pictures
 */
export function* batchPlaces(schedule: BatchSchedule): Generator<BatchPlace, void> {
  const { pictures, batchSize, epochs, seed, batchesDone = 0 } = schedule;
  checkSchedule(schedule);
  const perEpoch = batchesPerEpoch(schedule);
  for (let epoch = Math.floor(batchesDone / perEpoch); epoch < epochs; epoch++) {
    const order = new Random(seed, "order", epoch).permutation(pictures);
    const first = Math.max(0, batchesDone - epoch * perEpoch);
    for (let batch = first; batch < perEpoch; batch++) {
      const indices = Uint32Array.from({ length: batchSize }, (_, i) => order[(batch * batchSize + i) % pictures]!);
      yield { epoch, batch, indices };
    }
  }
}

/**
 * The batches of a schedule, each with what the preparation made of its place. Close it, or leave its loop, when done.
 *
 * @example
 * const how = exampleBatches({ examples, imageSize: 224, augmentation: triageAugmentation, seed: 1 });
 * const batches = loadBatches({ pictures: examples.length, batchSize: 8, epochs: 2, seed: 1 }, how);
 * for await (const { item: { indices }, value: { x } } of batches) await trainOn(x, labelsOf(indices));
 */
export const loadBatches = <Value>(
  schedule: BatchSchedule,
  how: Preparation<BatchPlace, Value>,
  options: PrefetchOptions = {},
): Prefetch<BatchPlace, Value> => new Prefetch(batchPlaces(schedule), how, options);
