import fc from "fast-check";
import { expect, test } from "vitest";
import { averageRows } from "./average-rows.ts";
import { type GreyRows, imageOfRows, partOfRows, rowsOfImage, rowsOfTable } from "./grey-rows.ts";

const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      samples: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
    }),
  );
const table = Float32Array.from({ length: 256 }, (_, value) => value / 255);

test("each pixel is the mean of its square, at the sides of what is left of it, by either way of reading", () => {
  fc.assert(
    fc.property(pictures, fc.integer({ min: 1, max: 6 }), ({ width, height, samples }, factor) => {
      const rows = rowsOfTable(samples, table, { width, height });
      const { addSums: _, ...plain } = rows;
      const expected: number[] = [];
      for (let y = 0; y < height; y += factor) {
        for (let x = 0; x < width; x += factor) {
          let [sum, count] = [0, 0];
          for (let v = y; v < Math.min(y + factor, height); v++) {
            for (let u = x; u < Math.min(x + factor, width); u++, count++) sum += samples[v * width + u]! / 255;
          }
          expected.push(sum / count);
        }
      }
      for (const source of [rows, plain] satisfies GreyRows[]) {
        const { pixels } = imageOfRows(averageRows(source, factor));
        expect(pixels.length).toBe(expected.length);
        for (const [i, value] of pixels.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
      }
    }),
  );
});

test("a part of a picture has its rows", () => {
  const image = { width: 4, height: 3, pixels: Float32Array.from({ length: 12 }, (_, i) => i / 12) };
  const part = imageOfRows(partOfRows(rowsOfImage(image), { left: 1, top: 1, width: 2, height: 2 }));
  expect(Array.from(part.pixels, (value) => Math.round(value * 12))).toEqual([5, 6, 9, 10]);
});
