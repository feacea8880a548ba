import { expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { type SquarePixels, type View, warp } from "./warp.ts";

const size = 16;
const random = new Random(4);
const picture: SquarePixels = { size, pixels: Float32Array.from({ length: size * size }, () => random.next()) };
const seen = (view: View, targetSize = size): Float32Array => {
  const target = { size: targetSize, pixels: new Float32Array(targetSize * targetSize) };
  warp(picture, target, view);
  return target.pixels;
};
const at = (pixels: Float32Array, x: number, y: number): number => pixels[y * size + x]!;

test("the plain view is the picture itself", () => {
  seen({}).forEach((value, i) => {
    expect(value).toBeCloseTo(picture.pixels[i]!, 5);
  });
});

test("flips mirror and quarter turns turn", () => {
  const views = {
    horizontal: seen({ horizontalFlip: true }),
    vertical: seen({ verticalFlip: true }),
    quarter: seen({ rotate: 90 }),
  };
  for (const [x, y] of [
    [0, 0],
    [3, 7],
    [15, 2],
  ] as const) {
    expect(at(views.horizontal, x, y)).toBeCloseTo(at(picture.pixels, size - 1 - x, y), 4);
    expect(at(views.vertical, x, y)).toBeCloseTo(at(picture.pixels, x, size - 1 - y), 4);
    expect(at(views.quarter, x, y)).toBeCloseTo(at(picture.pixels, size - 1 - y, x), 4);
  }
});

test("a translation moves the picture and repeats its edge", () => {
  const moved = seen({ translateX: 2 / size });
  expect(at(moved, 5, 5)).toBeCloseTo(at(picture.pixels, 3, 5), 5);
  expect(at(moved, 0, 5)).toBeCloseTo(at(picture.pixels, 0, 5), 5);
});

test("no view leaves the range of the picture's values", () => {
  const [low, high] = [Math.min(...picture.pixels), Math.max(...picture.pixels)];
  for (let i = 0; i < 50; i++) {
    const view = {
      rotate: random.uniform(-180, 180),
      scale: random.uniform(0.3, 3),
      translateX: random.uniform(-2, 2),
      aspect: 1.2,
    };
    for (const value of seen(view, 11)) {
      expect(value).toBeGreaterThanOrEqual(low - 1e-6);
      expect(value).toBeLessThanOrEqual(high + 1e-6);
    }
  }
});
