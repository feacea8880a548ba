import { describe, expect, test } from "vitest";
import { matrixOfRows, rowOf } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { countedNeighbours, nearestDistance } from "./nearest-distance.ts";
import { fitGroupScale, onGroupScale } from "./within-groups.ts";

describe("the scale of groups", () => {
  const random = new Random(1);
  const groups = Array.from({ length: 300 }, (_, i) => String(i % 3));
  // Two groups differ along the first number alone, within which they scatter little; the second scatters much in all.
  const rows = groups.map((group) => [Number(group) * 10 + random.normal(0, 0.5), random.normal(0, 20), 7]);
  const scale = fitGroupScale(matrixOfRows(rows), groups, 0.01);

  test("makes what varies within groups count as little as everything else", () => {
    const scaled = rows.map((row) => onGroupScale(scale, Float64Array.from(row)));
    const spreadOf = (axis: number): number => {
      const own = scaled.filter((_, i) => groups[i] === "0").map((row) => row[axis]!);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
    };
    expect(spreadOf(0)).toBeCloseTo(1, 0);
    expect(spreadOf(1)).toBeCloseTo(1, 0);
    expect(scaled.every((row) => row.every(Number.isFinite))).toBe(true); // the third number never varies
  });

  test("lets groups stand apart that the unscaled distance mixes", () => {
    const references = matrixOfRows(
      rows.filter((_, i) => groups[i] === "0").map((row) => onGroupScale(scale, Float64Array.from(row))),
    );
    const distanceOf = (row: readonly number[]): number =>
      nearestDistance(references, onGroupScale(scale, Float64Array.from(row)));
    expect(distanceOf([10, 0, 7])).toBeGreaterThan(5 * distanceOf([0, 0, 7]));
  });

  test("of groups of one vector each is still a scale", () => {
    const few = fitGroupScale(
      matrixOfRows([
        [1, 2],
        [3, 5],
      ]),
      ["a", "b"],
      0.05,
    );
    expect([...onGroupScale(few, Float64Array.of(1, 2))].every(Number.isFinite)).toBe(true);
  });
});

describe("the distance to the nearest", () => {
  const references = matrixOfRows([0, 1, 2, 3, 4, 100].map((at) => [at]));

  test("is the mean over as many as are counted, the nearest first", () => {
    expect(countedNeighbours).toBe(5);
    expect(nearestDistance(references, Float64Array.of(0))).toBe(2);
    expect(nearestDistance(references, Float64Array.of(100))).toBeCloseTo((0 + 96 + 97 + 98 + 99) / 5, 12);
  });

  test("passes over rows that are to be skipped, and is infinite without any", () => {
    expect(nearestDistance(references, Float64Array.of(0), (row) => row === 0)).toBeCloseTo(
      (1 + 2 + 3 + 4 + 100) / 5,
      12,
    );
    expect(nearestDistance(references, Float64Array.of(0), () => true)).toBe(Number.POSITIVE_INFINITY);
    expect(nearestDistance(matrixOfRows([[3], [5]]), rowOf(matrixOfRows([[1]]), 0))).toBe(3);
  });
});
