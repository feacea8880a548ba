/**
 * Files such as a PACS sends: drawings of the phantom centre brought to 1 to 4 megapixels with the noise of a detector, 12 bit,
 * half of them uncompressed and half in lossless JPEG, JPEG-LS and RLE, as dcmtk's tools write them.
 */

import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readDicomPicture } from "../src/dicom/read-dicom-picture.ts";
import { writePart10 } from "../src/dicom/write-part10.ts";
import type { GreyImage } from "../src/imaging/grey-image.ts";
import { resize } from "../src/imaging/resize.ts";
import { Random } from "../src/numeric/random.ts";
import { drawAll } from "../src/phantom/draw-pool.ts";
import { phantomUid } from "../src/phantom/identifiers.ts";
import { phantomPatients } from "../src/phantom/phantom-patients.ts";

/** How every second file is coded, in turn. */
const encoders: readonly (readonly [program: string, ...options: string[]])[] = [
  ["dcmcjpeg", "+e1"],
  ["dcmcjpls"],
  ["dcmcjpeg", "+e1"],
  ["dcmcrle"],
];

/** Which of the encoders are installed. */
export const hasEncoders = (): boolean => {
  try {
    for (const [program] of encoders) execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** What a set of files is to be. */
export interface RadiographSetOptions {
  readonly count: number;
  readonly seed: number;
  /** Pixels of a picture, from and to. */
  readonly pixels: readonly [least: number, most: number];
}

/**
 * Writes a set of radiographs into a folder; the same bytes for the same options.
 *
 * @returns megapixels of all files together
 */
export const writeRadiographSet = async (
  folder: string,
  { count, seed, pixels: [least, most] }: RadiographSetOptions,
): Promise<number> => {
  await mkdir(folder, { recursive: true });
  const random = new Random(seed, "radiograph-set");
  const patients = phantomPatients({ patients: Math.max(10, Math.ceil(count / 6)), seed });
  const tasks = patients.map((patient) => ({ seed, patient, examinationIndex: 0 }));
  const drawings: GreyImage[] = [];
  for await (const { file } of drawAll(tasks, 2)) drawings.push((await readDicomPicture(file)).image);
  const noise = Float32Array.from({ length: 2 ** 18 }, () => random.normal(0, 6));
  let all = 0;
  for (let i = 0; i < count; i++) {
    const drawing = drawings[i % drawings.length]!;
    const wanted = random.uniform(least, most);
    const scale = Math.sqrt(wanted / (drawing.width * drawing.height));
    const { width, height, pixels } = resize(
      drawing,
      Math.round(drawing.width * scale),
      Math.round(drawing.height * scale),
    );
    const shift = random.integer(noise.length);
    const stored = Uint16Array.from(pixels, (value, at) =>
      Math.min(Math.max(value * 4095 + noise[(at + shift) & (2 ** 18 - 1)]!, 0), 4095),
    );
    const path = join(folder, `${String(i).padStart(5, "0")}.dcm`);
    await writeFile(path, radiographFile({ seed, index: i, width, height, stored }));
    if (i % 2 === 1) {
      const [program, ...options] = encoders[(i >> 1) % encoders.length]!;
      execFileSync(program, [...options, path, path]);
    }
    all += (width * height) / 1e6;
  }
  return all;
};

/** The smallest file of a Computed Radiography Image (PS3.3 section A.2) that is complete. */
export const radiographFile = ({
  seed,
  index,
  width,
  height,
  stored,
}: {
  readonly seed: number;
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly stored: Uint16Array;
}): Uint8Array => {
  const text = (tag: number, vr: string, value: string) => ({ tag, vr, value });
  const number = (tag: number, value: number) => ({ tag, vr: "US", value });
  return writePart10({
    sopClassUid: "1.2.840.10008.5.1.4.1.1.1",
    sopInstanceUid: phantomUid(seed, "set", index),
    elements: [
      text(0x00080020, "DA", "20200102"), // StudyDate
      text(0x00080060, "CS", "CR"), // Modality
      text(0x00100020, "LO", `S${index >> 1}`), // PatientID
      text(0x0020000d, "UI", phantomUid(seed, "set-study", index)), // StudyInstanceUID
      text(0x0020000e, "UI", phantomUid(seed, "set-series", index)), // SeriesInstanceUID
      number(0x00280002, 1), // SamplesPerPixel
      text(0x00280004, "CS", "MONOCHROME2"), // PhotometricInterpretation
      number(0x00280010, height), // Rows
      number(0x00280011, width), // Columns
      number(0x00280100, 16), // BitsAllocated
      number(0x00280101, 12), // BitsStored
      number(0x00280102, 11), // HighBit
      number(0x00280103, 0), // PixelRepresentation
      text(0x00281050, "DS", "2048"), // WindowCenter
      text(0x00281051, "DS", "4096"), // WindowWidth
      { tag: 0x7fe00010, vr: "OW", value: stored }, // PixelData
    ],
  });
};
