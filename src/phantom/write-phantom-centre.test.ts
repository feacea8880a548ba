import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawRadiograph } from "./draw-radiograph.ts";
import { phantomPatients } from "./phantom-patients.ts";
import { sopInstanceUidOf } from "./radiograph-file.ts";
import { type PhantomSummary, writePhantomCentre } from "./write-phantom-centre.ts";

const options = { patients: 2, seed: 41 };
let home: string;
let summary: PhantomSummary;
const progress: [number, number][] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "phantom-"));
  summary = await writePhantomCentre(home, options, (done, total) => progress.push([done, total]));
}, 60_000);

afterAll(() => rm(home, { recursive: true }));

const table = async (name: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(home, name), "utf8"), { columns: true });

const filesUnder = async (folder: string, ending: string): Promise<string[]> =>
  (await readdir(join(home, folder), { recursive: true })).filter((name) => name.endsWith(ending)).sort();

test("the labels name every DICOM file of the archive once", async () => {
  const files = (await filesUnder("pacs", ".dcm")).map((name) => name.split("/").at(-1));
  const labels = await table("labels.csv");
  expect(labels.map(({ image }) => image).sort()).toEqual(files.sort());
  expect(labels).toHaveLength(summary.radiographs);
  expect(Object.keys(labels[0]!)).toEqual([
    "image",
    "patient",
    "label",
    "entity",
    "region",
    "origin",
    "age",
    "sex",
    "site",
    "position",
    "box_x",
    "box_y",
    "box_width",
    "box_height",
  ]);
  expect(labels.some((row) => Number(row.box_width) > 0 && Number(row.box_height) > 0)).toBe(true);
});

test("the HIS table has one row for each patient and none for the undiagnosed", async () => {
  const rows = await table("his/patients.csv");
  expect(rows.map(({ patient }) => patient)).toEqual(phantomPatients(options).map(({ id }) => id));
  const truth = await table("undiagnosed/truth.csv");
  expect(new Set(truth.map(({ patient }) => patient)).size).toBe(summary.undiagnosed);
  expect((await filesUnder("undiagnosed", ".dcm")).length).toBe(truth.length);
});

test("each mask has the name of its image and the pixels of its tumour", async () => {
  const [patient] = phantomPatients(options);
  const uid = sopInstanceUidOf({ seed: options.seed, patient: patient!, examinationIndex: 0 });
  const picture = sharp(join(home, "masks", `${uid}.png`));
  expect((await picture.metadata()).channels).toBe(1);
  const { data, info } = await picture.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const drawn = drawRadiograph(patient!, 0);
  expect([info.width, info.height, info.channels]).toEqual([drawn.width, drawn.height, 1]);
  expect(data.every((value, i) => value === drawn.mask[i]! * 255)).toBe(true);
  expect(await filesUnder("masks", ".png")).toHaveLength(summary.radiographs);
});

test("progress counts up to the number of radiographs", () => {
  expect(progress.at(-1)).toEqual([progress.length, progress.length]);
  expect(progress.map(([done]) => done)).toEqual(progress.map((_, i) => i + 1));
});

test("the same seed writes the same bytes on any number of threads, and nothing half-written stays", async () => {
  const again = await mkdtemp(join(tmpdir(), "phantom-"));
  try {
    expect((await writePhantomCentre(again, { ...options, threads: 1 })).hash).toBe(summary.hash);
    const other = await readdir(again, { recursive: true });
    expect(other.sort()).toEqual((await readdir(home, { recursive: true })).sort());
    expect(other.filter((name) => name.endsWith(".writing"))).toEqual([]);
  } finally {
    await rm(again, { recursive: true });
  }
}, 60_000);

test("a path that leads through a file is refused in a sentence", async () => {
  const file = join(home, "file");
  await writeFile(file, "");
  await expect(writePhantomCentre(join(file, "centre"), options)).rejects.toMatchObject({ code: "bad-input" });
  expect(existsSync(file)).toBe(true);
}, 60_000);
