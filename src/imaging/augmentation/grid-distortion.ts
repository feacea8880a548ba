/** Stretching and shrinking of the cells of a grid. */
import type { Random } from "../../numeric/random.ts";
import { borderFields } from "./border.ts";
import { flag, number, type Range, range } from "./fields.ts";
import { emptyMap, remap } from "./remap.ts";
import { defineTransform } from "./transform.ts";

interface GridOptions {
  readonly numSteps: number;
  readonly distortLimit: Range;
  readonly normalized: boolean;
}

/** Where each of `length` pixels lies after every cell of the grid was stretched by its own random factor. */
const stretchedAxis = (
  length: number,
  { numSteps, distortLimit, normalized }: GridOptions,
  random: Random,
): Float32Array => {
  const cell = Math.floor(length / numSteps);
  // cells of equal length, and one more where the length is no multiple
  const ends = Float64Array.from({ length: numSteps + 1 }, (_, i) => (i < numSteps ? (i + 1) * cell : length));
  const factors = ends.map(() => 1 + random.uniform(...distortLimit));
  const lengths = ends.map((end, i) => (end - (i === 0 ? 0 : ends[i - 1]!)) * factors[i]!);
  const whole = lengths.reduce((sum, value) => sum + value, 0);
  const scale = normalized && whole > 0 ? length / whole : 1;
  const places = new Float32Array(length);
  for (let i = 0, index = 0, start = 0, startPlace = 0; i < length; i++) {
    while (i >= ends[index]!) {
      start = ends[index]!;
      startPlace += lengths[index]! * scale;
      index++;
    }
    places[i] = startPlace + (i + 0.5 - start) * factors[index]! * scale - 0.5;
  }
  return places;
};

/** Stretches and shrinks the columns and rows of a grid. */
export const gridDistortion = defineTransform({
  name: "GridDistortion",
  p: 0.5,
  fields: {
    /** Cells along each axis. */
    numSteps: number(5, { from: 1, to: 1024, whole: true }),
    /** A cell is stretched by 1 plus this. */
    distortLimit: range([-0.3, 0.3], { above: -1, to: 1 }),
    /** Keeps the outer edges where they are. */
    normalized: flag(true),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const columns = stretchedAxis(width, values, random);
    const rows = stretchedAxis(height, values, random);
    const map = emptyMap(width, height);
    for (let y = 0; y < height; y++) {
      map.x.set(columns, y * width);
      map.y.fill(rows[y]!, y * width, (y + 1) * width);
    }
    return remap(sample, map, values);
  },
});
