/** A picture in 256 greys at its own size, half of it, a quarter and so on: characters of any size are small on one of them. */

import type { GreyImage } from "../grey-image.ts";

/** One picture of the pyramid. */
export interface ByteLevel {
  readonly width: number;
  readonly height: number;
  /** Row-major, 0 to 255. */
  readonly bytes: Uint8Array;
  /** Pixels of the original per pixel: 1, 2, 4, ... */
  readonly scale: number;
}

const quantise = ({ width, height, pixels }: GreyImage): ByteLevel => {
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = pixels[i]! * 255 + 0.5;
    if (value >= 255) bytes[i] = 255;
    else if (value > 0) bytes[i] = value; // what is no number stays 0
  }
  return { width, height, bytes, scale: 1 };
};

/** Means of 2 x 2 pixels; a last odd row or column is left out. */
const halve = ({ width, height, bytes, scale }: ByteLevel): ByteLevel => {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const half = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0, o = 0; y < halfHeight; y++) {
    let i = 2 * y * width;
    for (let x = 0; x < halfWidth; x++, i += 2, o++) {
      half[o] = (bytes[i]! + bytes[i + 1]! + bytes[i + width]! + bytes[i + width + 1]! + 2) >> 2;
    }
  }
  return { width: halfWidth, height: halfHeight, bytes: half, scale: scale * 2 };
};

/** The picture and its halves, as long as the shorter side keeps `leastSide` pixels and there are at most `levels`. */
export const bytePyramid = (image: GreyImage, leastSide: number, levels: number): readonly ByteLevel[] => {
  const pyramid = [quantise(image)];
  for (let level = pyramid[0]!; pyramid.length < levels; ) {
    if (Math.min(level.width, level.height) >> 1 < leastSide) break;
    level = halve(level);
    pyramid.push(level);
  }
  return pyramid;
};
