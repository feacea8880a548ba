import { expect, test } from "vitest";
import { leafClusters } from "./leaf-clusters.ts";

test("without splits every cluster is a leaf", () => {
  expect(leafClusters(2, [])).toEqual([
    { cluster: 1, splitOf: null },
    { cluster: 2, splitOf: null },
  ]);
});

test("parts stand where their cluster stood, parts of parts too", () => {
  const splits = [
    { cluster: 2, parts: [4, 5] },
    { cluster: 5, parts: [6, 7] },
  ];
  expect(leafClusters(3, splits)).toEqual([
    { cluster: 1, splitOf: null },
    { cluster: 4, splitOf: 2 },
    { cluster: 6, splitOf: 5 },
    { cluster: 7, splitOf: 5 },
    { cluster: 3, splitOf: null },
  ]);
});
