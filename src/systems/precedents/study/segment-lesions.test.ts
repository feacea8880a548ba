import { expect, test } from "vitest";
import { boxOfLargest, boxOverlap } from "./segment-lesions.ts";

test("the box is that of the largest connected part, and of nothing there is none", () => {
  const size = 8;
  const logits = new Float32Array(size * size).fill(-1);
  expect(boxOfLargest(logits, size)).toBeNull();
  for (const [x, y] of [
    [0, 0],
    [7, 7], // not connected with the next row's first pixel
    [2, 3],
    [3, 3],
    [3, 4],
    [3, 5],
  ] as const)
    logits[y * size + x] = 2;
  expect(boxOfLargest(logits, size)).toEqual({ x: 2, y: 3, width: 2, height: 3 });
});

test("boxes overlap by what they share of what they cover", () => {
  const box = { x: 0, y: 0, width: 4, height: 2 };
  expect(boxOverlap(box, box)).toBe(1);
  expect(boxOverlap(box, { ...box, x: 2 })).toBeCloseTo(4 / 12, 12);
  expect(boxOverlap(box, { ...box, x: 4 })).toBe(0);
});
