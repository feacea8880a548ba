import { expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import type { ByteLevel } from "./byte-pyramid.ts";
import { strokeComponents } from "./stroke-components.ts";
import { type StrokeContrast, strokeContrast } from "./stroke-contrast.ts";

/** Random rectangles on grain. */
const picture = (width: number, height: number, seed: number): ByteLevel => {
  const random = new Random(seed);
  const bytes = Uint8Array.from({ length: width * height }, () => 2 * Math.round(50 + random.uniform(-4, 4)));
  for (let k = 0; k < 40; k++) {
    const [x, y] = [random.integer(width), random.integer(height)];
    const [w, h, value] = [1 + random.integer(12), 1 + random.integer(12), 2 * random.integer(128)];
    for (let v = y; v < Math.min(height, y + h); v++)
      bytes.fill(value, v * width + x, v * width + Math.min(width, x + w));
  }
  return { width, height, bytes, scale: 1 };
};

/** By the definition: the largest of the least of 7 x 7 pixels, border pixels repeated. */
const openedAt = (level: ByteLevel, x: number, y: number): number => {
  const at = (u: number, v: number): number =>
    level.bytes[Math.min(level.height - 1, Math.max(0, v)) * level.width + Math.min(level.width - 1, Math.max(0, u))]!;
  let most = 0;
  for (let dy = -3; dy <= 3; dy++) {
    for (let dx = -3; dx <= 3; dx++) {
      let least = 255;
      for (let v = -3; v <= 3; v++) for (let u = -3; u <= 3; u++) least = Math.min(least, at(x + dx + u, y + dy + v));
      most = Math.max(most, least);
    }
  }
  return most;
};

test("what is kept are top-hats as defined, also across blocks and at borders", () => {
  for (const [width, height, seed] of [
    [150, 90, 1],
    [67, 131, 2],
    [9, 8, 3],
  ] as const) {
    const level = picture(width, height, seed);
    const inverted = { ...level, bytes: level.bytes.map((value) => 254 - value) };
    const { bright } = strokeContrast(level);
    const { dark } = strokeContrast(inverted);
    let kept = 0;
    for (let i = 0; i < level.bytes.length; i++) {
      if (bright.values[i] === 0) continue;
      kept++;
      expect(bright.values[i]).toBe(level.bytes[i]! - openedAt(level, i % width, Math.floor(i / width)));
    }
    expect(kept).toBeGreaterThan(10);
    expect(dark.values).toEqual(bright.values);
  }
});

test("a level is not looked at where the coarser one shows nothing thin", () => {
  const level: ByteLevel = { width: 256, height: 256, bytes: new Uint8Array(256 * 256).fill(40), scale: 1 };
  for (let y = 20; y < 34; y++) level.bytes[y * 256 + 30] = 240; // a stroke
  for (let y = 150; y < 256; y++) level.bytes.fill(240, y * 256 + 150, (y + 1) * 256); // a plain
  const half: ByteLevel = { width: 128, height: 128, bytes: new Uint8Array(128 * 128), scale: 2 };
  for (let i = 0; i < half.bytes.length; i++) {
    const j = 2 * Math.floor(i / 128) * 256 + 2 * (i % 128);
    half.bytes[i] = (level.bytes[j]! + level.bytes[j + 1]! + level.bytes[j + 256]! + level.bytes[j + 257]!) >> 2;
  }
  const { bright } = strokeContrast(level, strokeContrast(half));
  expect(bright.blocks.reduce((sum, block) => sum + block, 0)).toBe(1);
  expect(bright.values[25 * 256 + 30]).toBe(200);
});

test("components are those of a flood fill", () => {
  const random = new Random(7);
  const [width, height] = [130, 70];
  const values = Uint8Array.from({ length: width * height }, () => (random.chance(0.4) ? 1 + random.integer(255) : 0));
  const blocks = Uint8Array.from({ length: 6 }, () => 1);
  const strokes: StrokeContrast = { width, height, values, blocks, blocksAcross: 3 };
  const seen = new Uint8Array(values.length);
  const expected: string[] = [];
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || values[start] === 0) continue;
    const stack = [start];
    seen[start] = 1;
    let [left, top, right, bottom, area, sum] = [width, height, 0, 0, 0, 0];
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      const [x, y] = [i % width, Math.floor(i / width)];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
      area++;
      sum += values[i]!;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const j = v * width + u;
          if (seen[j] || values[j] === 0) continue;
          seen[j] = 1;
          stack.push(j);
        }
      }
    }
    if (area >= 3) expected.push([left, top, right, bottom, area, (sum / area).toFixed(6)].join());
  }
  const found = strokeComponents(strokes, 3).map((c) =>
    [c.left, c.top, c.right, c.bottom, c.area, c.contrast.toFixed(6)].join(),
  );
  expect(found.sort()).toEqual(expected.sort());
});
