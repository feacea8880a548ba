/** `osteon import radiographs` as its user runs it: real processes, real files, real kills. */

import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, osteon, type RunningCommand, startOsteon } from "../../scripts/osteon-process.ts";
import { encodeGreyPng } from "../../src/imaging/grey-png.ts";
import { Random } from "../../src/numeric/random.ts";
import { countHome, listImages, openHome, type StoredImage } from "../../src/store/index.ts";

interface ImportAnswer {
  readonly imported: number;
  readonly duplicates: number;
  readonly quarantined: readonly { readonly file: string; readonly reason: string }[];
  readonly unmatchedLabels: number;
  readonly labelProblems: readonly { readonly line: number; readonly detail: string }[];
  readonly ms: number;
}

/** So many that an import of all of them lasts some seconds. */
const count = 100;
let folder: string;
let pictures: string;

/** A picture of its own for each number: smooth, so that it compresses. */
const picture = (number: number): Promise<Uint8Array> => {
  const random = new Random(number, "picture");
  const [a, b, c] = [random.uniform(0.02, 0.1), random.uniform(0.02, 0.1), random.uniform(0, 6)];
  const [width, height] = [90 + (number % 7), 120];
  const pixels = Float32Array.from(
    { length: width * height },
    (_, i) => 0.5 + 0.5 * Math.sin(a * (i % width) + b * Math.floor(i / width) + c),
  );
  return encodeGreyPng({ width, height, pixels });
};

const importJson = async (home: string, ...args: string[]): Promise<ImportAnswer> =>
  jsonLines<ImportAnswer>(await osteon(["import", "radiographs", ...args, "--home", home, "--json"]))[0]!;

const imagesOf = async (home: string): Promise<StoredImage[]> => {
  const opened = await openHome(home, { command: "test", since: "" });
  try {
    return await listImages(opened.database);
  } finally {
    await opened.close();
  }
};

/** How many originals a home holds at this moment, while another process writes them. */
const countOriginals = async (home: string): Promise<number> => {
  const names = await readdir(join(home, "files"), { recursive: true }).catch(() => []);
  return names.filter((name) => /^..\/[0-9a-f]{64}$/.test(name)).length;
};

const importAll = (home: string): RunningCommand =>
  startOsteon(["import", "radiographs", pictures, "--home", home, "--json", "--quiet"]);

