import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import type { GreyImage } from "./grey-image.ts";
import { letterbox, letterboxPlacement } from "./letterbox.ts";
import { percentiles } from "./percentiles.ts";
import { resize } from "./resize.ts";

const image = (width: number, height: number, pixel: (x: number, y: number) => number): GreyImage => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) => pixel(i % width, Math.floor(i / width))),
});
const noise = (width: number, height: number): GreyImage => {
  const random = new Random(41, "resize", width, height);
  return image(width, height, () => random.next());
};
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sizes = fc.integer({ min: 1, max: 40 });

describe("resize", () => {
  test("one grey stays one grey, and no value leaves the range of the picture", () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, (width, height, newWidth, newHeight) => {
        const flat = resize(
          image(width, height, () => 0.3),
          newWidth,
          newHeight,
        );
        expect(flat.pixels.every((value) => Math.abs(value - 0.3) < 1e-6)).toBe(true);
        const source = noise(width, height);
        const low = Math.min(...source.pixels) - 1e-6;
        const high = Math.max(...source.pixels) + 1e-6;
        expect(resize(source, newWidth, newHeight).pixels.every((value) => value >= low && value <= high)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("a ramp stays a ramp at every reduction", () => {
    const ramp = resize(
      image(96, 4, (x) => (x + 0.5) / 96),
      12,
      1,
    );
    for (let x = 1; x < 11; x++) expect(ramp.pixels[x]).toBeCloseTo((x + 0.5) / 12, 6);
  });

  test("a strong reduction takes every pixel into account, so fine stripes become grey instead of moire", () => {
    const stripes = resize(
      image(512, 512, (x) => x & 1),
      37,
      37,
    );
    expect(Math.max(...stripes.pixels) - Math.min(...stripes.pixels)).toBeLessThan(0.05);
    const large = noise(300, 200);
    expect(mean(resize(large, 30, 20).pixels)).toBeCloseTo(mean(large.pixels), 2);
  });

  test("growing interpolates linearly", () => {
    const grown = resize(
      image(2, 1, (x) => x),
      4,
      1,
    );
    expect([...grown.pixels].map((value) => Number(value.toFixed(4)))).toEqual([0, 0.25, 0.75, 1]);
  });
});

describe("letterbox", () => {
  test("the longer side fills the box, the rest is 0, nothing is stretched", () => {
    const boxed = letterbox(
      image(10, 40, () => 1),
      20,
    );
    expect([boxed.width, boxed.height]).toEqual([20, 20]);
    const row = [...boxed.pixels.subarray(0, 20)];
    expect(row.map((value) => (value > 0.5 ? 1 : 0)).join("")).toBe("00000001111100000000");
    expect(boxed.pixels.filter((value) => value !== 0 && Math.abs(value - 1) > 1e-6).length).toBe(0);
  });

  test("the placement keeps the aspect ratio within half a pixel and stays inside", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 4000 }),
        sizes,
        (width, height, size) => {
          const box = letterboxPlacement({ width, height }, size);
          expect(Math.max(box.width, box.height)).toBe(size);
          expect(box.left >= 0 && box.top >= 0 && box.left + box.width <= size && box.top + box.height <= size).toBe(
            true,
          );
          const shorter = (Math.min(width, height) / Math.max(width, height)) * size;
          expect(Math.abs(Math.min(box.width, box.height) - Math.max(shorter, 1))).toBeLessThanOrEqual(0.5 + 1e-9);
        },
      ),
    );
  });
});

describe("percentiles", () => {
  test("weights count, the ends are the extremes", () => {
    expect(percentiles([0, 10, 20], [1, 98, 1], [0, 0.01, 0.011, 0.99, 0.991, 1])).toEqual([0, 0, 10, 10, 20, 20]);
    expect(percentiles([5], [3], [0.005, 0.995])).toEqual([5, 5]);
  });
});
