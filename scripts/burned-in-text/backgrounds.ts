/** Phantom radiographs without any character, in the sizes that plates have. */

import { resize } from "../../src/imaging/resize.ts";
import { Random } from "../../src/numeric/random.ts";
import { drawRadiograph } from "../../src/phantom/draw-radiograph.ts";
import { phantomPatients } from "../../src/phantom/phantom-patients.ts";
import type { Canvas } from "./plant-text.ts";

/**
 * Draws backgrounds one after the other: phantoms as they are, or enlarged to at most `longestSide` with grain of the new size;
 * some inverted.
 */
export function* drawBackgrounds(options: {
  readonly count: number;
  readonly seed: number;
  readonly longestSide: number;
}): Generator<{ readonly canvas: Canvas; readonly random: Random }> {
  const { count, seed, longestSide } = options;
  const patients = phantomPatients({ patients: count, seed });
  for (const [i, patient] of patients.entries()) {
    const random = new Random(seed, "background", i);
    const { side: _, ...unmarked } = patient; // without a side there is no side letter
    const { stored, width, height, bitsStored, photometric } = drawRadiograph(unmarked, 0);
    const top = 2 ** bitsStored - 1;
    const isInverted = (photometric === "MONOCHROME1") !== random.chance(0.08);
    const pixels = Float32Array.from(stored, (value) => (isInverted ? 1 - value / top : value / top));
    const natural = Math.max(width, height);
    const side = random.chance(0.4) ? natural : natural * (longestSide / natural) ** random.next();
    const factor = side / natural;
    const image = resize({ width, height, pixels }, Math.round(width * factor), Math.round(height * factor));
    const canvas = { width: image.width, height: image.height, pixels: image.pixels.slice() };
    if (factor > 1.2) {
      const grain = random.uniform(0.002, 0.025);
      for (let p = 0; p < canvas.pixels.length; p++) {
        const value = canvas.pixels[p]! + (canvas.pixels[p]! > 0.02 ? random.normal(0, grain) : 0);
        canvas.pixels[p] = Math.min(1, Math.max(0, value));
      }
    }
    yield { canvas, random };
  }
}
