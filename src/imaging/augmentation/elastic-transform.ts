/** Smooth random displacement of every pixel. */
import type { Random } from "../../numeric/random.ts";
import { borderFields } from "./border.ts";
import { choice, flag, number } from "./fields.ts";
import { gaussian } from "./gaussian.ts";
import { emptyMap, remap } from "./remap.ts";
import { defineTransform } from "./transform.ts";

interface FieldOptions {
  readonly width: number;
  readonly height: number;
  readonly alpha: number;
  readonly sigma: number;
  readonly noiseDistribution: "gaussian" | "uniform";
}

/** Noise from -1 to 1, blurred and multiplied by `alpha`: displacements in pixels along one axis. */
const drawDisplacement = (random: Random, options: FieldOptions): Float32Array => {
  const { width, height, alpha, sigma, noiseDistribution } = options;
  const noise = new Float32Array(width * height);
  let largest = 1;
  if (noiseDistribution === "uniform") for (let i = 0; i < noise.length; i++) noise[i] = random.uniform(-1, 1);
  else {
    largest = 0;
    for (let i = 0; i < noise.length; i++) {
      noise[i] = random.normal();
      largest = Math.max(largest, Math.abs(noise[i]!));
    }
  }
  // OpenCV's kernel for numbers of 32 bits ends at four standard deviations
  const field = gaussian(
    { pixels: noise, width, height },
    { sigma, radius: Math.round(4 * sigma), borderMode: "replicate" },
  );
  const factor = largest > 0 ? alpha / largest : 0;
  for (let i = 0; i < field.length; i++) field[i]! *= factor;
  return field;
};

/** Elastic deformation (Simard, Steinkraus and Platt 2003). */
export const elasticTransform = defineTransform({
  name: "ElasticTransform",
  p: 0.5,
  fields: {
    /** Factor of the blurred noise: strength of the displacement. */
    alpha: number(1, { from: 0 }),
    /** Standard deviation of the blur in pixels: smoothness. The time it takes grows with it. */
    sigma: number(50, { from: 1, to: 128 }),
    /** The same displacement along both axes. */
    sameDxdy: flag(false),
    /** What the noise is drawn from; normal draws are divided by the largest. */
    noiseDistribution: choice("gaussian", ["gaussian", "uniform"]),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const options: FieldOptions = { width, height, ...values };
    const across = drawDisplacement(random, options);
    const down = values.sameDxdy ? across : drawDisplacement(random, options);
    const map = emptyMap(width, height);
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        map.x[i] = column + across[i]!;
        map.y[i] = row + down[i]!;
      }
    }
    return remap(sample, map, values);
  },
});
