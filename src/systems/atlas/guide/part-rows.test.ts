import { expect, test } from "vitest";
import { groupRadiographs } from "../../../../test/support/grouped-radiographs.ts";
import { matrixOfRows } from "../../../numeric/matrix.ts";
import { partRows, partRowsWell } from "./part-rows.ts";

const { data, truth } = groupRadiographs({ regions: 6, clustersPerRegion: 1, seed: 3 });

test.each([2, 3, 4])("%d groups come apart as they are, without being told how many", (groups) => {
  const rows = data.clusters.slice(0, groups).flatMap((cluster) => cluster.rows);
  const parted = partRowsWell(data.features, rows)!;
  expect(parted.parts).toHaveLength(groups);
  for (const part of parted.parts) expect(new Set(part.map((row) => truth[row])).size).toBe(1);
  expect(parted.parts.flat().sort((a, b) => a - b)).toEqual(rows);
  expect(partRowsWell(data.features, rows)).toEqual(parted);
  const sizes = parted.parts.map((part) => part.length);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

test("too few rows, and rows that are all alike, do not come apart", () => {
  expect(partRows(data.features, data.clusters[0]!.rows.slice(0, 3), 2)).toBeUndefined();
  const alike = matrixOfRows(Array.from({ length: 9 }, () => [1, 0]));
  expect(partRows(alike, [...Array(9).keys()], 2)).toBeUndefined();
});
