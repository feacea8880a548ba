import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../test/support/dicom-file.ts";
import { windowFunction } from "./grey-transformation.ts";
import { readDicomPicture } from "./read-dicom-picture.ts";

const lut = (first: number, bits: number, entries: readonly number[]): { items: Elements[] } => ({
  items: [
    [
      [0x00283002, "US", [entries.length, first & 0xffff, bits]],
      [0x00283006, "OW", entries],
    ],
  ],
});

const WINDOW: Elements = [
  [0x00281050, "DS", "50"],
  [0x00281051, "DS", "101"],
];

const show = async (
  values: readonly number[],
  more: Elements = [],
  pixels: { bits?: number; signed?: boolean; photometric?: string } = {},
): Promise<number[]> => {
  const elements = greyElements({ width: values.length, height: 1, values, ...pixels }, more);
  const { image } = await readDicomPicture(dicomFile(elements));
  return Array.from(image.pixels, (value) => Number(value.toFixed(4)));
};

describe("windowFunction", () => {
  test("LINEAR is the worked example of PS3.3 C.11.2.1.2.1: centre 2048, width 4096 is the identity on 12 bits", () => {
    const window = windowFunction("LINEAR", 2048, 4096)!;
    for (const x of [0, 1, 1000, 4095]) expect(window(x)).toBeCloseTo(x / 4095, 12);
    expect([window(-5), window(5000)]).toEqual([0, 1]);
  });

  test("LINEAR of width 1 is a threshold below the centre", () => {
    const window = windowFunction("LINEAR", 10, 1)!;
    expect([9, 9.5, 9.51, 10].map(window)).toEqual([0, 0, 1, 1]);
  });

  test("LINEAR_EXACT and SIGMOID follow their formulas; a width of 0 is no window", () => {
    const exact = windowFunction("LINEAR_EXACT", 2048, 4096)!;
    expect([0, 1024, 4096].map(exact)).toEqual([0, 0.25, 1]);
    const sigmoid = windowFunction("SIGMOID", 100, 50)!;
    expect(sigmoid(100)).toBe(0.5);
    expect(sigmoid(125)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
    expect(windowFunction("LINEAR", 100, 0)).toBeUndefined();
  });
});

describe("displayValues", () => {
  test("a window spreads its range onto 0 to 1", async () => {
    expect(await show([-10 & 0xffff, 0, 25, 50, 99, 100, 300], WINDOW, { signed: true })).toEqual([
      0, 0.005, 0.255, 0.505, 0.995, 1, 1,
    ]);
  });

  test("slope and intercept come before the window", async () => {
    const rescale: Elements = [...WINDOW, [0x00281052, "DS", "-50"], [0x00281053, "DS", "0.5"]];
    expect(await show([100, 200, 300], rescale)).toEqual([0.005, 0.505, 1]);
  });

  test("a modality table comes before everything, and replaces slope and intercept", async () => {
    const table: Elements = [...WINDOW, [0x00281053, "DS", "9"], [0x00283000, "SQ", lut(1, 16, [0, 50, 99])]];
    expect(await show([0, 1, 2, 3, 9], table)).toEqual([0.005, 0.005, 0.505, 0.995, 0.995]);
  });

  test("a VOI table is preferred to a window; values outside take its ends", async () => {
    const table: Elements = [...WINDOW, [0x00283010, "SQ", lut(10, 8, [0, 51, 255])]];
    expect(await show([0, 10, 11, 12, 50], table)).toEqual([0, 0, 0.2, 1, 1]);
  });

  test("a VOI table may begin at a negative value", async () => {
    const table: Elements = [[0x00283010, "SQ", lut(-1, 8, [0, 51, 255])]];
    expect(await show([-1, 0, 1], table, { signed: true })).toEqual([0, 0.2, 1]);
  });

  test("a table that states fewer bits than its entries have is scaled by its entries", async () => {
    expect(await show([0, 1, 2], [[0x00283010, "SQ", lut(0, 8, [0, 2047, 4095])]])).toEqual([0, 0.4999, 1]);
  });

  test("MONOCHROME1 is inverted last, and once, however often the file says so", async () => {
    const bright = await show([0, 25, 100], WINDOW);
    const inverted = bright.map((value) => Number((1 - value).toFixed(4)));
    const shape: Elements = [...WINDOW, [0x20500020, "CS", "INVERSE"]];
    expect(await show([0, 25, 100], WINDOW, { photometric: "MONOCHROME1" })).toEqual(inverted);
    expect(await show([0, 25, 100], shape, { photometric: "MONOCHROME1" })).toEqual(inverted);
    expect(await show([0, 25, 100], shape)).toEqual(inverted);
    expect(await show([0, 25, 100], [...WINDOW, [0x20500020, "CS", "IDENTITY"]])).toEqual(bright);
  });

  test("without a window the 0.5 to 99.5 percentiles are spread, outliers clipped", async () => {
    const values = [...Array.from({ length: 1000 }, (_, i) => 100 + i), 60000, 60001];
    const shown = await show(values);
    expect(shown.at(-1)).toBe(1);
    expect(shown.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(shown[500]).toBeCloseTo((600 - 105) / (1096 - 105), 2);
  });

  test("a negative slope turns the picture also under percentiles", async () => {
    expect(await show([0, 50, 100], [[0x00281053, "DS", "-1"]])).toEqual([1, 0.5, 0]);
  });

  test("padding is dark and does not count", async () => {
    const padding: Elements = [[0x00280120, "US", [65535]]];
    expect(await show([10, 20, 30, 65535], padding)).toEqual([0, 0.5, 1, 0]);
    expect(await show([10, 20, 30, 65535], padding, { photometric: "MONOCHROME1" })).toEqual([1, 0.5, 0, 0]);
  });

  test("a window beside the values gives way to the percentiles; a picture of one value is dark", async () => {
    expect(await show([1000, 1500, 2000], WINDOW)).toEqual([0, 0.5, 1]);
    expect(await show([7, 7])).toEqual([0, 0]);
  });
});

describe("against DCMTK", () => {
  const installed = spawnSync("dcmj2pnm", ["--version"]).status === 0;
  test.skipIf(!installed)(
    "windows are shown as dcmj2pnm shows them (skipped where DCMTK is not installed)",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "osteon-window-"));
      try {
        const values = Array.from({ length: 64 * 64 }, (_, i) => i);
        for (const photometric of ["MONOCHROME1", "MONOCHROME2"]) {
          for (const shape of ["LINEAR", "SIGMOID"]) {
            const more: Elements = [
              [0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.1"],
              [0x00080018, "UI", "2.25.1"],
              [0x00281050, "DS", "1500"],
              [0x00281051, "DS", "1800"],
              [0x00281056, "CS", shape],
            ];
            const bytes = dicomFile(greyElements({ width: 64, height: 64, bits: 12, values, photometric }, more));
            writeFileSync(join(folder, "a.dcm"), bytes);
            execFileSync("dcmj2pnm", ["+op", "+Wi", "1", join(folder, "a.dcm"), join(folder, "a.pgm")], {
              stdio: "ignore",
            });
            const theirs = readFileSync(join(folder, "a.pgm")).subarray(-64 * 64);
            const { image } = await readDicomPicture(bytes);
            const largest = image.pixels.reduce(
              (most, value, i) => Math.max(most, Math.abs(value * 255 - theirs[i]!)),
              0,
            );
            expect(largest).toBeLessThanOrEqual(1.01);
          }
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
