/**
 * Finds lines of text that were planted into phantom radiographs, in fonts and words that the classifiers never saw, and counts
 * false alarms on phantoms without text; on the real radiographs of ../shared/data, which have markers and writing of their own,
 * it only counts. A line is found when regions of kind `text` cover 95 % of its ink.
 *
 * `npm run bench -- burned-in-text [PICTURES] [FOLDER]`: PICTURES with text and as many without (default 200); pictures of misses
 * and false alarms go to FOLDER.
 */

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { drawBackgrounds } from "../scripts/burned-in-text/backgrounds.ts";
import { drawDistractors } from "../scripts/burned-in-text/distractors.ts";
import { type Font, installedFonts } from "../scripts/burned-in-text/fonts.ts";
import type { Canvas, Planted } from "../scripts/burned-in-text/plant-text.ts";
import { fillPicture } from "../scripts/burned-in-text/synthetic-picture.ts";
import { readDicomPicture } from "../src/dicom/read-dicom-picture.ts";
import { wilsonInterval } from "../src/evidence/wilson-interval.ts";
import { findBurnedInText } from "../src/imaging/burned-in-text/find-burned-in-text.ts";
import type { TextRegion } from "../src/imaging/burned-in-text/text-region.ts";
import { decodeGreyPicture, pictureFormat } from "../src/imaging/decode-picture.ts";
import type { GreyImage } from "../src/imaging/grey-image.ts";
import { encodeGreyPng } from "../src/imaging/grey-png.ts";
import type { Random } from "../src/numeric/random.ts";
import { type Bench, type Figure, median } from "./figure.ts";

/** None of them is among the fonts of training. */
const fonts: readonly Font[] = [
  { font: "Liberation Sans" },
  { font: "Liberation Sans", style: 'font-weight="bold"' },
  { font: "Liberation Sans", style: 'font-style="italic"' },
  { font: "Liberation Sans Narrow" },
  { font: "Liberation Serif" },
  { font: "Liberation Mono" },
  { font: "Liberation Mono", style: 'font-weight="bold"' },
  { font: "FreeSans" },
  { font: "FreeSerif", style: 'font-weight="bold"' },
  { font: "FreeMono", style: 'font-weight="bold"' },
  { font: "Terminus" },
  { font: "Humor Sans" },
  { font: "dot matrix" },
  { font: "plotter" },
  { font: "bold" },
];

const surnames =
  "Müller Schneider Wójcik Nguyen O'Connor Yılmaz Petrov Garcia Öztürk Smith-Jones Weiß Kowalczyk Haddad".split(" ");
const forenames =
  "Anna Björn Chloé Dmitri Erika Fatima Günther Hiroshi Ingrid José Katharina Łukasz Maximilian Zoë".split(" ");
const places = ["Klinikum Süd", "Universitätsklinikum", "St. Elisabeth", "General Hospital", "Radiologie", "Ward 7B"];
const words = ["Patient", "geb.", "Born", "Study", "Pat.-Nr.", "Aufnahme", "Exam", "portable", "erect", "Becken a.p."];

const drawLine = (random: Random): string => {
  const number = (digits: number): string => String(10 ** (digits - 1) + random.integer(9 * 10 ** (digits - 1)));
  const day = `${String(1 + random.integer(28)).padStart(2, "0")}.${String(1 + random.integer(12)).padStart(2, "0")}.${1930 + random.integer(95)}`;
  const text = random.pick([
    `${random.pick(surnames)}, ${random.pick(forenames)}`,
    `${random.pick(forenames)} ${random.pick(surnames)}`,
    `${random.pick(surnames)}^${random.pick(forenames)}`,
    day,
    `${random.pick(words)} ${day}`,
    `${random.pick(words)} ${number(4 + random.integer(5))}`,
    number(4 + random.integer(7)),
    random.pick(places),
    `${random.pick(surnames)} ${day} ${number(6)}`,
    random.pick(surnames),
  ]);
  return random.chance(0.3) ? text.toUpperCase() : text;
};

