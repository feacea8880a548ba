/** Sharpening. */
import { choice, number, range } from "./fields.ts";
import { filter, type Tap } from "./filter.ts";
import { gaussian } from "./gaussian.ts";
import { clip, withPixels } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** The picture's share of `1 - alpha`, and of `alpha` a kernel of 8 + lightness in the middle and -1 around it. */
const sharpeningTaps = (alpha: number, lightness: number): readonly Tap[] =>
  [-1, 0, 1].flatMap((y) =>
    [-1, 0, 1].map((x) => ({ x, y, weight: x === 0 && y === 0 ? 1 - alpha + alpha * (8 + lightness) : -alpha })),
  );

/** Mixes the picture with a sharpened one, by a kernel of 3 x 3 or by what a Gaussian blur takes away. */
export const sharpen = defineTransform({
  name: "Sharpen",
  p: 0.5,
  fields: {
    /** Share of the sharpened picture. */
    alpha: range([0.2, 0.5], { from: 0, to: 1 }),
    /** Under `kernel`: the sharpened picture's brightness, 1 that of the picture. */
    lightness: range([0.5, 1], { from: 0 }),
    /** How the sharpened picture is made. */
    method: choice("kernel", ["kernel", "gaussian"]),
    /** Under `gaussian`: length of the kernel in pixels, an even one counting as the next odd one. */
    kernelSize: number(5, { from: 3, to: 255, whole: true }),
    /** Under `gaussian`: standard deviation in pixels. */
    sigma: number(1, { above: 0, to: 64 }),
  },
  apply: (sample, { alpha, lightness, method, kernelSize, sigma }, random) => {
    const { image } = sample;
    const share = random.uniform(...alpha);
    if (method === "kernel")
      return withPixels(sample, filter(image, sharpeningTaps(share, random.uniform(...lightness))));
    const target = gaussian(image, { sigma, radius: kernelSize >> 1, borderMode: "reflect_101" });
    for (let i = 0; i < target.length; i++) {
      const value = image.pixels[i]!;
      target[i] = clip(value + share * (value - target[i]!));
    }
    return withPixels(sample, target);
  },
});
