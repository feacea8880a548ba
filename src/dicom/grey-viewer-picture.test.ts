import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../test/support/dicom-file.ts";
import { imageOfRows } from "../imaging/grey-rows.ts";
import { partOfViewerPicture, type ViewerPicture } from "../imaging/viewer-picture.ts";
import { readDicomForViewer } from "./read-dicom-picture.ts";

interface Pixels {
  readonly bits?: number;
  readonly signed?: boolean;
  readonly photometric?: string;
}

const read = async (values: readonly number[], more: Elements = [], pixels: Pixels = {}) =>
  readDicomForViewer(dicomFile(greyElements({ width: values.length, height: 1, values, ...pixels }, more)));

const view = async (values: readonly number[], more: Elements = [], pixels: Pixels = {}): Promise<ViewerPicture> =>
  (await read(values, more, pixels)).viewer;

/** What a viewer draws, in [0, 1]. */
const drawn = ({ samples, window: { center, width }, inverted }: ViewerPicture): number[] =>
  Array.from(samples, (sample) => {
    const shown = Math.min(Math.max((sample - center) / width + 0.5, 0), 1);
    return inverted ? 1 - shown : shown;
  });

const windowOf = (center: number, width: number): Elements => [
  [0x00281050, "DS", String(center)],
  [0x00281051, "DS", String(width)],
];

const lut = (first: number, bits: number, entries: readonly number[]): { items: Elements[] } => ({
  items: [
    [
      [0x00283002, "US", [entries.length, first & 0xffff, bits]],
      [0x00283006, "OW", entries],
    ],
  ],
});

describe("a grey picture for a viewer", () => {
  test("keeps all of its bits, and beside them what the file says is to be seen", async () => {
    const picture = await view([0, 100, 4095], windowOf(2048, 4096), { bits: 12 });
    expect([...picture.samples]).toEqual([0, 100, 4095]);
    expect(picture).toMatchObject({
      window: { center: 2047.5, width: 4095 },
      smallest: 0,
      largest: 4095,
      inverted: false,
    });
  });

  test("has one byte a sample where no more is needed", async () => {
    expect((await view([0, 200], [], { bits: 8 })).samples).toEqual(Uint8Array.of(0, 200));
    expect((await view([0, 256], [], { bits: 9 })).samples).toEqual(Uint16Array.of(0, 256));
  });

  test("of signed values and of a falling line begins at 0, and its window moves along", async () => {
    const signed = await view([-5 & 0xffff, 0, 5], windowOf(0.5, 11), { bits: 12, signed: true });
    expect([...signed.samples]).toEqual([2043, 2048, 2053]);
    expect(drawn(signed).map((value) => value.toFixed(2))).toEqual(["0.00", "0.50", "1.00"]);
    const falling: Elements = [
      [0x00281052, "DS", "1000"],
      [0x00281053, "DS", "-2"],
    ];
    const fallen = await view([0, 100, 500], [...falling, ...windowOf(500.5, 1001)], { bits: 12 });
    expect([...fallen.samples]).toEqual([4095, 3995, 3595]);
    expect(drawn(fallen)).toEqual([1, 0.8, 0]);
  });

  test("of MONOCHROME1 is inverted, and its padding is dark", async () => {
    const picture = await view([10, 20, 30, 999], [[0x00280120, "US", [999]]], {
      bits: 12,
      photometric: "MONOCHROME1",
    });
    expect(picture.inverted).toBe(true);
    expect([...picture.samples]).toEqual([10, 20, 30, 30]);
    expect(drawn(picture)).toEqual([1, 0.5, 0, 0]);
  });

  test("has its table of values of interest applied, for which no window stands", async () => {
    const picture = await view([0, 1, 2], [[0x00283010, "SQ", lut(0, 8, [0, 250, 255])]], { bits: 12 });
    expect([...picture.samples]).toEqual([0, 250, 255]);
    expect(picture.window).toEqual({ center: 127.5, width: 255 });
  });

  test("is shown by its own percentiles where the file's window shows one grey, or names none", async () => {
    expect(drawn(await view([10, 20, 30], windowOf(4000, 10), { bits: 12 }))).toEqual([0, 0.5, 1]);
    expect(drawn(await view([10, 20, 30], [], { bits: 12 }))).toEqual([0, 0.5, 1]);
  });

  test("looks as the picture does that is embedded, whatever the file states", async () => {
    const stated = fc.record({
      bits: fc.constantFrom(8, 10, 12, 16),
      signed: fc.boolean(),
      photometric: fc.constantFrom("MONOCHROME1", "MONOCHROME2"),
      slope: fc.constantFrom(1, -1, 0.5, 3),
      intercept: fc.integer({ min: -2000, max: 2000 }),
      window: fc.option(
        fc.record({ center: fc.integer({ min: -500, max: 3000 }), width: fc.integer({ min: 2, max: 4000 }) }),
      ),
      padding: fc.option(fc.integer({ min: 0, max: 127 })),
      values: fc.array(fc.integer({ min: 0, max: 65535 }), { minLength: 4, maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(stated, async ({ bits, signed, photometric, slope, intercept, window, padding, values }) => {
        const more: Elements = [
          [0x00281052, "DS", String(intercept)],
          [0x00281053, "DS", String(slope)],
          ...(window ? windowOf(window.center, window.width) : []),
          ...(padding === null ? [] : ([[0x00280120, "US", [padding]]] as Elements)),
        ];
        const stored = values.map((value) => value & (2 ** bits - 1));
        const { rows, viewer } = await read(stored, more, { bits, signed, photometric });
        const [shown, found] = [imageOfRows(rows).pixels, drawn(viewer)];
        found.forEach((value, i) => {
          // Padding is as dark as the window and the bits let it be.
          if (stored[i] === padding) expect(value).toBe(Math.min(...found));
          else expect(value).toBeCloseTo(shown[i]!, 2);
        });
      }),
      { numRuns: 400 },
    );
  });
});

test("a part of a picture has its own extremes and the window of the whole", async () => {
  const whole = await view([1, 2, 3, 4], windowOf(10, 20), { bits: 12 });
  const part = partOfViewerPicture({ ...whole, width: 2, height: 2 }, { left: 1, top: 0, width: 1, height: 2 });
  expect([...part.samples]).toEqual([2, 4]);
  expect(part).toMatchObject({ width: 1, height: 2, smallest: 2, largest: 4, window: whole.window });
});
