import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { describeTexture, TEXTURE_DIMENSIONS } from "./describe-texture.ts";
import type { GreyImage } from "./grey-image.ts";

const picture = (width: number, height: number, valueAt: (x: number, y: number) => number): GreyImage => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) => valueAt(i % width, Math.floor(i / width))),
});
const bone = picture(
  160,
  160,
  (x, y) => 0.1 + 0.7 * Math.exp(-(((x - 70 - y / 8) / 18) ** 2)) + 0.05 * Math.sin(y / 3),
);

describe("describeTexture", () => {
  test("has its length and finite values, also for blank, tiny and noisy pictures", () => {
    const random = new Random(1);
    for (const image of [
      bone,
      picture(5, 3, () => 0.5),
      picture(90, 40, () => random.next()),
      picture(200, 200, () => 0),
    ]) {
      const description = describeTexture(image);
      expect(description.length).toBe(TEXTURE_DIMENSIONS);
      expect(description.every(Number.isFinite)).toBe(true);
    }
  });

  test("exposure does not matter", () => {
    const darker = picture(160, 160, (x, y) => 0.2 + 0.4 * bone.pixels[y * 160 + x]);
    const [a, b] = [describeTexture(bone), describeTexture(darker)];
    a.forEach((value, i) => {
      expect(Math.abs(value - b[i])).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
    });
  });

  test("a mirrored radiograph keeps its mirror symmetry and its grey values", () => {
    const mirrored = picture(160, 160, (x, y) => bone.pixels[y * 160 + 159 - x]);
    const [a, b] = [describeTexture(bone), describeTexture(mirrored)];
    for (const i of [1, 2, 3, 6, TEXTURE_DIMENSIONS - 2, TEXTURE_DIMENSIONS - 1]) expect(b[i]).toBeCloseTo(a[i], 4);
  });
});
