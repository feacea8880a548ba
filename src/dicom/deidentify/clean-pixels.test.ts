import { describe, expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../../test/support/dicom-file.ts";
import { Random } from "../../numeric/random.ts";
import { drawText } from "../../phantom/lettering/draw-text.ts";
import { type Box, plainPicture } from "../../phantom/picture.ts";
import { decodeFirstFrame } from "../decode-frame.ts";
import { framesOf } from "../frames.ts";
import { readPixelDescription } from "../pixel-description.ts";
import { readPart10 } from "../read-part10.ts";
import { TAGS } from "../tags.ts";
import { type BurnedInChoice, deidentifyFile } from "./deidentify-file.ts";
import { verifyFile } from "./verify-file.ts";

const key = new Uint8Array(32).fill(3);
const [width, height] = [420, 300];

/** A grainy plate that brightens to the right, with a name or without. */
const plate = (name?: string): { values: Float32Array; box?: Box } => {
  const picture = plainPicture(width, height, 0);
  const random = new Random(1, "plate");
  for (let i = 0; i < picture.values.length; i++) {
    picture.values[i] = 0.15 + (0.3 * (i % width)) / width + random.normal(0, 0.012);
  }
  if (name === undefined) return { values: picture.values };
  const box = drawText(picture, name, { x: 40, y: 60, height: 16, lettering: "bold" });
  return box ? { values: picture.values, box } : { values: picture.values };
};

const general: Elements = [
  [0x00080008, "CS", "ORIGINAL\\PRIMARY"],
  [0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.1"],
];

const stored = (values: Float32Array, isInverted = false): number[] =>
  Array.from(values, (value) => Math.round(4095 * (isInverted ? 1 - value : value)));

const greyFile = (values: readonly number[], photometric: string, more: Elements = []): Uint8Array =>
  dicomFile(greyElements({ width, height, values, bits: 12, photometric }, [...general, ...more]));

const run = async (bytes: Uint8Array, burnedIn: BurnedInChoice = "mask"): Promise<Uint8Array> => {
  const outcome = await deidentifyFile(bytes, { key, options: [], burnedIn });
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.file.bytes;
};

const inside = (i: number, [x, y, w, h]: Box, around = 0): boolean => {
  const [column, row] = [i % width, Math.floor(i / width)];
  return column >= x - around && column < x + w + around && row >= y - around && row < y + h + around;
};

/** Values of a clean frame: one value in the box, the original ones well outside of it. */
const expectMasked = (values: ArrayLike<number>, before: readonly number[], box: Box): void => {
  const all = Array.from(values);
  expect(new Set(all.filter((_, i) => inside(i, box))).size).toBe(1);
  const changed = all.filter((value, i) => !inside(i, box, 40) && value !== before[i]);
  // Grain is taken for characters here and there, which costs little.
  expect(changed.length).toBeLessThan(0.02 * all.length);
};

describe("a name in the pixels", () => {
  test.each(["MONOCHROME1", "MONOCHROME2"])(
    "is masked with the darkest value of a %s plate, and nothing else is",
    async (photometric) => {
      const isInverted = photometric === "MONOCHROME1";
      const { values, box } = plate("MEIER, ANNA 12.03.1956");
      const before = stored(values, isInverted);
      const clean = await run(greyFile(before, photometric));
      const { dataSet, transferSyntax } = readPart10(clean);
      const { samples } = await decodeFirstFrame(dataSet, transferSyntax);
      expectMasked(samples.values, before, box!);
      const darkest = before.toSorted((a, b) => a - b).at(isInverted ? -1 : 0);
      expect(samples.values[(box![1] + 5) * width + box![0] + 5]).toBe(darkest);
      expect(dataSet.text(TAGS.BurnedInAnnotation)).toBe("NO");
      expect(dataSet.texts(0x00080008)[0]).toBe("DERIVED");
      expect(await verifyFile(clean, { latestDate: "20261231" })).toEqual({ findings: [], pixels: "looked at" });
    },
  );

  test("is found though the file's window does not show it", async () => {
    const { values, box } = plate("MEIER, ANNA 12.03.1956");
    const before = stored(values);
    const window: Elements = [
      [0x00281050, "DS", "60"],
      [0x00281051, "DS", "100"], // everything of the plate is white in it
    ];
    const { dataSet, transferSyntax } = readPart10(await run(greyFile(before, "MONOCHROME2", window)));
    expectMasked((await decodeFirstFrame(dataSet, transferSyntax)).samples.values, before, box!);
  });

  test("is masked in whichever frame it stands", async () => {
    const { values, box } = plate("MEIER, ANNA 12.03.1956");
    const frames = [stored(plate().values), stored(values)];
    const bytes = greyFile(frames.flat(), "MONOCHROME2", [[0x00280008, "IS", "2"]]);
    const { dataSet, transferSyntax } = readPart10(await run(bytes));
    const [first, second] = framesOf(dataSet, readPixelDescription(dataSet));
    expect(Array.from((await decodeFirstFrame(first!, transferSyntax)).samples.values)).toEqual(frames[0]);
    expectMasked((await decodeFirstFrame(second!, transferSyntax)).samples.values, frames[1]!, box!);
  });

  test("is masked in colour", async () => {
    const { values, box } = plate("MEIER, ANNA 12.03.1956");
    const pixels = new Uint8Array(3 * values.length);
    for (let i = 0; i < values.length; i++) pixels.set([255 * values[i]!, 240 * values[i]!, 250 * values[i]!], 3 * i);
    const bytes = dicomFile([
      ...general,
      [0x00280002, "US", [3]],
      [0x00280004, "CS", "RGB"],
      [0x00280006, "US", [0]],
      [0x00280010, "US", [height]],
      [0x00280011, "US", [width]],
      [0x00280100, "US", [8]],
      [0x00280101, "US", [8]],
      [0x00280102, "US", [7]],
      [0x00280103, "US", [0]],
      [0x7fe00010, "OB", pixels],
    ]);
    const { dataSet, transferSyntax } = readPart10(await run(bytes));
    const { samples } = await decodeFirstFrame(dataSet, transferSyntax);
    const red = Array.from(samples.values).filter((_, i) => i % 3 === 0);
    expectMasked(
      red,
      Array.from(pixels).filter((_, i) => i % 3 === 0),
      box!,
    );
  });

  test("is masked where a person says, and nowhere else; in several frames it is looked for all the same", async () => {
    const { values, box } = plate("MEIER, ANNA 12.03.1956");
    const before = stored(values);
    const elsewhere = { x: 300, y: 200, width: 40, height: 20 };
    const settings = { key, options: [], burnedIn: "judge" } as const;
    const samplesOf = async (bytes: Uint8Array, frame = 0, isWhole = true): Promise<ArrayLike<number>> => {
      const outcome = await deidentifyFile(bytes, settings, { regions: [elsewhere], isWhole });
      if (!outcome.ok) throw new Error(outcome.detail);
      const { dataSet, transferSyntax } = readPart10(outcome.file.bytes);
      const frames = [...framesOf(dataSet, readPixelDescription(dataSet))];
      return (await decodeFirstFrame(frames[frame]!, transferSyntax)).samples.values;
    };
    const samples = Array.from(await samplesOf(greyFile(before, "MONOCHROME2")));
    const region: Box = [elsewhere.x, elsewhere.y, elsewhere.width, elsewhere.height];
    expect(new Set(samples.filter((_, i) => inside(i, region))).size).toBe(1);
    expect(samples.filter((value, i) => !inside(i, region, 5) && value !== before[i])).toEqual([]);
    const two = greyFile([...stored(plate().values), ...before], "MONOCHROME2", [[0x00280008, "IS", "2"]]);
    expectMasked(await samplesOf(two, 1), before, box!);
    // Of a plate of which a person saw one exposure alone, both.
    const part = Array.from(await samplesOf(greyFile(before, "MONOCHROME2"), 0, false));
    for (const one of [region, box!]) expect(new Set(part.filter((_, i) => inside(i, one))).size).toBe(1);
  });

  test("sets the file aside, or stays, where that was chosen", async () => {
    const bytes = greyFile(stored(plate("MEIER, ANNA 12.03.1956").values), "MONOCHROME2");
    const aside = await deidentifyFile(bytes, { key, options: [], burnedIn: "set-aside" });
    expect(aside).toMatchObject({ ok: false, code: "burned-in-text" });
    const kept = readPart10(await run(bytes, "keep")).dataSet;
    expect(kept.words(TAGS.PixelData)).toEqual(readPart10(bytes).dataSet.words(TAGS.PixelData));
    expect(kept.text(TAGS.BurnedInAnnotation)).toBeUndefined();
  });
});
