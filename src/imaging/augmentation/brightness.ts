/** Changes of exposure: brightness, contrast and gamma. */
import { flag, range } from "./fields.ts";
import { clip, withPixels } from "./sample.ts";
import { defineTransform } from "./transform.ts";

const meanOf = (pixels: Float32Array): number => {
  let sum = 0;
  for (const value of pixels) sum += value;
  return sum / pixels.length;
};

/** Multiplies the grey values by 1 plus the contrast, adds the brightness, and clips. */
export const randomBrightnessContrast = defineTransform({
  name: "RandomBrightnessContrast",
  p: 0.5,
  fields: {
    /** Added, as a share of the greatest grey value or of the picture's mean. */
    brightnessLimit: range([-0.2, 0.2], { from: -1, to: 1 }),
    /** The grey values are multiplied by 1 plus this. */
    contrastLimit: range([-0.2, 0.2], { from: -1 }),
    /** Brightness as a share of the greatest grey value; else of the picture's mean. */
    brightnessByMax: flag(true),
  },
  apply: (sample, { brightnessLimit, contrastLimit, brightnessByMax }, random) => {
    const { pixels } = sample.image;
    const contrast = 1 + random.uniform(...contrastLimit);
    const brightness = random.uniform(...brightnessLimit) * (brightnessByMax ? 1 : meanOf(pixels));
    const target = new Float32Array(pixels.length);
    for (let i = 0; i < target.length; i++) target[i] = clip(pixels[i]! * contrast + brightness);
    return withPixels(sample, target);
  },
});

/** Raises the grey values to a power. */
export const randomGamma = defineTransform({
  name: "RandomGamma",
  p: 0.5,
  fields: {
    /** The power, in hundredths. */
    gammaLimit: range([80, 120], { above: 0 }),
  },
  apply: (sample, { gammaLimit }, random) => {
    const { pixels } = sample.image;
    const gamma = random.uniform(...gammaLimit) / 100;
    const target = new Float32Array(pixels.length);
    for (let i = 0; i < target.length; i++) target[i] = pixels[i]! ** gamma;
    return withPixels(sample, target);
  },
});
