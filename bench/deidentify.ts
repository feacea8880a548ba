/**
 * De-identifies files in which identifiers were planted - in every attribute of table E.1-1, in nested sequences, private groups, file
 * names, and as text in the pixels - and looks for them in the output, byte by byte; then the phantom centre with what its truth says was
 * planted; then the real files of ../shared/data/dicom, whose errors by dciodvfy are counted before and after.
 *
 * `npm run bench -- deidentify [FILES] [PATIENTS]`: FILES planted (default 40, several lines of text each), PATIENTS of the phantom centre
 * (default 20).
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { drawBackgrounds } from "../scripts/burned-in-text/backgrounds.ts";
import { installedFonts } from "../scripts/burned-in-text/fonts.ts";
import type { Planted as PlantedText } from "../scripts/burned-in-text/plant-text.ts";
import { fillPicture } from "../scripts/burned-in-text/synthetic-picture.ts";
import { decodeFirstFrame } from "../src/dicom/decode-frame.ts";
import type { ConfidentialityRow } from "../src/dicom/deidentify/confidentiality-table.ts";
import type { ProfileOption } from "../src/dicom/deidentify/profile-options.ts";
import type { ElementTree, TreeElement } from "../src/dicom/element-tree.ts";
import { readPart10 } from "../src/dicom/read-part10.ts";
import { TAGS } from "../src/dicom/tags.ts";
import { wilsonInterval } from "../src/evidence/wilson-interval.ts";
import type { Random } from "../src/numeric/random.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { ByteSearch } from "../src/systems/cohort/deidentify/byte-search.ts";
import { deidentifyFolder, verifyFolder } from "../src/systems/cohort/deidentify/index.ts";
import { type Planted, plantFile, survivors } from "../test/support/planted-file.ts";
import { type Bench, type Figure, median } from "./figure.ts";

const computedRadiography = "1.2.840.10008.5.1.4.1.1.1";
const latestDate = "20991231";

/** Fonts that the detector was not trained on (bench/burned-in-text.ts). */
const fonts = ["Liberation Sans", "Liberation Mono", "Liberation Serif", "FreeSans", "Terminus"].map((font) => ({
  font,
}));

const surnames = "Müller Schneider Wójcik Nguyen O'Connor Petrov Öztürk Smith-Jones Weiß Kowalczyk".split(" ");
const forenames = "Anna Björn Chloé Dmitri Erika Fatima Günther Hiroshi Ingrid José".split(" ");

const drawLine = (random: Random): string => {
  const day = `${10 + random.integer(19)}.0${1 + random.integer(9)}.${1930 + random.integer(95)}`;
  const number = String(100000 + random.integer(899999));
  const name = `${random.pick(surnames)}, ${random.pick(forenames)}`;
  return random.pick([name, day, `${name} ${day}`, `Pat.-Nr. ${number}`, number, `geb. ${day}`, "Klinikum Süd"]);
};

const text = (tag: number, vr: string, value: string): TreeElement => ({
  tag,
  vr,
  content: { kind: "value", bytes: new TextEncoder().encode(value) },
});
const number = (tag: number, value: number): TreeElement => ({
  tag,
  vr: "US",
  content: { kind: "value", bytes: Uint8Array.of(value & 0xff, value >> 8) },
});

/** The image pixel module of a canvas in twelve bits. */
const pixelElements = (
  canvas: { width: number; height: number; pixels: Float32Array },
  isInverted: boolean,
): ElementTree => {
  const stored = Uint16Array.from(canvas.pixels, (value) => Math.round(4095 * (isInverted ? 1 - value : value)));
  return [
    text(0x00080008, "CS", "ORIGINAL\\PRIMARY"),
    text(0x00080016, "UI", computedRadiography),
    text(0x00080060, "CS", "CR"),
    number(0x00280002, 1),
    text(0x00280004, "CS", isInverted ? "MONOCHROME1" : "MONOCHROME2"),
    number(0x00280010, canvas.height),
    number(0x00280011, canvas.width),
    number(0x00280100, 16),
    number(0x00280101, 12),
    number(0x00280102, 11),
    number(0x00280103, 0),
    { tag: TAGS.PixelData, vr: "OW", content: { kind: "value", bytes: new Uint8Array(stored.buffer) } },
  ];
};

