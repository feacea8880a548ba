/** Batches of picture files as a trained network takes them, in the form that prefetch.ts runs in its threads. */

import { letterbox } from "../imaging/letterbox.ts";
import { standardiseInPlace } from "./grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "./prefetch.ts";
import { readGreyPicture } from "./read-grey-picture.ts";

/** How the pictures of a batch are made alike. */
export interface PictureBatchSettings {
  /** Side of the network's input in pixels. */
  readonly imageSize: number;
  /** Channels of the network's input, to each of which the grey picture is written; 3 for networks of coloured pictures. */
  readonly channels: number;
}

/** PNG and JPEG files in, letter-boxed and standardised [N, channels, imageSize, imageSize] out. */
export const makePictureBatch = ({
  imageSize,
  channels,
}: PictureBatchSettings): Prepare<readonly string[], Float32Array> => {
  const area = imageSize * imageSize;
  return async (paths) => {
    const x = new Float32Array(paths.length * channels * area);
    for (const [i, path] of paths.entries()) {
      const from = i * channels * area;
      const { pixels } = letterbox(await readGreyPicture(path, i), imageSize, x.subarray(from, from + area));
      standardiseInPlace(pixels);
      for (let channel = 1; channel < channels; channel++) x.set(pixels, from + channel * area);
    }
    return { value: x, transfer: [x.buffer] };
  };
};

/**
 * Batches of the files at some paths, PNG or JPEG by their content, in any mix of sizes.
 *
 * The threads throw OsteonError `not-found` for a path that is no file and `bad-input` for a file that is no picture; its
 * place in the batch is in the sentence and in `context.place`.
 *
 * @example
 * const batches = new Prefetch([["a.png", "b.jpg"]], pictureBatches({ imageSize: 224, channels: 3 }));
 */
export const pictureBatches = (settings: PictureBatchSettings): Preparation<readonly string[], Float32Array> =>
  preparation(import.meta.url, makePictureBatch, settings);
