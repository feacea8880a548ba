/** Phantom radiographs without any character, in the sizes that plates have. */

import type { GreyImage } from "../../src/imaging/grey-image.ts";
import { resize } from "../../src/imaging/resize.ts";
import { Random } from "../../src/numeric/random.ts";
import { drawRadiograph } from "../../src/phantom/draw-radiograph.ts";
import { drawRegionRadiograph } from "../../src/phantom/draw-region-radiograph.ts";
import type { PhantomPatient } from "../../src/phantom/patient.ts";
import { phantomPatients } from "../../src/phantom/phantom-patients.ts";
import { regions } from "../../src/phantom/regions/regions.ts";
import type { Canvas } from "./plant-text.ts";

/** A tumour patient's radiograph; without a side there is no side letter. */
const tumourBackground = ({ side: _, ...unmarked }: PhantomPatient): GreyImage => {
  const { stored, width, height, bitsStored, photometric } = drawRadiograph(unmarked, 0);
  const top = 2 ** bitsStored - 1;
  const isInverted = photometric === "MONOCHROME1";
  return { width, height, pixels: Float32Array.from(stored, (value) => (isInverted ? 1 - value / top : value / top)) };
};

/** The one grey of phantom/marker.ts. */
const markerGrey = Math.fround(0.97);

/** Any region of the body; the side letter painted over along its rows. */
const regionBackground = (patient: PhantomPatient, random: Random): GreyImage => {
  const { picture } = drawRegionRadiograph({
    region: random.pick(regions).region,
    seed: random.uint32(),
    ageYears: patient.ageYears,
    sex: patient.sex,
    origin: patient.origin,
  });
  const { width, height, values } = picture;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== markerGrey) continue;
    let end = i + 1;
    while (end % width !== 0 && values[end] === markerGrey) end++;
    const [before, after] = [values[i - 1] ?? 0, values[end] ?? 0];
    for (let k = i; k < end; k++) {
      values[k] = before + ((after - before) * (k - i + 1)) / (end - i + 1) + random.normal(0, 0.01);
    }
  }
  return { width, height, pixels: values.map((value) => Math.min(1, Math.max(0, value))) };
};

/**
 * Draws backgrounds one after the other, half of tumour patients and half of any region: as they are, or enlarged to at most
 * `longestSide` with grain of the new size; some inverted.
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
    const { width, height, pixels } = random.chance(0.5)
      ? tumourBackground(patient)
      : regionBackground(patient, random);
    if (random.chance(0.08)) for (let p = 0; p < pixels.length; p++) pixels[p] = 1 - pixels[p]!;
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
