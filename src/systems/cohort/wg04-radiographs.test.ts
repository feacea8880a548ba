/** Real computed radiographs of NEMA's working group 4, each in several encodings, beside dcmtk's picture of them. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type RadiographRead, readRadiograph } from "./read-radiograph.ts";

const folder = new URL("../../../../shared/data/dicom/wg04-radiographs/", import.meta.url).pathname;
const isThere = existsSync(folder);
if (!isThere) process.stderr.write("../shared/data/dicom/wg04-radiographs is missing; its tests are skipped.\n");
const hasDcmtk = spawnSync("dcmj2pnm", ["--version"]).status === 0;
if (!hasDcmtk) process.stderr.write("dcmj2pnm is missing; the test beside it is skipped.\n");

const read = async (name: string): Promise<RadiographRead> => {
  const outcome = await readRadiograph(new Uint8Array(readFileSync(join(folder, name))));
  if (!outcome.ok) throw new Error(outcome.reason.detail);
  return outcome.radiograph;
};

test.skipIf(!isThere).each(["RG2", "RG3"])(
  "%s has the same pixels in each of its five lossless encodings",
  async (name) => {
    const plain = await read(`${name}_UNC.dcm`);
    for (const coding of ["RLE", "JPLL", "JLSL", "J2KR"]) {
      const other = await read(`${name}_${coding}.dcm`);
      expect(other.pixelHash).toBe(plain.pixelHash);
      expect(other.image.pixels.every((value, i) => value === plain.image.pixels[i])).toBe(true);
    }
  },
  60_000,
);

test.skipIf(!isThere || !hasDcmtk)(
  "the non-ossifying fibroma, MONOCHROME1 of 10 bits, is shown as dcmj2pnm shows it: bone bright, within two greys",
  async () => {
    const { image, attributes } = await read("RG3_UNC.dcm");
    expect([attributes.PhotometricInterpretation, attributes.BitsStored]).toEqual(["MONOCHROME1", 10]);
    const work = await mkdtemp(join(tmpdir(), "osteon-wg04-"));
    try {
      const path = join(work, "picture.png");
      execFileSync("dcmj2pnm", ["+on", "+Wi", "1", join(folder, "RG3_UNC.dcm"), path]);
      const { data, info } = await sharp(path).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([image.width, image.height]);
      let [furthest, sum] = [0, 0];
      for (let i = 0; i < image.pixels.length; i++) {
        const difference = Math.abs(image.pixels[i]! * 255 - data[i * info.channels]!);
        furthest = Math.max(furthest, difference);
        sum += difference;
      }
      expect(furthest).toBeLessThan(2);
      expect(sum / image.pixels.length).toBeLessThan(1);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
  60_000,
);