/** Waits for an import to have stored this many originals. */
const untilOriginals = (home: string, least: number): Promise<void> =>
  expect.poll(() => countOriginals(home), { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(least);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-import-"));
  pictures = join(folder, "pictures");
  await mkdir(pictures);
  for (let i = 0; i < count; i++)
    await writeFile(join(pictures, `picture-${String(i).padStart(3, "0")}.png`), await picture(i));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("good files come in, repeated ones are told apart by content, broken ones are set aside with a reason", async () => {
  const mixed = join(folder, "mixed");
  await mkdir(mixed);
  const first = await picture(1000);
  await writeFile(join(mixed, "a.png"), first);
  await writeFile(join(mixed, "same-bytes.png"), first);
  await writeFile(join(mixed, "b.png"), await picture(1001));
  await writeFile(join(mixed, "cut.png"), first.subarray(0, first.length / 2));
  await writeFile(join(mixed, "empty.dcm"), "");
  await writeFile(join(mixed, "notes.txt"), "no picture");
  await writeFile(join(mixed, "labels.csv"), "image;patient;entity;age\na.png;P1;Osteosarcoma;12,5\nb.png;P1;;400\n");
  const fixtures = ["jpeg-baseline.dcm", "explicit-little.dcm"];
  for (const name of fixtures) {
    await copyFile(join(import.meta.dirname, "..", "fixtures", "dicom", name), join(mixed, name));
  }
  const home = join(folder, "home-mixed");
  const labels = join(mixed, "labels.csv");
  const answer = await importJson(home, mixed, "--labels", labels, "--origin", "external");
  expect(answer).toMatchObject({ imported: 2 + fixtures.length, duplicates: 1, unmatchedLabels: 0 });
  expect(answer.labelProblems).toMatchObject([{ code: "bad-age", line: 3 }]);
  expect(answer.quarantined.map(({ file }) => file.split("/").at(-1))).toEqual(["cut.png", "empty.dcm", "notes.txt"]);
  for (const { reason } of answer.quarantined) expect(reason).toMatch(/^[A-Z].*\.$/);
  expect(typeof answer.ms).toBe("number");

  const images = new Map((await imagesOf(home)).map((image) => [image.fileName, image]));
  expect(images.get("a.png")).toMatchObject({
    patient: "P1",
    entity: "Osteosarcoma",
    ageYears: 12.5,
    origin: "external",
    format: "png",
  });
  expect(images.get("b.png")).toMatchObject({ patient: "P1", entity: null, ageYears: null });
  for (const name of fixtures) expect(images.get(name)).toMatchObject({ format: "dicom", patient: "FIXTURE" });

  // The repaired file comes in; everything else is known. New labels reach what is already there.
  await writeFile(join(mixed, "cut.png"), await picture(1002));
  await writeFile(labels, "image,patient,entity\na.png,P1,Enchondroma\n");
  const again = await importJson(home, mixed, "--labels", labels);
  expect(again).toMatchObject({ imported: 1, duplicates: 3 + fixtures.length });
  expect((await imagesOf(home)).find(({ fileName }) => fileName === "a.png")?.entity).toBe("Enchondroma");
});

test("a home among the radiographs is passed over, and one that is named is refused", async () => {
  const work = join(folder, "work");
  await mkdir(work);
  await writeFile(join(work, "a.png"), await picture(2000));
  await writeFile(join(work, "labels.csv"), "image,region\na.png,Knee\nb.png,Hip\nc.png,Hip\nd.png,Hip,Left\n");
  const home = join(work, "osteon-home");
  const labels = ["--labels", join(work, "labels.csv")];
  expect(await importJson(home, work, ...labels)).toMatchObject({ imported: 1, quarantined: [] });
  await writeFile(join(work, "b.png"), await picture(2001));
  const { code, stdout, stderr } = await startOsteon(["import", "radiographs", work, ...labels, "--home", home])
    .finished;
  expect([code, stdout]).toEqual([0, "1 radiograph imported, 1 duplicate, 0 set aside.\n"]);
  expect(stderr).toContain(`Passed over the Osteon home "${home}".`);
  expect(stderr).toContain("  line 5: The row has 3 cells under 2 columns");
  expect(stderr).toContain("1 row of the labels table names no file of this import.");
  const refused = await startOsteon(["import", "radiographs", join(home, "pictures"), "--home", home]).finished;
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("lies in an Osteon home");
});

test("killed again and again, an import loses nothing and doubles nothing", async () => {
  const home = join(folder, "home-killed");
  const first = importAll(home);
  await untilOriginals(home, 20); // one more than a batch, so that some rows are written and some are not
  first.child.kill("SIGKILL");
  await first.finished;
  const half = (await imagesOf(home)).length;
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(count);

  const random = new Random(5, "kills");
  for (let attempt = 0; attempt < 3; attempt++) {
    const { child, finished } = importAll(home);
    const timer = setTimeout(() => child.kill("SIGKILL"), 600 + random.uniform(0, 2200));
    await finished;
    clearTimeout(timer);
  }
  const answer = await importJson(home, pictures);
  expect(answer.imported + answer.duplicates).toBe(count);
  expect(answer.duplicates).toBeGreaterThanOrEqual(half);
  expect(answer.quarantined).toEqual([]);

  const images = await imagesOf(home);
  expect(images.map(({ fileName }) => fileName)).toEqual((await readdir(pictures)).sort());
  expect(new Set(images.map(({ pixelHash }) => pixelHash)).size).toBe(count);
  for (const { id, fileName } of images) {
    const [original, stored] = await Promise.all([
      readFile(join(pictures, fileName)),
      readFile(join(home, "files", id.slice(0, 2), id)),
    ]);
    expect(stored.equals(original)).toBe(true);
  }
  const leftovers = (await readdir(home, { recursive: true })).filter((name) => name.includes(".writing-"));
  expect(leftovers).toEqual([]);
});

test("a second process is told who holds the home, and the first goes on unharmed", async () => {
  const home = join(folder, "home-shared");
  const first = importAll(home);
  await untilOriginals(home, 1);
  first.child.kill("SIGSTOP"); // it holds the home for as long as the second one takes to start
  const second = await startOsteon(["runs", "--home", home]).finished;
  first.child.kill("SIGCONT");
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`The home is held by process ${first.child.pid}`);
  const { code, stdout } = await first.finished;
  expect([code, jsonLines<ImportAnswer>({ stdout })[0]!.imported]).toEqual([0, count]);
});

test("an interrupted import ends with 130 and is gone on with", async () => {
  const home = join(folder, "home-interrupted");
  const running = importAll(home);
  await untilOriginals(home, 1);
  running.child.kill("SIGINT");
  const { code, stderr } = await running.finished;
  expect(code).toBe(130);
  const [, done] = /was interrupted after (\d+) of (\d+) files/.exec(stderr) ?? [];
  const answer = await importJson(home, pictures);
  expect(answer.duplicates).toBe(Number(done));
  expect(answer.imported).toBe(count - Number(done));
  const opened = await openHome(home, { command: "test", since: "" });
  expect(await countHome(opened.database)).toMatchObject({ images: count, quarantined: 0 });
  await opened.close();
});

test.each([
  [["import", "radiographs", "/nowhere/at/all"], 2, 'There is no file or folder at "/nowhere/at/all".'],
  [["import", "radiographs"], 2, "missing required argument"],
  [["import", "radiographs", ".", "--origin", "elsewhere"], 2, "Allowed choices are internal, external"],
  [["link", "package.json", "--home", "/nowhere/home"], 2, "There is no home"],
  [["link", "package.json", "-k", "none"], 2, '"none" is no whole number from 1 up.'],
  [["fly"], 2, "unknown command"],
  [["import", "radiographs", "package.json", "--labels", "/nowhere.csv"], 2, "cannot be read"],
  [["import", "radiographs", "package.json", "--labels", ".gitignore"], 2, 'needs a column "image"'],
] as const)("%j ends with %i and a sentence", async (args, expectedCode, sentence) => {
  const { code, stderr, stdout } = await startOsteon(args).finished;
  expect(code).toBe(expectedCode);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("    at "); // no stack
  expect(stdout).toBe("");
});
