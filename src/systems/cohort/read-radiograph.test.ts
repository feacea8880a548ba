import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { dicomFile, greyElements } from "../../../test/support/dicom-file.ts";
import { type ReadOutcome, readRadiograph } from "./read-radiograph.ts";

const fixtures = new URL("../../../test/fixtures/dicom/", import.meta.url);
const dicomFiles = readdirSync(fixtures)
  .filter((name) => name.endsWith(".dcm"))
  .map((name) => new Uint8Array(readFileSync(new URL(name, fixtures))));

const picture = sharp(
  Uint8Array.from({ length: 48 * 32 }, (_, i) => (i * 13) & 255),
  { raw: { width: 48, height: 32, channels: 1 } },
);
const png = new Uint8Array(await picture.clone().toColourspace("b-w").png().toBuffer());
const jpeg = new Uint8Array(await picture.clone().toColourspace("b-w").jpeg().toBuffer());

const codeOf = (outcome: ReadOutcome): string => (outcome.ok ? "ok" : outcome.reason.code);

describe("readRadiograph", () => {
  test("the format is found in the content", async () => {
    const read = await Promise.all([png, jpeg, dicomFiles[0]!].map((each) => readRadiograph(each)));
    expect(read.map((outcome) => outcome.ok && outcome.radiograph.format)).toEqual(["png", "jpeg", "dicom"]);
    for (const outcome of read) {
      if (!outcome.ok) throw new Error(outcome.reason.detail);
      const { image, attributes, format, pixelHash } = outcome.radiograph;
      expect(image.pixels.length).toBe(image.width * image.height);
      expect(image.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(pixelHash).toMatch(/^[0-9a-f]{64}$/);
      expect(Object.keys(attributes).length > 0).toBe(format === "dicom");
    }
  });

  test("a DICOM file and a PNG of the same samples have the same pixel hash", async () => {
    const values = [0, 255, 17, 99];
    const asDicom = await readRadiograph(dicomFile(greyElements({ width: 2, height: 2, values, bits: 8 })));
    const raw = sharp(Uint8Array.from(values), { raw: { width: 2, height: 2, channels: 1 } });
    const asPng = await readRadiograph(await raw.toColourspace("b-w").png().toBuffer());
    expect(asDicom.ok && asPng.ok && asDicom.radiograph.pixelHash === asPng.radiograph.pixelHash).toBe(true);
  });

  test("a preamble that looks like a TIFF is still DICOM", async () => {
    const bytes = dicomFiles[0]!.slice();
    bytes.set([0x49, 0x49, 0x2a, 0x00]);
    expect(codeOf(await readRadiograph(bytes))).toBe("ok");
  });

  test("other files are put aside with a reason a person understands", async () => {
    const reasonOf = async (bytes: Uint8Array): Promise<unknown> => {
      const outcome = await readRadiograph(bytes);
      return outcome.ok ? undefined : outcome.reason;
    };
    expect(await reasonOf(new Uint8Array(0))).toEqual({ code: "empty-file", detail: "The file is empty." });
    expect(await reasonOf(Buffer.from("%PDF-1.7 report"))).toEqual({
      code: "unsupported-format",
      detail: "The file is a PDF document; DICOM, PNG and JPEG are read.",
    });
    expect(await reasonOf(await picture.clone().tiff().toBuffer())).toMatchObject({ code: "unsupported-format" });
    expect(await reasonOf(Buffer.from("patient,diagnosis\n1,osteosarcoma\n"))).toEqual({
      code: "not-an-image",
      detail: "The file is neither DICOM nor PNG nor JPEG.",
    });
  });

  test("no reason repeats what the file says of its patient", async () => {
    const bytes = dicomFile(greyElements({ width: 9, height: 9, values: [1] }, [[0x00100020, "LO", "SECRET-4711"]]));
    const outcome = await readRadiograph(bytes);
    expect(codeOf(outcome)).toBe("truncated");
    expect(JSON.stringify(outcome)).not.toContain("SECRET");
  });

  test("flipped bytes and cuts anywhere end in a picture or a reason, never in an error", async () => {
    const files = [...dicomFiles, png, jpeg];
    const damage = fc.record({
      file: fc.nat(files.length - 1),
      flips: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255) }), {
        maxLength: 8,
      }),
      keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, flips, keep }) => {
        const bytes = files[file]!.slice(0, Math.ceil(files[file]!.length * keep));
        for (const { at, value } of flips) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = value;
        const outcome = await readRadiograph(bytes);
        if (outcome.ok) {
          const { width, height, pixels } = outcome.radiograph.image;
          expect(pixels.length).toBe(width * height);
          expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
        } else expect(outcome.reason.detail).toMatch(/^[A-Z1-9].*\.$/);
      }),
      { numRuns: 400, seed: 20261123 },
    );
  });

  test("random bytes behind a valid beginning end in a reason too", async () => {
    const starts = [dicomFiles[0]!.slice(0, 200), png.slice(0, 40), jpeg.slice(0, 160), new Uint8Array(0)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
        expect(codeOf(await readRadiograph(Buffer.concat([start, rest])))).not.toBe("ok");
      }),
      { numRuns: 200, seed: 20261123 },
    );
  });
});