/** The share of the ink that lies in regions. */
const covered = (canvas: Canvas, planted: Planted, regions: readonly TextRegion[]): number => {
  let count = 0;
  for (const i of planted.ink) {
    const [x, y] = [i % canvas.width, Math.floor(i / canvas.width)];
    if (regions.some((r) => x >= r.x && y >= r.y && x < r.x + r.width && y < r.y + r.height)) count++;
  }
  return count / planted.ink.length;
};

/** Successes and trials by what is counted. */
class Tally {
  readonly #counts = new Map<string, [number, number]>();

  add(name: string, success: boolean): void {
    const counts = this.#counts.get(name) ?? [0, 0];
    this.#counts.set(name, [counts[0] + Number(success), counts[1] + 1]);
  }

  figures(wanted: (name: string) => string | undefined): Figure[] {
    return [...this.#counts].map(([name, [successes, trials]]) => {
      const [low, high] = wilsonInterval(successes, trials);
      const asked = wanted(name);
      return {
        name,
        value: successes / trials,
        unit: `${successes}/${trials}, 95 % CI ${low.toFixed(3)} to ${high.toFixed(3)}`,
        ...(asked ? { wanted: asked } : {}),
      };
    });
  }
}

/** The picture with the regions framed. */
const saveFramed = async (path: string, image: GreyImage, regions: readonly TextRegion[]): Promise<void> => {
  const { width, height } = image;
  const pixels = image.pixels.slice();
  for (const region of regions) {
    for (let x = region.x; x < region.x + region.width; x++) {
      for (const y of [region.y, region.y + region.height - 1]) pixels[y * width + x] = x & 2 ? 1 : 0;
    }
    for (let y = region.y; y < region.y + region.height; y++) {
      for (const x of [region.x, region.x + region.width - 1]) pixels[y * width + x] = y & 2 ? 1 : 0;
    }
  }
  await writeFile(path, await encodeGreyPng({ width, height, pixels }));
};

const sizeOf = ({ capHeight }: Planted): string => {
  const low = capHeight < 12 ? 8 : capHeight < 20 ? 12 : capHeight < 40 ? 20 : 40;
  return { 8: "8 to 12 px", 12: "12 to 20 px", 20: "20 to 40 px", 40: "40 px and more" }[low]!;
};

const isMarked = (regions: readonly TextRegion[], kind: "text" | "marker"): boolean =>
  regions.some((r) => r.kind === kind);

/** Real radiographs by folder. Those of one film in several encodings count once. */
const realPictures = [
  { name: "fracatlas256", path: "../shared/data/fracatlas256", picked: /\.jpg$/ },
  { name: "knee-oa224", path: "../shared/data/knee-oa224", picked: /\.png$/ },
  { name: "wg04-radiographs", path: "../shared/data/dicom/wg04-radiographs", picked: /UNC.*\.dcm$/ },
];

const readPicture = async (path: string): Promise<GreyImage> => {
  const bytes = await readFile(path);
  const format = pictureFormat(bytes);
  return format ? decodeGreyPicture(bytes, format) : (await readDicomPicture(bytes)).image;
};

