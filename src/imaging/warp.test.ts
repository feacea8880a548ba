import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { type SquarePixels, type WarpOptions, warp } from "./warp.ts";

const picture = (size: number, valueAt: (x: number, y: number) => number): SquarePixels => ({
  size,
  pixels: Float32Array.from({ length: size * size }, (_, i) => valueAt(i % size, Math.floor(i / size))),
});
const random = new Random(1, "warp");
const noise = picture(9, () => random.next());

const warped = (source: SquarePixels, size: number, options: WarpOptions): Float32Array => {
  const target = { size, pixels: new Float32Array(size * size).fill(-99) };
  warp(source, target, options);
  return target.pixels;
};

const expectClose = (actual: Float32Array, expected: Float32Array, tolerance = 1e-6): void => {
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(tolerance);
  });
};

describe("warp", () => {
  test.each(["bilinear", "nearest"] as const)("a view that changes nothing copies, %s", (interpolation) => {
    expect(warped(noise, 9, { interpolation })).toEqual(noise.pixels);
  });

  test("mirrors, quarter turns and shifts by whole pixels move pixels exactly", () => {
    const at = (x: number, y: number): number => noise.pixels[y * 9 + x];
    expectClose(warped(noise, 9, { horizontalFlip: true }), picture(9, (x, y) => at(8 - x, y)).pixels);
    expectClose(warped(noise, 9, { verticalFlip: true }), picture(9, (x, y) => at(x, 8 - y)).pixels);
    expectClose(warped(noise, 9, { rotate: 90 }), picture(9, (x, y) => at(8 - y, x)).pixels);
    const shift = { translateX: 2 / 9, translateY: -1 / 9 };
    expectClose(
      warped(noise, 9, { ...shift, border: 5 }),
      picture(9, (x, y) => (x < 2 || y > 7 ? 5 : at(x - 2, y + 1))).pixels,
    );
    expectClose(warped(noise, 9, shift), picture(9, (x, y) => at(Math.max(x - 2, 0), Math.min(y + 1, 8))).pixels);
  });

  test("a positive angle turns counter-clockwise, scale enlarges, aspect widens and flattens", () => {
    const dot = (x: number, y: number): SquarePixels => picture(21, (px, py) => Number(px === x && py === y));
    const brightest = (pixels: Float32Array): number[] => {
      const i = pixels.indexOf(Math.max(...pixels));
      return [i % 21, Math.floor(i / 21)];
    };
    expect(brightest(warped(dot(16, 10), 21, { rotate: 90 }))).toEqual([10, 4]);
    expect(brightest(warped(dot(13, 10), 21, { scale: 2 }))).toEqual([16, 10]);
    expect(brightest(warped(dot(14, 6), 21, { aspect: 2 }))).toEqual([18, 8]);
  });

  test("a plane stays a plane under turning, scaling and reduction, inside the picture", () => {
    const plane = picture(40, (x, y) => 3 * (x - 19.5) - 2 * (y - 19.5) + 1);
    const values = warped(plane, 24, { rotate: 30, scale: 1.6 });
    const step = 40 / 24 / 1.6;
    const [c, s] = [Math.cos(Math.PI / 6) * step, Math.sin(Math.PI / 6) * step];
    const expected = picture(24, (x, y) => {
      const [u, v] = [x - 11.5, y - 11.5];
      return 3 * (c * u - s * v) - 2 * (s * u + c * v) + 1;
    });
    expectClose(values, expected.pixels, 1e-4);
  });

  test("no view leaves the range of the picture's values", () => {
    const [low, high] = [Math.min(...noise.pixels), Math.max(...noise.pixels)];
    for (let i = 0; i < 50; i++) {
      const view = {
        rotate: random.uniform(-180, 180),
        scale: random.uniform(0.3, 3),
        translateX: random.uniform(-2, 2),
        aspect: 1.2,
      };
      for (const value of warped(noise, 11, view)) {
        expect(value).toBeGreaterThanOrEqual(low - 1e-6);
        expect(value).toBeLessThanOrEqual(high + 1e-6);
      }
    }
  });

  test("nearest invents no values", () => {
    const mask = picture(16, (x, y) => Number(x > 4 && y > 7));
    const values = new Set(warped(mask, 16, { rotate: 37, scale: 1.2, border: 0, interpolation: "nearest" }));
    expect([...values].sort()).toEqual([0, 1]);
  });
});
