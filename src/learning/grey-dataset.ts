/** Radiographs in memory for training: square, small, one byte a pixel; and how a network wants each standardised. */

import { OsteonError } from "../errors.ts";
import type { GreyImage } from "../imaging/grey-image.ts";
import { letterbox } from "../imaging/letterbox.ts";

/** Square grey pictures of one size, by position. */
export class GreyDataset {
  /** Side of each picture in pixels. */
  readonly size: number;
  readonly #pixels: Uint8Array[] = [];

  constructor(size: number) {
    this.size = size;
  }

  get length(): number {
    return this.#pixels.length;
  }

  /** Takes a radiograph in, letter-boxed to the data set's size; a long bone keeps both of its ends. */
  add(image: GreyImage): void {
    this.#pixels.push(quantise(letterbox(image, this.size)));
  }

  /** The picture at a position as values in [0, 1], row-major, written to `into` [size * size]. */
  read(index: number, into: Float32Array): void {
    const pixels = this.#pixels[index];
    if (!pixels) throw new OsteonError("not-found", `The data set has ${this.length} pictures and none at ${index}.`);
    for (let i = 0; i < pixels.length; i++) into[i] = pixels[i]! / 255;
  }
}

const quantise = ({ pixels }: GreyImage): Uint8Array => Uint8Array.from(pixels, (value) => Math.round(value * 255));

/**
 * Shifts and scales a picture to mean 0 and standard deviation 1, in place. Exposure differs from plate to plate; what a
 * network should see does not.
 */
export const standardiseInPlace = (pixels: Float32Array): void => {
  let sum = 0;
  let squares = 0;
  for (const value of pixels) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / pixels.length;
  const deviation = Math.sqrt(Math.max(squares / pixels.length - mean * mean, 0));
  const factor = 1 / (deviation + 1e-3); // a blank picture stays blank
  for (let i = 0; i < pixels.length; i++) pixels[i] = (pixels[i]! - mean) * factor;
};
