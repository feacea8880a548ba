import { expect, test } from "vitest";
import { contour, heatColour, smoothed } from "./heat-grid.ts";

const map = { columns: 2, rows: 2, values: [0, 1, 0, 1], area: { x: 0, y: 0, width: 1, height: 1 } };

test("smoothing keeps the values and their order", () => {
  const { columns, rows, values } = smoothed(map, 4);
  expect([columns, rows]).toEqual([8, 8]);
  const row = [...values.slice(0, 8)];
  expect(row).toEqual(row.toSorted((a, b) => a - b));
  expect([row[0], row[7]]).toEqual([0, 1]);
});

test("the line of a level goes where the grid crosses it", () => {
  const path = contour({ columns: 3, rows: 2, values: Float32Array.of(0, 1, 1, 0, 1, 1) }, 0.5);
  expect(path).toBe("M1.00 0.50L1.00 1.50");
  expect(contour({ columns: 2, rows: 2, values: new Float32Array(4) }, 0.5)).toBe("");
});

test("brighter means more, also on a grey monitor", () => {
  const brightness = [0, 0.25, 0.5, 0.75, 1].map((value) => {
    const [red, green, blue] = heatColour(value);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  expect(brightness).toEqual(brightness.toSorted((a, b) => a - b));
});
