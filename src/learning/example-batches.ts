/**
 * Augmented batches of picture files, with their masks where they have some, in the form that prefetch.ts runs in its threads.
 * Any transform of osteon/data can be applied; training-batches.ts, which turns and crops in one pass over pictures that are in
 * memory already, is the faster way for small sets of whole radiographs.
 */

import { OsteonError } from "../errors.ts";
import { compose, type TransformSettings } from "../imaging/augmentation/index.ts";
import type { Sample } from "../imaging/augmentation/sample.ts";
import { letterbox, letterboxPlacement } from "../imaging/letterbox.ts";
import { Random } from "../numeric/random.ts";
import type { BatchPlace } from "./batch-loader.ts";
import { standardiseInPlace } from "./grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "./prefetch.ts";
import { readGreyPicture } from "./read-grey-picture.ts";

/** A picture file and the file of its mask: PNG or JPEG, white where the lesion is. */
export interface ExampleFiles {
  readonly image: string;
  readonly mask?: string;
}

/** What the batches are drawn from; plain data. */
export interface ExampleBatchSettings {
  /** Either all have a mask or none has. A batch's indices are positions here. */
  readonly examples: readonly ExampleFiles[];
  /** Side of the network's input in pixels. */
  readonly imageSize: number;
  /** Channels of the network's input, to each of which the grey picture is written; 1 by default. */
  readonly channels?: number;
  /** Applied in this order to the letter-boxed picture and its mask; none by default. */
  readonly augmentation?: readonly TransformSettings[];
  /** What is drawn depends on it, the epoch and the example's position alone; 0 by default. */
  readonly seed?: number;
}

/** One batch, row-major. */
export interface ExampleBatch {
  /** [N, channels, imageSize, imageSize], each picture standardised to mean 0 and standard deviation 1. */
  readonly x: Float32Array<ArrayBuffer>;
  /** [N, 1, imageSize, imageSize], 1 where the lesion is and else 0; absent where the examples have no masks. */
  readonly masks?: Float32Array<ArrayBuffer>;
}

/** A mask drawn smaller: a pixel belongs to the lesion where at least half of it does. */
const lesionFrom = 0.5;

/** The preparation of {@link exampleBatches}, found by its name in each thread. */
export const makeExampleBatch = (settings: ExampleBatchSettings): Prepare<BatchPlace, ExampleBatch> => {
  const { examples, imageSize, channels = 1, augmentation = [], seed = 0 } = settings;
  const augment = compose(augmentation);
  const area = imageSize * imageSize;
  const withMasks = examples.some(({ mask }) => mask !== undefined);
  if (withMasks && examples.some(({ mask }) => mask === undefined)) {
    throw new OsteonError("bad-usage", "Some examples have masks and some have none; give all of them one.");
  }
  const read = async ({ image, mask }: ExampleFiles, place: number): Promise<Sample> => {
    const picture = await readGreyPicture(image, place);
    const boxed = letterbox(picture, imageSize);
    if (mask === undefined) return { image: boxed };
    const drawn = await readGreyPicture(mask, place);
    const { width, height } = picture;
    if (drawn.width !== width || drawn.height !== height) {
      const sizes = `${drawn.width} x ${drawn.height} pixels, its picture ${width} x ${height}`;
      throw new OsteonError("bad-input", `The mask of picture ${place + 1} of the batch has ${sizes}.`, { place });
    }
    return {
      image: boxed,
      mask: Uint8Array.from(letterbox(drawn, imageSize).pixels, (v) => (v >= lesionFrom ? 1 : 0)),
    };
  };
  return async ({ epoch, indices }) => {
    const x = new Float32Array(indices.length * channels * area);
    const masks = withMasks ? new Float32Array(indices.length * area) : undefined;
    for (const [i, index] of indices.entries()) {
      const example = examples[index];
      if (!example) throw new OsteonError("not-found", `There are ${examples.length} examples and none at ${index}.`);
      const drawn = boxedTo(imageSize, augment(await read(example, i), new Random(seed, "augment", epoch, index)));
      const from = i * channels * area;
      const pixels = x.subarray(from, from + area);
      pixels.set(drawn.image.pixels);
      standardiseInPlace(pixels);
      for (let channel = 1; channel < channels; channel++) x.set(pixels, from + channel * area);
      if (drawn.mask) masks?.set(drawn.mask, i * area);
    }
    return masks ? { value: { x, masks }, transfer: [x.buffer, masks.buffer] } : { value: { x }, transfer: [x.buffer] };
  };
};

/** A sample at the network's size again, where a crop has left it at another. */
const boxedTo = (size: number, { image, mask }: Sample): Sample => {
  if (image.width === size && image.height === size) return mask ? { image, mask } : { image };
  const boxed = letterbox(image, size);
  if (!mask) return { image: boxed };
  const { left, top, width, height } = letterboxPlacement(image, size);
  const nearest = new Uint8Array(size * size); // classes are not mixed: each pixel takes the nearest one's
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * image.height) / height) * image.width;
    for (let px = 0; px < width; px++) {
      nearest[(top + y) * size + left + px] = mask[row + Math.floor(((px + 0.5) * image.width) / width)]!;
    }
  }
  return { image: boxed, mask: nearest };
};

/**
 * Batches of picture files for training: letter-boxed, augmented together with their masks, standardised. The threads throw
 * OsteonError `not-found` for a path that is no file, `bad-input` for a file that is no picture or a mask of another size, both
 * by the place in the batch; `bad-usage` for settings that cannot be.
 *
 * @example
 * const { HorizontalFlip, Affine } = lesionAugmentations;
 * const how = exampleBatches({ examples, imageSize: 256, augmentation: [HorizontalFlip, Affine], seed: 1 });
 * const batches = loadBatches({ pictures: examples.length, batchSize: 4, epochs: 20, seed: 1 }, how);
 * for await (const { value: { x, masks } } of batches) await trainOn(x, masks!);
 */
export const exampleBatches = (settings: ExampleBatchSettings): Preparation<BatchPlace, ExampleBatch> =>
  preparation(import.meta.url, makeExampleBatch, settings);
