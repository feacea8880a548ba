import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPart10 } from "../read-part10.ts";
import { TAGS } from "../tags.ts";
import { blankComments } from "./blank-comments.ts";
import { deidentifyFile } from "./deidentify-file.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

test("comments and unknown segments of a JPEG become zero, its own segments stay", () => {
  const jfif = "\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
  const bytes = bytesOf(`\xff\xd8${jfif}\xff\xfe\x00\x07Meier\xff\xe1\x00\x07Meier\xff\xda\x00\x07Meier`);
  const clean = Buffer.from(blankComments(bytes)).toString("latin1");
  expect(clean).toBe(`\xff\xd8${jfif}\xff\xfe\x00\x07\0\0\0\0\0\xff\xe1\x00\x07\0\0\0\0\0\xff\xda\x00\x07Meier`);
});

test("a comment of JPEG 2000 becomes zero; what is no codestream stays as it is", () => {
  const bytes = bytesOf("\xff\x4f\xff\x64\x00\x09\0\x01Meier\xff\x90Meier");
  expect(Buffer.from(blankComments(bytes)).toString("latin1")).toBe(
    "\xff\x4f\xff\x64\x00\x09\0\x01\0\0\0\0\0\xff\x90Meier",
  );
  const other = bytesOf("Meier");
  expect(blankComments(other)).toBe(other);
  const cut = bytesOf("\xff\xd8\xff\xfe\xff\xffMeier");
  expect(Buffer.from(blankComments(cut)).includes("Meier")).toBe(false);
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
});
