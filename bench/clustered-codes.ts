/**
 * Codes as an archive's are: radiographs of the same limb and view lie around one centre, a patient's lie around that patient's own
 * code, and nobody's are at the same place. Each patient differs from the centre in a tenth of the bits, each of the patient's three
 * radiographs from the patient in 3 %; so a new patient's nearest differ from it in about a sixth of the bits.
 */

import { Random } from "../src/numeric/random.ts";
import type { BinaryCodes } from "../src/retrieval/binary-codes.ts";

/** How many centres there are. */
export const codeClusters = 1000;
/** Radiographs of a patient, which follow each other. */
export const codesPerPatient = 3;
const patientFlips = 0.1;
const imageFlips = 0.03;

/** Codes around the same centres for any `part`; those of another part are of other patients. */
export const drawClusteredCodes = (count: number, { bits, part }: { bits: number; part: string }): BinaryCodes => {
  const words = bits / 32;
  const centreRandom = new Random(1, "centres", bits);
  const centres = Uint32Array.from({ length: codeClusters * words }, () => centreRandom.uint32());
  const random = new Random(1, "codes", part);
  const values = new Uint32Array(count * words);
  for (let first = 0; first < count; first += codesPerPatient) {
    const centre = random.integer(codeClusters);
    const patient = centres.slice(centre * words, (centre + 1) * words);
    flip(patient, patientFlips, random);
    for (let i = first; i < Math.min(first + codesPerPatient, count); i++) {
      const code = values.subarray(i * words, (i + 1) * words);
      code.set(patient);
      flip(code, imageFlips, random);
    }
  }
  return { bits, count, values };
};

/** Codes without any structure: the worst that a search can meet. */
export const drawUniformCodes = (count: number, { bits, part }: { bits: number; part: string }): BinaryCodes => {
  const random = new Random(1, "uniform-codes", part);
  return { bits, count, values: Uint32Array.from({ length: (count * bits) / 32 }, () => random.uint32()) };
};

/** Flips each bit with a chance; goes from one flipped bit to the next, because few are. */
const flip = (code: Uint32Array, chance: number, random: Random): void => {
  const step = (): number => Math.floor(Math.log(1 - random.next()) / Math.log(1 - chance));
  for (let bit = step(); bit < code.length * 32; bit += 1 + step()) code[bit >>> 5]! ^= 1 << (bit & 31);
};
