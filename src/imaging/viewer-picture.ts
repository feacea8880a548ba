/**
 * A picture as a viewer wants it: unsigned samples at the depth they were taken with, and which of them are to be seen. The
 * viewer, and not the file, then decides what is dark and what is bright.
 */

import type { GreyRows } from "./grey-rows.ts";
import type { Rectangle } from "./resize.ts";

/** What of a picture's values is shown: black up to `center - width / 2`, white from `center + width / 2`. */
export interface ViewerWindow {
  readonly center: number;
  readonly width: number;
}

/** A picture for a viewer. */
export interface ViewerPicture {
  readonly width: number;
  readonly height: number;
  /** Row by row; how many bytes a sample has is how many it needs. */
  readonly samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  readonly window: ViewerWindow;
  /** Of all samples. */
  readonly smallest: number;
  readonly largest: number;
  /** Whether the smallest sample is white. */
  readonly inverted: boolean;
}

/**
 * The viewer's picture of one that is shown as it is: all its greys from black to white.
 *
 * @param white the value of full intensity, which tells how many bits a sample needs
 */
export const viewerPictureOfRows = ({ width, height, readRow }: GreyRows, white: number): ViewerPicture => {
  const full = white <= 255 ? 255 : 65535;
  const samples = full === 255 ? new Uint8Array(width * height) : new Uint16Array(width * height);
  const own = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    const row = readRow(y, own);
    for (let x = 0, i = y * width; x < width; x++, i++) samples[i] = row[x]! * full + 0.5;
  }
  return {
    width,
    height,
    samples,
    window: { center: full / 2, width: full },
    ...extremesOf(samples),
    inverted: false,
  };
};

/** The smallest and the largest of some samples. */
export const extremesOf = (samples: Uint8Array | Uint16Array): { smallest: number; largest: number } => {
  let smallest = samples[0] ?? 0;
  let largest = smallest;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample < smallest) smallest = sample;
    else if (sample > largest) largest = sample;
  }
  return { smallest, largest };
};

/** A part of a picture, such as one exposure on a plate; its window stays that of the whole. */
export const partOfViewerPicture = (picture: ViewerPicture, part: Rectangle): ViewerPicture => {
  const left = Math.max(Math.round(part.left), 0);
  const top = Math.max(Math.round(part.top), 0);
  const width = Math.min(Math.round(part.width), picture.width - left);
  const height = Math.min(Math.round(part.height), picture.height - top);
  if (width === picture.width && height === picture.height) return picture;
  const samples =
    picture.samples instanceof Uint8Array ? new Uint8Array(width * height) : new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * picture.width + left;
    samples.set(picture.samples.subarray(from, from + width), y * width);
  }
  return { ...picture, width, height, samples, ...extremesOf(samples) };
};
