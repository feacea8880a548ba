import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawCharacters, turnInk } from "../../../scripts/burned-in-text/draw-characters.ts";
import { Random } from "../../numeric/random.ts";
import type { GreyImage } from "../grey-image.ts";
import { findBurnedInText } from "./find-burned-in-text.ts";
import type { TextRegion } from "./text-region.ts";

/** A limb in grain: a soft cylinder with a bright cortex. */
const limb = (width: number, height: number, seed = 1): GreyImage => {
  const random = new Random(seed);
  const pixels = Float32Array.from({ length: width * height }, (_, i) => {
    const u = ((i % width) - 0.5 * width) / width;
    const soft = Math.max(0, 0.12 - u * u) * 3;
    const cortex = 0.4 * Math.exp(-(((Math.abs(u) - 0.1) / 0.015) ** 2));
    return Math.min(1, Math.max(0, 0.03 + soft + cortex + random.normal(0, 0.01)));
  });
  return { width, height, pixels };
};

interface Written {
  readonly image: GreyImage;
  readonly ink: readonly number[];
}

/** Writes a line whose ink begins at x, y. */
const write = async (
  image: GreyImage,
  line: { text: string; capHeight: number; x: number; y: number; level?: number; quarters?: number },
): Promise<Written> => {
  const { text, capHeight, x, y, level = 1, quarters = 0 } = line;
  const drawn = turnInk(await drawCharacters({ text, capHeight, font: "points" }), quarters);
  const pixels = image.pixels.slice();
  const ink: number[] = [];
  for (let v = 0; v < drawn.height; v++) {
    for (let u = 0; u < drawn.width; u++) {
      if (drawn.coverage[v * drawn.width + u]! < 0.5) continue;
      ink.push((y + v) * image.width + x + u);
      pixels[(y + v) * image.width + x + u] = level;
    }
  }
  return { image: { ...image, pixels }, ink };
};

const coverage = ({ image, ink }: Written, regions: readonly TextRegion[]): number =>
  ink.filter((i) => {
    const [x, y] = [i % image.width, Math.floor(i / image.width)];
    return regions.some((r) => x >= r.x && y >= r.y && x < r.x + r.width && y < r.y + r.height);
  }).length / ink.length;

const texts = (image: GreyImage): readonly TextRegion[] =>
  findBurnedInText(image).filter(({ kind }) => kind === "text");

const areaOf = (regions: readonly TextRegion[]): number => regions.reduce((sum, r) => sum + r.width * r.height, 0);

describe("findBurnedInText", () => {
  for (const capHeight of [8, 14, 21]) {
    for (const quarters of [0, 1, 2, 3]) {
      test(`a name of ${capHeight} pixels turned by ${quarters} quarters`, async () => {
        const written = await write(limb(420, 500), { text: "SCHMIDT, EVA", capHeight, x: 12, y: 14, quarters });
        const regions = texts(written.image);
        expect(coverage(written, regions)).toBe(1);
        expect(areaOf(regions)).toBeLessThan(0.12 * 420 * 500);
      });
    }
  }

  test("black on white as white on black", async () => {
    const written = await write(limb(420, 500), { text: "15.03.1961", capHeight: 14, x: 20, y: 200 });
    const inverted = { ...written.image, pixels: written.image.pixels.map((value) => 1 - value) };
    expect(coverage(written, texts(written.image))).toBe(1);
    expect(coverage({ ...written, image: inverted }, texts(inverted))).toBe(1);
  });

  test("large letters of a large plate", async () => {
    const written = await write(limb(1600, 1900), { text: "CLINIC 4711", capHeight: 90, x: 300, y: 1700 });
    expect(coverage(written, texts(written.image))).toBe(1);
  });

  test("a lone letter of the side is a marker and no text", async () => {
    for (const text of ["L", "R"]) {
      const written = await write(limb(420, 500), { text, capHeight: 24, x: 30, y: 40 });
      const regions = findBurnedInText(written.image);
      expect(regions.map(({ kind }) => kind)).toEqual(["marker"]);
      expect(coverage(written, regions)).toBe(1);
    }
  });

  test("nothing on a limb, on flat grey, on noise", () => {
    const random = new Random(3);
    const noise = Float32Array.from({ length: 300 * 200 }, () => random.next());
    expect(texts(limb(500, 600, 2))).toEqual([]);
    expect(findBurnedInText({ width: 300, height: 200, pixels: new Float32Array(300 * 200).fill(0.4) })).toEqual([]);
    expect(texts({ width: 300, height: 200, pixels: noise })).toEqual([]);
  });

  test("where the text moves, the region goes along", async () => {
    const place = fc.record({ x: fc.integer({ min: 2, max: 230 }), y: fc.integer({ min: 2, max: 480 }) });
    const background = { width: 420, height: 500, pixels: new Float32Array(420 * 500).fill(0.1) };
    await fc.assert(
      fc.asyncProperty(place, async ({ x, y }) => {
        const written = await write(background, { text: "NR 2090417", capHeight: 14, x, y });
        const regions = texts(written.image);
        expect(coverage(written, regions)).toBe(1);
        for (const region of regions) {
          expect(x - region.x).toBeLessThan(30);
          expect(y - region.y).toBeLessThan(30);
          expect(region.x + region.width).toBeLessThan(x + 150);
          expect(region.y + region.height).toBeLessThan(y + 45);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("any picture of any size gives rectangles within it, the same ones each time", () => {
    const size = fc.integer({ min: 1, max: 90 });
    const value = fc.constantFrom(0, 1, 0.5, 0.2, Number.NaN, -3, 7, Infinity);
    fc.assert(
      fc.property(size, size, fc.array(value, { minLength: 1, maxLength: 40 }), (width, height, values) => {
        const pixels = Float32Array.from({ length: width * height }, (_, i) => values[(i * 7) % values.length]!);
        const regions = findBurnedInText({ width, height, pixels });
        for (const { x, y, width: w, height: h, score } of regions) {
          expect([x, y, w, h].every(Number.isInteger)).toBe(true);
          expect(x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= width && y + h <= height).toBe(true);
          expect(score > 0 && score <= 1).toBe(true);
        }
        expect(findBurnedInText({ width, height, pixels })).toEqual(regions);
      }),
      { numRuns: 150 },
    );
  });
});