/** One channel of the first frame of an output file, and the value that masks have in it. */
const readStored = async (path: string): Promise<{ values: ArrayLike<number>; width: number; fill: number }> => {
  const { dataSet, transferSyntax } = readPart10(new Uint8Array(await readFile(path)));
  const { samples, pixels } = await decodeFirstFrame(dataSet, transferSyntax);
  const isInverted = pixels.PhotometricInterpretation === "MONOCHROME1";
  const { channels, width } = samples;
  const values = samples.values.filter((_, i) => i % channels === 0);
  let fill: number = values[0]!;
  for (const value of values) if (isInverted ? value > fill : value < fill) fill = value;
  return { values, width, fill };
};

/**
 * Whether 95 % of the ink carry the value of a mask. Dark ink may have that value itself, so that the pixels beside it count too.
 */
const isHidden = (
  { values, width, fill }: { values: ArrayLike<number>; width: number; fill: number },
  ink: Iterable<number>,
  isDark = false,
): boolean => {
  const steps = isDark ? [0, 1, -1, width, -width] : [0];
  const looked = new Set<number>();
  for (const i of ink) for (const step of steps) looked.add(i + step);
  let covered = 0;
  for (const i of looked) if (values[i] === fill) covered++;
  return covered >= 0.95 * looked.size;
};

const boxPixels = function* ([x, y, width, height]: readonly number[], stride: number): Generator<number> {
  for (let row = y!; row < y! + height!; row++)
    for (let column = x!; column < x! + width!; column++) yield row * stride + column;
};

/** The bytes of a file without its native pixels, in which a chance match says nothing. */
const withoutPixels = async (path: string): Promise<Uint8Array> => {
  const bytes = new Uint8Array(await readFile(path));
  const element = readPart10(bytes).dataSet.elements.get(TAGS.PixelData);
  if (!element) return bytes;
  return new Uint8Array(
    Buffer.concat([bytes.subarray(0, element.offset), bytes.subarray(element.offset + element.length)]),
  );
};

/** The same without the digits of keyed UIDs, for texts in any encoding. */
const lookedThrough = async (path: string): Promise<Uint8Array> => {
  const text = Buffer.from(await withoutPixels(path)).toString("latin1");
  return new Uint8Array(Buffer.from(text.replace(/2\.25\.\d{20,39}/g, ""), "latin1"));
};

const filesBelow = async (folder: string): Promise<string[]> => {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name));
  }
  return found.sort();
};

const share = (name: string, successes: number, trials: number, wanted?: string): Figure => {
  const [low, high] = wilsonInterval(successes, trials);
  const unit = `${successes}/${trials}, 95 % CI ${low.toFixed(3)} to ${high.toFixed(3)}`;
  return { name, value: trials === 0 ? 1 : successes / trials, unit, ...(wanted ? { wanted } : {}) };
};

const counted = (name: string, value: number, unit: string, wanted?: string): Figure => ({
  ...{ name, value, unit },
  ...(wanted ? { wanted } : {}),
});

/** Sources and what they became, from the table of linkage. */
const readLinkage = async (path: string): Promise<Map<string, string>> => {
  const rows = parse(await readFile(path), { columns: true }) as readonly { source: string; file: string }[];
  return new Map(rows.map(({ source, file }) => [source, file]));
};

const hasDciodvfy = spawnSync("dciodvfy", []).error === undefined;

/** Errors in a file; undefined where dciodvfy finds no class in it and checks nothing. */
const errorsOf = (path: string): number | undefined => {
  const { stderr, stdout } = spawnSync("dciodvfy", [path], { encoding: "latin1", maxBuffer: 2 ** 26 });
  const errors = `${stderr}${stdout}`.split("\n").filter((line) => line.startsWith("Error"));
  return errors.some((line) => line.includes("Information Object Not found")) ? undefined : errors.length;
};

