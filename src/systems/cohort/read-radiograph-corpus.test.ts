/**
 * Every file of the shared DICOM test sets (NEMA WG04, pydicom, fo-dicom, cornerstone, dcmjs, torchxrayvision) ends in a
 * picture or in a reason, and the stored pixels are those that GDCM decodes.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeFirstFrame } from "../../dicom/decode-frame.ts";
import { readPart10 } from "../../dicom/read-part10.ts";
import { RadiographReader, readRadiograph } from "./read-radiograph.ts";

const corpus = join(import.meta.dirname, "../../../../shared/data/dicom");
const present = existsSync(join(corpus, "index.csv"));
const where = present ? "" : " (skipped: ../shared/data/dicom is not there)";

/** Files that pydicom opens and GDCM decodes, but that are put aside here, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "fo-dicom/GH1339.dcm": "truncated", // ends without the delimiter of its pixel data; dcmdump refuses it as well
  "fo-dicom/GH1376.dcm": "corrupt", // compressed fragments under an uncompressed syntax; GDCM takes them for pixels
  "pydicom-test-files/MR_truncated.dcm": "truncated", // cut on purpose; GDCM fills up the rest
};

/** Files whose GDCM hash is not of the decoded samples of one frame; each was compared with pydicom once, and was equal. */
const OTHER_HASH: ReadonlySet<string> = new Set([
  "cornerstone-transfer-syntaxes/US-YBR_FULL_422-EVRLE.dcm", // GDCM leaves the chroma shared
  "pydicom-test-files/SC_ybr_full_422_uncompressed.dcm", // the same
  "fo-dicom/GH340.dcm", // packed 12 bits (pydicom does not decode them either; looked at instead)
  "pydicom-test-files/liver_1frame.dcm", // packed 1 bit
  "pydicom-test-files/liver_expb_1frame.dcm", // packed 1 bit
  "pydicom-test-files/ExplVR_BigEnd.dcm", // planes, which GDCM leaves as they are
  "pydicom-test-files/SC_rgb_rle_16bit.dcm", // GDCM mixes the planes
  "pydicom-test-files/SC_rgb_rle_32bit.dcm", // GDCM mixes the planes
  "pydicom-test-files/J2K_pixelrep_mismatch.dcm", // GDCM does not extend the sign
  "pydicom-test-files/MR_small_padded.dcm", // the hash includes padding behind the picture
  "wg04-radiographs/RG3_JPLY.dcm", // lossy coding overshot white in 8 pixels, which GDCM wraps to black
  "pydicom-test-files/badVR.dcm", // fifteen frames, counted with a letter in the number
  "pydicom-test-files/rtdose_expb_1frame.dcm", // GDCM swaps 32-bit words in halves
]);

interface Row {
  readonly file: string;
  readonly pydicom: string;
  readonly frames: number;
  readonly hash: string;
}

const readIndex = (): Row[] => {
  const [head, ...lines] = readFileSync(join(corpus, "index.csv"), "utf8").trim().split(/\r?\n/);
  const columns = head!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
    const frames = Number.parseInt(cell("NumberOfFrames"), 10) || 1;
    return { file: cell("file"), pydicom: cell("pydicom"), frames, hash: cell("pixel_sha256_16") };
  });
};

const rows = present ? readIndex().filter(({ file }) => existsSync(join(corpus, file))) : [];

/** The first 16 hexadecimal digits of the SHA-256 of the samples as `gdcmconv --raw` stores them. */
const storedHash = async (path: string): Promise<string> => {
  const { dataSet, transferSyntax } = readPart10(new Uint8Array(readFileSync(path)));
  const { samples, pixels } = await decodeFirstFrame(dataSet, transferSyntax);
  const narrow = pixels.BitsAllocated === 16 && samples.values.BYTES_PER_ELEMENT === 1;
  const values = narrow ? new Uint16Array(samples.values) : samples.values;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(0)]);
  return createHash("sha256").update(padded).digest("hex").slice(0, 16);
};

describe.skipIf(!present)(`the shared DICOM files${where}`, () => {
  test("every file ends in a picture or a reason; what pydicom and GDCM read is read", async () => {
    const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter(
      (file) => statSync(join(corpus, file)).isFile() && file !== "index.csv",
    );
    expect(files.length).toBeGreaterThan(250);
    const reader = new RadiographReader({ workers: 2 });
    const outcomes = new Map(
      await Promise.all(
        files.map(async (file) => {
          const outcome = await reader.read(join(corpus, file));
          return [file, outcome.ok ? "ok" : outcome.reason.code] as const;
        }),
      ),
    );
    await reader.close();
    const refused = Object.fromEntries(
      rows
        .filter(({ file, pydicom, hash }) => pydicom === "ok" && hash !== "" && outcomes.get(file) !== "ok")
        .map(({ file }) => [file, outcomes.get(file)]),
    );
    expect(refused).toEqual(EXCEPTIONS);
    const codes = new Set(outcomes.values());
    for (const code of ["timed-out", "decoder-crashed"]) expect(codes).not.toContain(code);
    for (const code of ["ok", "not-a-picture-object", "no-pixel-data", "truncated"]) expect(codes).toContain(code);
  });

  test("the stored pixels are those that GDCM decodes", async () => {
    const comparable = rows.filter(
      ({ file, frames, hash }) => hash !== "" && frames === 1 && !(file in EXCEPTIONS) && !OTHER_HASH.has(file),
    );
    expect(comparable.length).toBeGreaterThan(150);
    const different: string[] = [];
    for (const { file, hash } of comparable) if ((await storedHash(join(corpus, file))) !== hash) different.push(file);
    expect(different).toEqual([]);
  });

  test("every radiograph that is cut in half is put aside", async () => {
    for (const { file } of rows.filter(({ file, hash }) => file.startsWith("wg04-radiographs") && hash !== "")) {
      const bytes = new Uint8Array(readFileSync(join(corpus, file)));
      const outcome = await readRadiograph(bytes.subarray(0, bytes.length >> 1));
      expect([file, outcome.ok ? "ok" : outcome.reason.code]).toEqual([file, "truncated"]);
    }
  });
});
