import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPart10 } from "../read-part10.ts";
import { TAGS } from "../tags.ts";
import { blankComments } from "./blank-comments.ts";
import { deidentifyFile } from "./deidentify-file.ts";
import { verifyFile } from "./verify-file.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

/** The bytes of one stream, blanked, as Latin-1. */
const blanked = (...fragments: readonly string[]): string =>
  Buffer.concat(blankComments(fragments.map(bytesOf), 1)).toString("latin1");

const jfif = "\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
const comment = "\xff\xfe\x00\x07Meier";
const blank = "\xff\xfe\x00\x07\0\0\0\0\0";

test("comments and unknown segments of a JPEG become zero, its own segments stay", () => {
  expect(blanked(`\xff\xd8${jfif}${comment}\xff\xe1\x00\x07Meier\xff\xda\x00\x07Meier`)).toBe(
    `\xff\xd8${jfif}${blank}\xff\xe1\x00\x07\0\0\0\0\0\xff\xda\x00\x07Meier`,
  );
});

test("comments of a JPEG are found wherever a decoder passes over them", () => {
  const scan = "\xff\xda\x00\x07Scanned\xff\x00data\xff\xd0data";
  expect(blanked(`\xff\xd8${scan}${comment}${scan}\xff\xd9`)).toBe(`\xff\xd8${scan}${blank}${scan}\xff\xd9`);
  expect(blanked(`\xff\xd8${scan}\xff\xd9Meier`)).toBe(`\xff\xd8${scan}\xff\xd9\0\0\0\0\0`);
  expect(blanked(`\xff\xd8Meier${comment}${scan}\xff\xd9`)).toBe(`\xff\xd8\0\0\0\0\0${blank}${scan}\xff\xd9`);
  expect(blanked(`\xff\xd8\xff\xe8\x00\x07Meier\xff\xee\x00\x13Adobe\0\0\0\0\0\0\0Meier${scan}\xff\xd9`)).toBe(
    `\xff\xd8\xff\xe8\x00\x07\0\0\0\0\0\xff\xee\x00\x13Adobe\0\0\0\0\0\0\0\0\0\0\0\0${scan}\xff\xd9`,
  );
  expect(blanked("\xff\xd8\xff", "\xfe\x00\x07Me", `ier${scan}\xff\xd9`)).toBe(`\xff\xd8${blank}${scan}\xff\xd9`);
});

test("the streams of several frames are looked at one by one", () => {
  const stream = bytesOf(`\xff\xd8${comment}\xff\xd9`);
  const clean = blankComments([stream, stream], 2).map((fragment) => Buffer.from(fragment).toString("latin1"));
  expect(clean).toEqual([`\xff\xd8${blank}\xff\xd9`, `\xff\xd8${blank}\xff\xd9`]);
});

test("comments of JPEG 2000 become zero, in the header, in tile-parts, in boxes and behind the end", () => {
  const own = "\xff\x64\x00\x09\0\x01Meier";
  const none = "\xff\x64\x00\x09\0\x01\0\0\0\0\0";
  const tilePart = (inner: string): string => `\xff\x90\x00\x0a\0\0\0\0\0\x1e\0\x01${inner}\xff\x93Coded`;
  const codestream = (inner: string, end: string): string => `\xff\x4f${inner}${tilePart(inner)}\xff\xd9${end}`;
  expect(blanked(codestream(own, "Meier"))).toBe(codestream(none, "\0\0\0\0\0"));
  const jp2 = (inner: string, text: string): string =>
    `\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x0dxml ${text}\0\0\0\x35jp2c${codestream(inner, "")}\0\0\0\x0duuid${text}`;
  expect(blanked(jp2(own, "Meier"))).toBe(jp2(none, "\0\0\0\0\0"));
});

test("what is no codestream stays as it is, and a segment that is cut off is blanked", () => {
  const other = [bytesOf("Meier")];
  expect(blankComments(other, 1)).toBe(other);
  expect(blanked("\xff\xd8\xff\xfe\xff\xffMeier")).not.toContain("Meier");
});

test("fragments without comments are kept byte for byte", async () => {
  const path = new URL("../../../test/fixtures/dicom/jpeg-ls.dcm", import.meta.url);
  const bytes = new Uint8Array(readFileSync(path));
  const outcome = await deidentifyFile(bytes, { key: new Uint8Array(32), options: [], burnedIn: "keep" });
  const fragments = (file: Uint8Array): Buffer[] => {
    const { dataSet } = readPart10(file);
    const parts = dataSet.elements.get(TAGS.PixelData)?.fragments ?? [];
    return parts.map(({ offset, length }) => Buffer.from(dataSet.bytes.subarray(offset, offset + length)));
  };
  expect(outcome.ok && fragments(outcome.file.bytes)).toEqual(fragments(bytes));
  if (!outcome.ok) return;
  const clean = outcome.file.bytes;
  expect((await verifyFile(clean, { latestDate: "20261231" })).findings).toEqual([]);
  clean.set(bytesOf("\xff\xfe"), Buffer.from(clean).indexOf(bytesOf("\xff\xf7"))); // the frame is a comment now
  const { findings } = await verifyFile(clean, { latestDate: "20261231" });
  expect(findings.map(({ attribute }) => attribute)).toContain("PixelData");
});
