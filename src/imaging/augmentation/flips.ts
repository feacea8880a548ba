/** Mirror images. */
import { type Sample, sampleOf } from "./sample.ts";
import { defineTransform } from "./transform.ts";

type Pixels = Float32Array | Uint8Array;

const mirrorRows = <T extends Pixels>(pixels: T, width: number): T => {
  const target = pixels.slice() as T;
  for (let from = 0; from < target.length; from += width) target.subarray(from, from + width).reverse();
  return target;
};

const swapRows = <T extends Pixels>(pixels: T, width: number): T => {
  const target = pixels.slice() as T;
  const last = pixels.length - width;
  for (let from = 0; from <= last; from += width) target.set(pixels.subarray(from, from + width), last - from);
  return target;
};

const flip = ({ image, mask }: Sample, turn: <T extends Pixels>(pixels: T, width: number) => T): Sample =>
  sampleOf({ ...image, pixels: turn(image.pixels, image.width) }, mask && turn(mask, image.width));

/** Left and right change places. */
export const horizontalFlip = defineTransform({
  name: "HorizontalFlip",
  p: 0.5,
  fields: {},
  apply: (sample) => flip(sample, mirrorRows),
});

/** Top and bottom change places. */
export const verticalFlip = defineTransform({
  name: "VerticalFlip",
  p: 0.5,
  fields: {},
  apply: (sample) => flip(sample, swapRows),
});
