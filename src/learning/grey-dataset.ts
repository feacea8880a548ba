/** Radiographs in memory for training: square, small, one byte a pixel; and how a network wants each standardised. */

import { OsteonError } from "../errors.ts";
import type { GreyImage } from "../imaging/grey-image.ts";
import { letterbox } from "../imaging/letterbox.ts";

/** The pictures of a data set as threads share them: nothing is copied when it is sent to one. */
export interface SharedPictures {
  /** Side of each picture in pixels. */
  readonly size: number;
  /** How many pictures there are; the buffer may have room for more. */
  readonly length: number;
  /** One byte a pixel, row-major, one picture behind the other. */
  readonly pixels: SharedArrayBuffer;
}

/** Pictures that a data set has room for at first. */
const firstCapacity = 16;

/** Square grey pictures of one size, by position. */
export class GreyDataset {
  /** Side of each picture in pixels. */
  readonly size: number;
  /** Room for pictures, doubled when it is full: a buffer that is given out keeps its place and its content. */
  #pixels = new Uint8Array(new SharedArrayBuffer(0));
  #length = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** The data set that another thread shared, as it was then. */
  static over({ size, length, pixels }: SharedPictures): GreyDataset {
    const dataset = new GreyDataset(size);
    dataset.#pixels = new Uint8Array(pixels);
    dataset.#length = length;
    return dataset;
  }

  get length(): number {
    return this.#length;
  }

  /** The pictures so far, for other threads to read. */
  shared(): SharedPictures {
    return { size: this.size, length: this.#length, pixels: this.#pixels.buffer };
  }

  /** Takes a radiograph in, letter-boxed to the data set's size; a long bone keeps both of its ends. */
  add(image: GreyImage): void {
    this.addBytes(greyBytes(image, this.size));
  }

  /** Takes in a radiograph that {@link greyBytes} has made small, [size * size]. */
  addBytes(bytes: Uint8Array): void {
    const area = this.size * this.size;
    if (bytes.length !== area) {
      throw new OsteonError("shape-mismatch", `A picture of this data set has ${area} pixels, not ${bytes.length}.`);
    }
    const at = this.#length * area;
    if (at + area > this.#pixels.length) {
      const larger = new Uint8Array(new SharedArrayBuffer(Math.max(2 * at, firstCapacity * area)));
      larger.set(this.#pixels);
      this.#pixels = larger;
    }
    this.#pixels.set(bytes, at);
    this.#length += 1;
  }

  /** The pictures at some positions, as a data set of their own. */
  pick(positions: Iterable<number>): GreyDataset {
    const picked = new GreyDataset(this.size);
    const area = this.size * this.size;
    for (const position of positions) picked.addBytes(this.#pixels.subarray(position * area, (position + 1) * area));
    return picked;
  }

  /** The picture at a position as values in [0, 1], row-major, written to `into` [size * size]. */
  read(index: number, into: Float32Array): void {
    if (!(Number.isInteger(index) && index >= 0 && index < this.#length)) {
      throw new OsteonError("not-found", `The data set has ${this.length} pictures and none at ${index}.`);
    }
    const area = this.size * this.size;
    for (let i = 0, from = index * area; i < area; i++, from++) into[i] = this.#pixels[from]! / 255;
  }
}

/** A radiograph letter-boxed to a square of side `size`, one byte a pixel, as a {@link GreyDataset} keeps it. */
export const greyBytes = (image: GreyImage, size: number): Uint8Array<ArrayBuffer> => {
  const { pixels } = letterbox(image, size);
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(pixels[i]! * 255);
  return bytes;
};

/**
 * Shifts and scales a picture to mean 0 and standard deviation 1, in place. Exposure differs from plate to plate; what a
 * network should see does not.
 */
export const standardiseInPlace = (pixels: Float32Array): void => {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    sum += value;
    squares += value * value;
  }
  const mean = sum / pixels.length;
  const deviation = Math.sqrt(Math.max(squares / pixels.length - mean * mean, 0));
  const factor = 1 / (deviation + 1e-3); // a blank picture stays blank
  for (let i = 0; i < pixels.length; i++) pixels[i] = (pixels[i]! - mean) * factor;
};
