import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { sequenceItems } from "./parse-data-set.ts";
import { readPart10 } from "./read-part10.ts";
import { TAGS } from "./tags.ts";
import { type DicomElement, encodeDataSet, writePart10 } from "./write-part10.ts";

const sopClassUid = "1.2.840.10008.5.1.4.1.1.1";
const sopInstanceUid = "2.25.1";
const write = (...elements: DicomElement[]): Uint8Array => writePart10({ sopClassUid, sopInstanceUid, elements });

test("an element is written as PS3.5 section 7.1.2 says, byte by byte", () => {
  expect([...encodeDataSet([{ tag: 0x00100040, vr: "CS", value: "F" }])]).toEqual([
    0x10, 0x00, 0x40, 0x00, 0x43, 0x53, 0x02, 0x00, 0x46, 0x20,
  ]);
  expect([...encodeDataSet([{ tag: 0x7fe00010, vr: "OW", value: Uint16Array.of(0x0102) }])]).toEqual([
    0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x57, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x01,
  ]);
  expect([...encodeDataSet([{ tag: 0x00080018, vr: "UI", value: "1.2" }])].slice(-4)).toEqual([0x31, 0x2e, 0x32, 0]);
});

test("an attribute tag is written group first", () => {
  expect([...encodeDataSet([{ tag: 0x00280009, vr: "AT", value: 0x00181063 }])].slice(8)).toEqual([
    0x18, 0, 0x63, 0x10,
  ]);
});

test("what is written is read again", () => {
  const file = write(
    { tag: TAGS.Rows, vr: "US", value: 512 },
    { tag: TAGS.PatientID, vr: "LO", value: "P0001" },
    { tag: TAGS.ImagerPixelSpacing, vr: "DS", value: ["0.15", "0.15"] },
    {
      tag: TAGS.ModalityLUTSequence,
      vr: "SQ",
      value: [[{ tag: TAGS.LUTDescriptor, vr: "US", value: [256, 0, 8] }], []],
    },
  );
  const { meta, dataSet, transferSyntax } = readPart10(file);
  expect(transferSyntax.uid).toBe("1.2.840.10008.1.2.1");
  expect(meta.text(TAGS.MediaStorageSOPClassUID)).toBe(sopClassUid);
  expect(dataSet.text(TAGS.SOPInstanceUID)).toBe(sopInstanceUid);
  expect(dataSet.words(TAGS.Rows)).toEqual([512]);
  expect(dataSet.decimals(TAGS.ImagerPixelSpacing)).toEqual([0.15, 0.15]);
  const items = sequenceItems(dataSet, TAGS.ModalityLUTSequence);
  expect(items.map((item) => item.words(TAGS.LUTDescriptor))).toEqual([[256, 0, 8], []]);
});

test("any text and any pixels come back, whatever their length", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9^. -]{0,60}$/).map((text) => text.trim()),
      fc.uint16Array({ maxLength: 300 }),
      (text, pixels) => {
        const { dataSet } = readPart10(
          write({ tag: TAGS.PatientID, vr: "LO", value: text }, { tag: TAGS.PixelData, vr: "OW", value: pixels }),
        );
        expect(dataSet.text(TAGS.PatientID) ?? "").toBe(text);
        expect(dataSet.words(TAGS.PixelData)).toEqual([...pixels]);
      },
    ),
    { numRuns: 100 },
  );
});

test("a tag given twice, a value too long and group 0002 are refused", () => {
  const id = { tag: TAGS.PatientID, vr: "LO", value: "P0001" };
  expect(() => write(id, id)).toThrow(OsteonError);
  expect(() => write({ ...id, value: "x".repeat(70_000) })).toThrow(OsteonError);
  expect(() => write({ tag: TAGS.TransferSyntaxUID, vr: "UI", value: "1.2" })).toThrow(OsteonError);
  expect(() => write({ ...id, vr: "LO", value: 4 })).toThrow(OsteonError);
});

test.skipIf(spawnSync("dcmdump", ["--version"]).status !== 0)(
  "dcmdump reads nested sequences without a warning (skipped where dcmtk is missing)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "part10-"));
    try {
      const path = join(folder, "file.dcm");
      const inner: DicomElement = { tag: TAGS.LUTData, vr: "OW", value: Uint16Array.of(1, 2, 3) };
      writeFileSync(
        path,
        write({
          tag: TAGS.VOILUTSequence,
          vr: "SQ",
          value: [[{ tag: TAGS.LUTDescriptor, vr: "US", value: [3, 0, 16] }, inner]],
        }),
      );
      const { status, stderr, stdout } = spawnSync("dcmdump", [path], { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("0001\\0002\\0003");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
