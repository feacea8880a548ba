import fc from "fast-check";
import { expect, test } from "vitest";
import { fillPolygon, type Point } from "./fill-polygon.ts";

const rows = (width: number, height: number, corners: readonly Point[]): string[] => {
  const mask = new Uint8Array(width * height);
  fillPolygon(mask, width, corners);
  return Array.from({ length: height }, (_, y) => mask.subarray(y * width, (y + 1) * width).join(""));
};

test("pixels whose centres lie inside are set", () => {
  expect(
    rows(4, 3, [
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
    ]),
  ).toEqual(["0000", "0110", "0110"]);
  expect(
    rows(4, 4, [
      [0, 0],
      [4, 0],
      [0, 4],
    ]),
  ).toEqual(["1110", "1100", "1000", "0000"]);
});

test("corners outside the picture, and what is no polygon, do no harm", () => {
  expect(
    rows(3, 2, [
      [-5, -5],
      [9, -5],
      [9, 9],
      [-5, 9],
    ]),
  ).toEqual(["111", "111"]);
  expect(
    rows(3, 2, [
      [0, 0],
      [3, 2],
    ]),
  ).toEqual(["000", "000"]);
});

test("the mask is what asking every pixel would give", () => {
  const point = fc.tuple(fc.double({ min: -3, max: 15, noNaN: true }), fc.double({ min: -3, max: 15, noNaN: true }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), (corners) => {
      const mask = new Uint8Array(144);
      fillPolygon(mask, 12, corners);
      for (let y = 0; y < 12; y++)
        for (let x = 0; x < 12; x++) {
          let inside = false;
          let distance = Infinity;
          corners.forEach(([x2, y2], i) => {
            const [x1, y1] = corners.at(i - 1)!;
            if (y1 > y + 0.5 === y2 > y + 0.5) return;
            const at = x1 + ((y + 0.5 - y1) / (y2 - y1)) * (x2 - x1);
            distance = Math.min(distance, Math.abs(at - x - 0.5));
            if (at > x + 0.5) inside = !inside;
          });
          // On the very outline either answer is right.
          if (distance > 1e-9) expect(mask[y * 12 + x]).toBe(inside ? 1 : 0);
        }
    }),
  );
});
