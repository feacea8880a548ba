/** Blur by a Gaussian. */
import type { Random } from "../../numeric/random.ts";
import { type Range, range } from "./fields.ts";
import { gaussian } from "./gaussian.ts";
import { withPixels } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** Half the kernel's length: drawn, or three and a half standard deviations where the range is [0, 0]. */
const drawRadius = (random: Random, [low, high]: Range, sigma: number): number => {
  const length = low + random.integer(high - low + 1);
  return length === 0 ? Math.trunc(3.5 * sigma) : length >> 1; // an even length counts as the next odd one
};

/** Blurs by a Gaussian of random width; the border is mirrored. */
export const gaussianBlur = defineTransform({
  name: "GaussianBlur",
  p: 0.5,
  fields: {
    /** Length of the kernel in pixels; 0: long enough for the standard deviation. */
    blurLimit: range([0, 0], { from: 0, to: 255, whole: true }),
    /** Standard deviation in pixels. */
    sigmaLimit: range([0.5, 3], { from: 0, to: 64 }),
  },
  apply: (sample, { blurLimit, sigmaLimit }, random) => {
    const sigma = random.uniform(...sigmaLimit);
    const radius = drawRadius(random, blurLimit, sigma);
    return withPixels(sample, gaussian(sample.image, { sigma, radius, borderMode: "reflect_101" }));
  },
});
