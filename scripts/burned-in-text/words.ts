/** Lines that stand on radiographs, made up: syllables for names, numbers, dates, places. None of them is anybody's. */

import type { Random } from "../../src/numeric/random.ts";

const syllables =
  "ka to mi re lan ser bo di gu pel tra no vi sche hau mer zi bru we fel ost nie ra ko lu jan ha fri stei dor".split(
    " ",
  );
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const terms = "AP LAT PA OBL AXIAL SUPINE STANDING STEHEND LIEGEND kV mAs cm DOB ID NR M F W ACC RAD XR CR DX".split(
  " ",
);

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const two = (random: Random, from: number, count: number): string =>
  String(from + random.integer(count)).padStart(2, "0");

const name = (random: Random): string =>
  capital(Array.from({ length: 1 + random.integer(3) }, () => random.pick(syllables)).join(""));
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.integer(10)).join("");

const date = (random: Random): string => {
  const [d, m, y] = [two(random, 1, 28), two(random, 1, 12), String(1925 + random.integer(100))];
  return random.pick([`${d}.${m}.${y}`, `${y}-${m}-${d}`, `${m}/${d}/${y}`, `${y}${m}${d}`, `${d}.${m}.${y.slice(2)}`]);
};

const line = (random: Random): string =>
  random.pick([
    () => `${name(random)}, ${name(random)}`,
    () => `${name(random)}^${name(random)}`,
    () => `${name(random)} ${name(random)} ${date(random)}`,
    () => date(random),
    () => `*${date(random)}`,
    () => digits(random, 4 + random.integer(7)),
    () => `${random.pick(terms)}: ${digits(random, 3 + random.integer(6))}`,
    () => `${name(random)}${random.pick(["klinik", "spital", " Hospital", " Clinic", "haus"])}`,
    () => `${two(random, 0, 24)}:${two(random, 0, 60)}:${two(random, 0, 60)}`,
    () => `${random.pick(terms)} ${random.pick(terms)} ${digits(random, 2)}`,
    () => Array.from({ length: 3 + random.integer(9) }, () => letters[random.integer(26)]).join(""),
    () => name(random) + name(random).toLowerCase(),
  ])();

/** A line of 3 to about 30 characters, a third of them all in capitals. */
export const drawLine = (random: Random): string => {
  for (;;) {
    const text = line(random);
    if (text.replaceAll(/[^\p{L}\p{N}]/gu, "").length >= 3) return random.chance(0.35) ? text.toUpperCase() : text;
  }
};