/** Errors over all pairs of files, and the pairs that became worse. */
const compareErrors = (pairs: Iterable<readonly [source: string, output: string]>, say: (line: string) => void) => {
  const sums = { files: 0, before: 0, after: 0, worse: 0 };
  let unchecked = 0;
  for (const [source, output] of pairs) {
    const before = errorsOf(source);
    if (before === undefined) {
      unchecked++;
      continue;
    }
    const after = errorsOf(output) ?? Number.POSITIVE_INFINITY;
    sums.files++;
    sums.before += before;
    sums.after += after;
    if (after > before) {
      sums.worse++;
      say(`dciodvfy: ${basename(source)} had ${before} errors and has ${after}.`);
    }
  }
  if (unchecked > 0) say(`dciodvfy does not know what ${unchecked} of the sources are; they are left out.`);
  return sums;
};

const errorFigures = (name: string, { files, before, after, worse }: ReturnType<typeof compareErrors>): Figure[] => [
  counted(`dciodvfy errors before, ${name}`, before, `in ${files} files`),
  counted(`dciodvfy errors after, ${name}`, after, `in ${files} files`),
  counted(`files with more errors than before, ${name}`, worse, `of ${files}`, "0"),
];

/** Option sets that are used in turn, and what each of them keeps on purpose. */
const optionSets: readonly (readonly ProfileOption[])[] = [
  [],
  ["clean-descriptors"],
  ["clean-descriptors", "retain-longitudinal"],
];

const isKept =
  (options: readonly ProfileOption[]) =>
  (row: ConfidentialityRow): boolean =>
    options.includes("retain-longitudinal") && row.options.M !== undefined && row.vr === "TM";

