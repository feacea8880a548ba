/** Noise of a normal distribution. */
import { range } from "./fields.ts";
import { clip, withPixels } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** Adds an independent normal draw to each grey value, and clips. */
export const gaussNoise = defineTransform({
  name: "GaussNoise",
  p: 0.5,
  fields: {
    /** Standard deviation, as a share of the greatest grey value. */
    stdRange: range([0.2, 0.44], { from: 0, to: 1 }),
    /** Mean, as a share of the greatest grey value. */
    meanRange: range([0, 0], { from: -1, to: 1 }),
  },
  apply: (sample, { stdRange, meanRange }, random) => {
    const { pixels } = sample.image;
    const deviation = random.uniform(...stdRange);
    const mean = random.uniform(...meanRange);
    const target = new Float32Array(pixels.length);
    for (let i = 0; i < target.length; i++) target[i] = clip(pixels[i]! + random.normal(mean, deviation));
    return withPixels(sample, target);
  },
});
