/** The collimator's blades: everything outside stays unexposed. */
import type { Random } from "../numeric/random.ts";

/** Darkens what lies outside of blades that stand at random, in a little more than half of the pictures. */
export const collimate = (
  values: Float32Array,
  size: { readonly width: number; readonly height: number },
  random: Random,
): void => {
  const { width, height } = size;
  if (random.chance(0.45)) return;
  const inset = [0, 0, 0, 0].map(() => (random.chance(0.6) ? random.uniform(0.005, 0.05) : -0.1));
  const angle = random.normal(0, 0.012);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / width - 0.5 + angle * (y / height - 0.5);
      const v = y / height - 0.5 - angle * (x / width - 0.5);
      if (u < inset[0]! - 0.5 || u > 0.5 - inset[1]! || v < inset[2]! - 0.5 || v > 0.5 - inset[3]!) {
        values[y * width + x] = 0.004;
      }
    }
  }
};
