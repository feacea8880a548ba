/** A heat map as it is drawn: smoothed, coloured from dark to bright, and with lines of equal value for grey monitors. */

import type { HeatMap } from "../../../src/contract/queries.ts";

/** Values row by row. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** The map with a few values between any two of its own, by linear interpolation; the edge values reach to the edge. */
export const smoothed = ({ columns, rows, values }: HeatMap, times: number): Grid => {
  const grid = {
    columns: columns * times,
    rows: rows * times,
    values: new Float32Array(columns * rows * times * times),
  };
  const place = (i: number, length: number): readonly [number, number, number] => {
    const at = Math.min(length - 1, Math.max(0, (i + 0.5) / times - 0.5));
    const low = Math.floor(at);
    return [low, Math.min(length - 1, low + 1), at - low];
  };
  for (let y = 0; y < grid.rows; y += 1) {
    const [top, bottom, down] = place(y, rows);
    for (let x = 0; x < grid.columns; x += 1) {
      const [left, right, across] = place(x, columns);
      const upper = values[top * columns + left]! * (1 - across) + values[top * columns + right]! * across;
      const lower = values[bottom * columns + left]! * (1 - across) + values[bottom * columns + right]! * across;
      grid.values[y * grid.columns + x] = upper * (1 - down) + lower * down;
    }
  }
  return grid;
};

type Colour = readonly [red: number, green: number, blue: number];

/** Brightness grows with the value, so the order shows in grey too. */
const stops: readonly Colour[] = [
  [20, 11, 54],
  [101, 21, 110],
  [188, 55, 84],
  [249, 142, 9],
  [252, 255, 164],
];

/** The colour of a value in [0, 1]. */
export const heatColour = (value: number): Colour => {
  const at = Math.min(1, Math.max(0, value)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [stops[low]!, stops[low + 1]!];
  return [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * (at - low))) as unknown as Colour;
};

/** The grid as a picture whose opacity grows with the value: what adds nothing stays as it is. */
export const heatPixels = ({ columns, rows, values }: Grid): ImageData => {
  const image = new ImageData(columns, rows);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    image.data.set([...heatColour(value), Math.round(255 * Math.min(1, value * 1.5))], i * 4);
  }
  return image;
};

/** The line where the grid crosses a level, as the path of an SVG in cells of the grid (marching squares). */
export const contour = ({ columns, rows, values }: Grid, level: number): string => {
  const path: string[] = [];
  for (let y = 0; y < rows - 1; y += 1) {
    for (let x = 0; x < columns - 1; x += 1) {
      const a = values[y * columns + x]!;
      const b = values[y * columns + x + 1]!;
      const c = values[(y + 1) * columns + x + 1]!;
      const d = values[(y + 1) * columns + x]!;
      const crossings: string[] = [];
      const cross = (from: number, to: number, at: (share: number) => readonly [number, number]): void => {
        if (from >= level === to >= level) return;
        const [px, py] = at((level - from) / (to - from));
        crossings.push(`${(px + 0.5).toFixed(2)} ${(py + 0.5).toFixed(2)}`);
      };
      cross(a, b, (share) => [x + share, y]);
      cross(b, c, (share) => [x + 1, y + share]);
      cross(d, c, (share) => [x + share, y + 1]);
      cross(a, d, (share) => [x, y + share]);
      for (let i = 0; i + 1 < crossings.length; i += 2) path.push(`M${crossings[i]}L${crossings[i + 1]}`);
    }
  }
  return path.join("");
};
