import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDicomPicture } from "../dicom/read-dicom-picture.ts";
import { readPart10 } from "../dicom/read-part10.ts";
import { TAGS } from "../dicom/tags.ts";
import { drawRadiograph } from "./draw-radiograph.ts";
import { phantomPatients } from "./phantom-patients.ts";
import { radiographFile } from "./radiograph-file.ts";

const seed = 41;
const [patient] = phantomPatients({ patients: 1, seed });
const radiograph = drawRadiograph(patient!, 0);
const bytes = radiographFile({ seed, patient: patient!, examinationIndex: 0, radiograph });

const can = (command: string, ...words: readonly string[]): boolean => spawnSync(command, words).status === 0;
const python = "/usr/bin/python3";
let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "phantom-"));
  path = join(folder, "image.dcm");
  writeFileSync(path, bytes);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the file's pixels are the drawn ones, value by value", () => {
  const pixels = readPart10(bytes).dataSet.value(TAGS.PixelData)!;
  expect(pixels.length).toBe(2 * radiograph.stored.length);
  expect(radiograph.stored.every((value, i) => value === pixels[2 * i]! + 256 * pixels[2 * i + 1]!)).toBe(true);
});

test("the file reads as a radiograph of its patient", async () => {
  const { image, attributes } = await readDicomPicture(bytes);
  expect([image.width, image.height]).toEqual([radiograph.width, radiograph.height]);
  expect(attributes).toMatchObject({
    PatientID: "P0001",
    PatientSex: patient!.sex,
    Modality: "CR",
    PhotometricInterpretation: radiograph.photometric,
    BitsStored: radiograph.bitsStored,
    StudyDate: patient!.examinations[0]!.date.replaceAll("-", ""),
  });
});

test("bone is bright whatever the photometric interpretation", async () => {
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const wanted = new Set<string>(["MONOCHROME1", "MONOCHROME2"]);
  for (const one of phantomPatients({ patients: 60, seed })) {
    if (wanted.size === 0) break;
    const drawn = drawRadiograph(one, 0);
    if (!wanted.delete(drawn.photometric)) continue;
    const file = radiographFile({ seed, patient: one, examinationIndex: 0, radiograph: drawn });
    const { image } = await readDicomPicture(file);
    const tumour = image.pixels.filter((_, i) => drawn.mask[i] === 1);
    expect(mean(tumour)).toBeGreaterThan(mean(image.pixels));
  }
  expect([...wanted]).toEqual([]);
}, 60_000);

test.skipIf(!can("dcmdump", "--version"))(
  "dcmdump reads the file without a warning (skipped where dcmtk is missing)",
  () => {
    const { status, stdout, stderr } = spawnSync("dcmdump", [path], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("[Phantom^P0001]");
  },
);

test.skipIf(!can(python, "-c", "import pydicom"))(
  "pydicom reads the same pixels, strictly (skipped where it is missing)",
  () => {
    const script = `
import sys, warnings, pydicom
warnings.simplefilter("error")
pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
data = pydicom.dcmread(sys.argv[1])
for element in data.iterall(): element.value
print(data.pixel_array.shape, int(data.pixel_array.astype("int64").sum()))`;
    const { stdout, stderr } = spawnSync(python, ["-c", script, path], { encoding: "utf8" });
    const sum = radiograph.stored.reduce((total, value) => total + value, 0);
    expect({ stdout: stdout.trim(), stderr }).toEqual({
      stdout: `(${radiograph.height}, ${radiograph.width}) ${sum}`,
      stderr: "",
    });
  },
);
