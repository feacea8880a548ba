import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDicomPicture } from "../dicom/read-dicom-picture.ts";
import { archivePatientId, drawArchiveImage } from "./draw-archive-image.ts";
import type { ImageTruth } from "./image-truth.ts";
import { type PhantomSummary, writePhantomCentre } from "./write-phantom-centre.ts";

const options = { patients: 1, seed: 8, archive: 16, asTheyCome: 0.6, identifiers: true };
let home: string;
let summary: PhantomSummary;
let images: ImageTruth[];

const rows = async <T>(folder: string, name: string): Promise<T[]> =>
  (await readFile(join(folder, name), "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "phantom-"));
  summary = await writePhantomCentre(home, options);
  images = await rows<ImageTruth>(home, "truth/images.jsonl");
}, 60_000);

afterAll(() => rm(home, { recursive: true }));

test("the truth names every DICOM file once", async () => {
  const files = (await readdir(home, { recursive: true })).filter((name) => name.endsWith(".dcm")).sort();
  expect(images.map(({ file }) => file).sort()).toEqual(files);
  expect(summary.archive).toBe(16);
  expect(images.filter(({ file, duplicateOf }) => file.startsWith("archive/") && !duplicateOf)).toHaveLength(16);
});

test("files that are not damaged read as the truth says", async () => {
  for (const truth of images.filter(({ damage }) => damage === undefined)) {
    const { image, attributes } = await readDicomPicture(await readFile(join(home, truth.file)));
    expect([image.width, image.height], truth.file).toEqual([truth.width, truth.height]);
    expect(attributes.PatientID).toBe(truth.patient);
    expect(attributes.PhotometricInterpretation).toBe(truth.photometric);
    expect(attributes.SOPInstanceUID).toBe(truth.sopInstanceUid);
    expect(attributes.fieldShapes !== undefined, truth.file).toBe(truth.shutter);
    expect(truth.musculoskeletal).toBe(truth.region !== undefined);
    for (const { box } of truth.burnedInText) {
      expect(box[0] + box[2] <= truth.width + 1 && box[1] + box[3] <= truth.height + 1, truth.file).toBe(true);
    }
  }
});

test("planted identifiers are listed for every file that is named", async () => {
  const planted = await rows<{ file: string; value: string }>(home, "truth/identifiers.jsonl");
  const named = new Set(planted.map(({ file }) => file));
  const expected = images.filter(({ damage }) => damage === undefined).map(({ file }) => file);
  expect([...named].sort()).toEqual(expected.sort());
});

test("the same seed writes the same archive on one thread", async () => {
  const again = await mkdtemp(join(tmpdir(), "phantom-"));
  try {
    expect((await writePhantomCentre(again, { ...options, threads: 1 })).hash).toBe(summary.hash);
  } finally {
    await rm(again, { recursive: true });
  }
}, 60_000);

test("a centre without these options has no archive and no list of identifiers", async () => {
  const plain = await mkdtemp(join(tmpdir(), "phantom-"));
  try {
    const { archive } = await writePhantomCentre(plain, { patients: 1, seed: 8 });
    expect(archive).toBe(0);
    expect(existsSync(join(plain, "archive"))).toBe(false);
    expect(existsSync(join(plain, "truth/identifiers.jsonl"))).toBe(false);
    const clean = await rows<ImageTruth>(plain, "truth/images.jsonl");
    expect(clean.every(({ burnedInText, duplicateOf }) => burnedInText.length === 0 && !duplicateOf)).toBe(true);
  } finally {
    await rm(plain, { recursive: true });
  }
}, 60_000);

test("an archive has the published mixture", () => {
  const truths = Array.from(
    { length: 60 },
    (_, index) => drawArchiveImage({ seed: 2, index, asTheyCome: 0, identifiers: false }).truth,
  );
  const other = truths.filter(({ musculoskeletal }) => !musculoskeletal).length / truths.length;
  // 0.31 expected; three standard deviations of 60 draws
  expect(Math.abs(other - 0.309)).toBeLessThan(0.179);
  expect(new Set(truths.map(({ region }) => region)).size).toBeGreaterThan(9);
  expect(archivePatientId(0)).toBe(archivePatientId(1));
  expect(archivePatientId(2)).not.toBe(archivePatientId(1));
}, 60_000);

test("a share that is none is refused", async () => {
  await expect(writePhantomCentre(home, { patients: 1, seed: 1, asTheyCome: 2 })).rejects.toMatchObject({
    code: "bad-usage",
  });
});
