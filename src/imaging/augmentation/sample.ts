/** What augmentation works on: a picture and, where there is one, the mask that belongs to it. */
import { OsteonError } from "../../errors.ts";
import type { GreyImage } from "../grey-image.ts";

/** A picture and its mask. Never changed; what comes out of a transform may share arrays with what went in. */
export interface Sample {
  /** Grey values in [0, 1]. */
  readonly image: GreyImage;
  /** Class numbers, 0 the background; row-major, `height * width` of them. */
  readonly mask?: Uint8Array;
}

/** A sample of a picture and a mask, or of a picture alone. */
export const sampleOf = (image: GreyImage, mask: Uint8Array | undefined): Sample =>
  mask ? { image, mask } : { image };

/** The sample with other grey values and the same mask. */
export const withPixels = ({ image, mask }: Sample, pixels: Float32Array): Sample =>
  sampleOf({ width: image.width, height: image.height, pixels }, mask);

/** The grey value in [0, 1] nearest to `value`. */
export const clip = (value: number): number => (value < 0 ? 0 : Math.min(value, 1));

/**
 * Refuses what is no sample.
 *
 * @throws OsteonError `bad-usage` where the picture is below 1 x 1, an array has another length, or a value lies outside [0, 1]
 */
export const checkSample = ({ image: { width, height, pixels }, mask }: Sample): void => {
  const size = { width, height, pixels: pixels.length, mask: mask?.length };
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new OsteonError("bad-usage", `A picture of ${width} x ${height} pixels cannot be augmented.`, size);
  }
  if (pixels.length !== width * height) {
    const sentence = `A picture of ${width} x ${height} pixels needs ${width * height} values, but has ${pixels.length}.`;
    throw new OsteonError("bad-usage", sentence, size);
  }
  if (mask && mask.length !== width * height) {
    const sentence = `A mask must be as large as its picture: ${width * height} pixels, not ${mask.length}.`;
    throw new OsteonError("bad-usage", sentence, size);
  }
  for (const value of pixels) {
    if (value >= 0 && value <= 1) continue;
    const sentence = `Augmentation takes grey values from 0 to 1, but one is ${value}: standardise the picture afterwards.`;
    throw new OsteonError("bad-usage", sentence, { value });
  }
};