/** Part 1: planted files. */
const benchPlanted = async (folder: string, files: number, say: (line: string) => void): Promise<Figure[]> => {
  const usable = installedFonts(fonts);
  if (usable.length === 0) say("No fonts: install fonts-liberation for text in the pixels.");
  const figures: Figure[] = [];
  let plantedCount = 0;
  let left = 0;
  let hidden = 0;
  let lines = 0;
  let safe = 0;
  let plantedLines = 0;
  const times: number[] = [];
  const backgrounds = drawBackgrounds({ count: files, seed: 7001, longestSide: 1800 });
  const perSet = Math.ceil(files / optionSets.length);
  for (const [set, options] of optionSets.entries()) {
    const [source, clean, judged] = [`source-${set}`, `clean-${set}`, `judged-${set}`].map((name) =>
      join(folder, name),
    );
    await mkdir(source!);
    const planted = new Map<string, { attributes: readonly Planted[]; texts: readonly PlantedText[]; name: string }>();
    for (let i = 0; i < perSet; i++) {
      const next = backgrounds.next();
      if (next.done) break;
      const { canvas, random } = next.value;
      const contents = {
        fonts: usable,
        drawLine,
        texts: 4,
        markers: random.integer(2),
        distractors: random.integer(2),
      };
      const { texts } = usable.length > 0 ? await fillPicture(canvas, random, contents) : { texts: [] };
      const around = pixelElements(canvas, random.chance(0.4));
      const { bytes, planted: attributes } = plantFile({
        ...{ random, around, sopClassUid: computedRadiography, isLeftOut: isKept(options) },
        transferSyntaxUid: random.chance(0.3) ? "1.2.840.10008.1.2" : "1.2.840.10008.1.2.1",
      });
      const name = `${random.pick(surnames)}_${random.pick(forenames)}_${i}`;
      const path = join(source!, `${name}.dcm`);
      await writeFile(path, bytes);
      // A date that moved may be another date that was planted.
      const telling = attributes.filter(({ vr }) => vr !== "DA" || !options.includes("retain-longitudinal"));
      planted.set(path, { attributes: telling, texts, name });
    }
    const key = join(folder, "key.json");
    const linkage = join(folder, `linkage-${set}.csv`);
    const start = performance.now();
    const report = await deidentifyFolder([source!], {
      ...{ to: clean!, keyFile: key, options, linkage },
      burnedIn: "mask",
    });
    times.push((performance.now() - start) / planted.size);
    for (const { detail } of report.setAside) say(`set aside with --burned-in mask: ${detail}`);
    const outputs = await readLinkage(linkage);
    for (const [path, file] of outputs) {
      const { attributes, texts, name } = planted.get(path)!;
      const found = survivors(await withoutPixels(join(clean!, file)), attributes);
      for (const { place } of found) say(`survived: ${place}`);
      const inName = name
        .split("_")
        .slice(0, 2)
        .filter((word) => file.toLowerCase().includes(word.toLowerCase()));
      plantedCount += attributes.length + 2;
      left += found.length + inName.length;
      const stored = await readStored(join(clean!, file));
      for (const line of texts) {
        lines++;
        if (isHidden(stored, line.ink, line.isDark)) hidden++;
        else
          say(`not masked: "${line.text}" (${line.manner}, ${line.font}, ${line.capHeight.toFixed(0)} px) in ${name}`);
      }
    }
    const { findings } = await verifyFolder(clean!, { latestDate });
    for (const { file, attribute, detail } of findings) say(`verify: ${file}: ${attribute}: ${detail}`);
    figures.push(
      counted(
        `findings of verify, ${options.join(" + ") || "Basic Profile"}`,
        findings.length,
        `in ${outputs.size} files`,
        "0",
      ),
    );
    const judgedLinks = join(folder, `judged-${set}.csv`);
    await deidentifyFolder([source!], { to: judged!, keyFile: key, options, linkage: judgedLinks });
    const passed = await readLinkage(judgedLinks);
    for (const [path, { texts }] of planted) {
      plantedLines += texts.length;
      const file = passed.get(path);
      const stored = file === undefined ? undefined : await readStored(join(judged!, file));
      for (const { ink, isDark } of texts) if (!stored || isHidden(stored, ink, isDark)) safe++;
    }
  }
  return [
    counted(
      "planted identifiers that survive",
      left,
      `of ${plantedCount} in attributes, sequences, private groups, names`,
      "0",
    ),
    share("burned-in lines masked, --burned-in mask", hidden, lines, "at least 0.98"),
    share("burned-in lines masked or set aside, default", safe, plantedLines),
    ...figures,
    counted("time", median(times), "ms per file of about 2 megapixels"),
  ];
};

interface TruthOfImage {
  readonly file: string;
  readonly burnedInText?: readonly { readonly text: string; readonly box: readonly number[] }[];
}
interface TruthOfIdentifier {
  readonly file: string;
  readonly value: string;
  readonly place?: string;
  readonly words?: readonly string[];
}