/** The bench. */
export const burnedInText: Bench = async ({ args, say }) => {
  const count = Number(args[0] ?? 200);
  const folder = args[1];
  if (folder) await mkdir(folder, { recursive: true });
  const usable = installedFonts(fonts);
  const missing = fonts.filter((font) => !usable.includes(font)).map(({ font }) => font);
  if (missing.length > 0) say(`Not installed, left out: ${[...new Set(missing)].join(", ")}.`);
  if (usable.length === 0) {
    say("Install fonts-liberation or fonts-freefont-ttf.");
    return [];
  }
  const tally = new Tally();
  let picture = 0;
  for (const { canvas, random } of drawBackgrounds({ count, seed: 9201, longestSide: 2500 })) {
    const { texts, markers } = await fillPicture(canvas, random, {
      fonts: usable,
      drawLine,
      texts: 5,
      markers: random.integer(2),
      distractors: random.integer(3),
    });
    const regions = findBurnedInText(canvas);
    const found = regions.filter(({ kind }) => kind === "text");
    const missed: Planted[] = [];
    for (const text of texts) {
      const isFound = covered(canvas, text, found) >= 0.95;
      if (!isFound) missed.push(text);
      tally.add("recall of lines", isFound);
      tally.add(`recall, ${text.manner}`, isFound);
      tally.add(`recall, ${sizeOf(text)}`, isFound);
      tally.add(`recall, ${text.quarters === 0 ? "upright" : `turned by ${90 * text.quarters} degrees`}`, isFound);
      tally.add(`recall, ${text.isDark ? "dark" : "bright"} characters`, isFound);
      tally.add(`recall, ${text.font}`, isFound);
    }
    for (const marker of markers) {
      const as = (kind: "text" | "marker") =>
        regions.filter((r) => r.kind === kind && covered(canvas, marker, [r]) > 0.8);
      tally.add("side letters found as markers", as("marker").length > 0);
      tally.add("side letters taken for text", as("text").length > 0);
    }
    for (const text of missed) {
      const { manner, font, capHeight, quarters, x, y, width, height } = text;
      say(
        `picture ${picture}: ${(100 * covered(canvas, text, found)).toFixed(0)} % of "${text.text}" (${manner}, ${font}, ${capHeight.toFixed(0)} px, ${quarters} quarters) at ${x}, ${y}, ${width} x ${height}`,
      );
    }
    if (folder && missed.length > 0) await saveFramed(join(folder, `missed-${picture}.png`), canvas, regions);
    picture++;
  }
  picture = 0;
  const times: number[] = [];
  for (const { canvas, random } of drawBackgrounds({ count, seed: 9202, longestSide: 2500 })) {
    const isPlain = picture % 2 === 0;
    if (!isPlain) drawDistractors(canvas, random, 1 + random.integer(4));
    const before = process.threadCpuUsage(); // other processes do not count
    const regions = findBurnedInText(canvas);
    const megapixels = (canvas.width * canvas.height) / 1e6;
    if (megapixels >= 1.5) {
      const { user, system } = process.threadCpuUsage(before);
      times.push((user + system) / 1e3 / megapixels);
    }
    const isAlarm = isMarked(regions, "text");
    tally.add(
      isPlain ? "false alarms, phantoms without text" : "false alarms, with implants and other look-alikes",
      isAlarm,
    );
    if (folder && isAlarm) await saveFramed(join(folder, `alarm-${picture}.png`), canvas, regions);
    picture++;
  }
  for (const { name, path, picked } of realPictures) {
    const real = resolve(path);
    if (!existsSync(real)) {
      say(`${name} is missing.`);
      continue;
    }
    for (const file of (await readdir(real)).filter((entry) => picked.test(entry)).sort()) {
      const image = await readPicture(join(real, file));
      const regions = findBurnedInText(image);
      tally.add(`any text region, real ${name}`, isMarked(regions, "text"));
      tally.add(`any marker region, real ${name}`, isMarked(regions, "marker"));
      if (folder && regions.length > 0)
        await saveFramed(
          join(folder, `real-${isMarked(regions, "text") ? "text" : "marker"}-${file}.png`),
          image,
          regions,
        );
    }
  }
  const asked = (name: string): string | undefined =>
    name === "recall of lines" ? "at least 0.98" : name.startsWith("false") ? "below 0.02" : undefined;
  return [
    ...tally.figures(asked),
    ...(times.length > 0
      ? [
          {
            name: "time on plates of 1.5 megapixels and more",
            value: median(times),
            unit: `ms of the processor per megapixel, ${times.length} plates`,
            wanted: "about 12",
          },
        ]
      : []),
  ];
};
