/** Batches of picture files as a trained network takes them, in the form that prefetch.ts runs in its threads. */

import { readFileSync, statSync } from "node:fs";
import { OsteonError } from "../errors.ts";
import { decodeGreyPicture, pictureFormat } from "../imaging/decode-picture.ts";
import type { GreyImage } from "../imaging/grey-image.ts";
import { letterbox } from "../imaging/letterbox.ts";
import { Unreadable } from "../imaging/unreadable.ts";
import { standardiseInPlace } from "./grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "./prefetch.ts";

/** How the pictures of a batch are made alike. */
export interface PictureBatchSettings {
  /** Side of the network's input in pixels. */
  readonly imageSize: number;
  /** Channels of the network's input, to each of which the grey picture is written; 3 for networks of coloured pictures. */
  readonly channels: number;
}

/** No picture file is larger; 100 million pixels of 16 bits are 200 MB. */
const mostFileBytes = 512 * 2 ** 20;

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

const readGreyPicture = async (path: string, place: number): Promise<GreyImage> => {
  const which = `Picture ${place + 1} of the batch`;
  const file = statSync(path, { throwIfNoEntry: false });
  // Opening a pipe would wait for ever, in a thread that cannot be ended.
  if (!file?.isFile()) throw new OsteonError("not-found", `${which} is no file; name files that are there.`, { place });
  const refuse = (why: string, cause?: unknown): OsteonError =>
    new OsteonError(
      "bad-input",
      `${which} cannot be used: ${why} Leave it out, or put a sound copy in its place.`,
      {
        place,
      },
      cause,
    );
  if (file.size > mostFileBytes) throw refuse("The file is larger than 512 MiB.");
  const bytes = readFileSync(path);
  const format = pictureFormat(bytes);
  if (!format) throw refuse("The file is neither PNG nor JPEG.");
  try {
    return await decodeGreyPicture(bytes, format);
  } catch (error) {
    if (error instanceof Unreadable) throw refuse(error.message, error);
    throw error;
  }
};