const readLines = async <T>(path: string): Promise<T[]> =>
  existsSync(path)
    ? (await readFile(path, "utf8"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as T)
    : [];

/** Part 2: the phantom centre. */
const benchPhantom = async (folder: string, patients: number, say: (line: string) => void): Promise<Figure[]> => {
  const centre = join(folder, "centre");
  await writePhantomCentre(centre, { patients, seed: 4, archive: 2 * patients, asTheyCome: 0.5, identifiers: true });
  const images = await readLines<TruthOfImage>(join(centre, "truth/images.jsonl"));
  const identifiers = await readLines<TruthOfIdentifier>(join(centre, "truth/identifiers.jsonl"));
  if (identifiers.length === 0) say("The phantom centre says of no planted identifiers.");
  const clean = join(folder, "centre-clean");
  const linkage = join(folder, "centre.csv");
  const sources = ["pacs", "undiagnosed", "archive"]
    .map((name) => join(centre, name))
    .filter((path) => existsSync(path));
  const options: readonly ProfileOption[] = ["clean-descriptors", "retain-longitudinal"];
  const report = await deidentifyFolder(sources, {
    ...{ to: clean, keyFile: join(folder, "key.json"), options, linkage, burnedIn: "mask" },
  });
  const reasons = Map.groupBy(report.setAside, ({ code }) => code);
  say(
    `phantom centre, set aside: ${[...reasons].map(([code, { length }]) => `${length} ${code}`).join(", ") || "none"}`,
  );
  const outputs = await readLinkage(linkage);
  let left = 0;
  let planted = 0;
  for (const { file, value, place, words } of identifiers) {
    const output = outputs.get(join(centre, file));
    if (output === undefined) continue;
    planted++;
    const path = join(clean, output);
    if (new ByteSearch(words ?? [value]).countIn(await lookedThrough(path)) === 0) continue;
    left++;
    say(`survived in the phantom centre: ${place ?? "a planted identifier"}`);
  }
  let lines = 0;
  let hidden = 0;
  for (const { file, burnedInText = [] } of images) {
    const output = outputs.get(join(centre, file));
    if (output === undefined || burnedInText.length === 0 || !output.endsWith(".dcm")) continue;
    const stored = await readStored(join(clean, output));
    for (const { text: line, box } of burnedInText) {
      lines++;
      if (isHidden(stored, boxPixels(box, stored.width))) hidden++;
      else say(`not masked in the phantom centre: "${line}", ${box.join(" ")} in ${file}`);
    }
  }
  const { findings } = await verifyFolder(clean, { latestDate });
  for (const { file, attribute, detail } of findings) say(`verify: ${file}: ${attribute}: ${detail}`);
  return [
    counted("planted identifiers that survive, phantom centre", left, `of ${planted}`, "0"),
    share("burned-in lines masked, phantom centre", hidden, lines, "at least 0.98"),
    counted("findings of verify, phantom centre", findings.length, `in ${outputs.size} files`, "0"),
    ...(hasDciodvfy
      ? errorFigures(
          "phantom centre",
          compareErrors(
            [...outputs].map(([source, file]) => [source, join(clean, file)] as const),
            say,
          ),
        )
      : []),
  ];
};

/** Part 3: real files. */
const benchReal = async (folder: string, say: (line: string) => void): Promise<Figure[]> => {
  const real = resolve("../shared/data/dicom");
  if (!existsSync(real) || !hasDciodvfy) {
    say("../shared/data/dicom or dciodvfy is missing; the real files are left out.");
    return [];
  }
  const pairs: (readonly [string, string])[] = [];
  let setAside = 0;
  const identities = new Set<string>();
  for (const name of (await readdir(real)).sort()) {
    const source = join(real, name);
    if (!(await stat(source)).isDirectory()) continue;
    // One at a time: files that encode one object share its UID.
    for (const path of await filesBelow(source)) {
      const clean = join(folder, `real-${pairs.length + setAside}`);
      const linkage = `${clean}.csv`;
      const options: readonly ProfileOption[] = ["clean-descriptors", "retain-longitudinal"];
      await deidentifyFolder([path], {
        to: clean,
        keyFile: join(folder, "key.json"),
        options,
        linkage,
        burnedIn: "keep",
        workers: 1,
      });
      const [output] = (await readLinkage(linkage)).values();
      if (output?.endsWith(".dcm")) pairs.push([path, join(clean, output)]);
      else setAside++;
      identities.add(output?.split("/")[0] ?? "");
    }
  }
  say(`real files: ${pairs.length} written, ${setAside} set aside or no DICOM, ${identities.size} patients`);
  return errorFigures("../shared/data/dicom", compareErrors(pairs, say));
};

/** The bench. */
export const deidentify: Bench = async ({ args, say }) => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-deidentify-"));
  try {
    return [
      ...(await benchPlanted(folder, Number(args[0] ?? 40), say)),
      ...(await benchPhantom(folder, Number(args[1] ?? 20), say)),
      ...(await benchReal(folder, say)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};
