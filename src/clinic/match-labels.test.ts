import { expect, test } from "vitest";
import { parseLabelsTable } from "./labels-table.ts";
import { matchLabels } from "./match-labels.ts";

const match = (images: readonly string[], paths: readonly string[]) => {
  const table = parseLabelsTable(new TextEncoder().encode(`image\n${images.join("\n")}\n`));
  const { rowOf, shared, unmatched } = matchLabels(table, paths);
  const imageOf = new Map([...table.rows].map(([image, row]) => [row, image]));
  return {
    rowOf: Object.fromEntries([...rowOf].map(([path, row]) => [path, imageOf.get(row)])),
    shared: [...shared].map((row) => imageOf.get(row)),
    unmatched: [...unmatched.keys()],
  };
};

test("a row names a file by its name or by the end of its path, whole folder names only", () => {
  expect(match(["1.png", "b/2.png", "/x/b/3.png"], ["/x/a/1.png", "/x/b/2.png", "/x/ab/2.png", "/x/b/3.png"])).toEqual({
    rowOf: { "/x/a/1.png": "1.png", "/x/b/2.png": "b/2.png", "/x/b/3.png": "x/b/3.png" },
    shared: [],
    unmatched: [],
  });
});

test("slashes of either kind and letters composed or not are the same", () => {
  const path = "/x/Knöchel/ü.png".normalize("NFD");
  expect(match(["Knöchel\\ü.png"], [path]).rowOf).toEqual({ [path]: "Knöchel/ü.png" });
  expect(match(["./ü.png".normalize("NFD")], ["/x/ü.png"]).unmatched).toEqual([]);
});

test("the row with more folders counts, and a name that is left to several files is told", () => {
  expect(match(["a/1.png", "1.png"], ["/a/1.png", "/b/1.png"])).toMatchObject({
    rowOf: { "/a/1.png": "a/1.png", "/b/1.png": "1.png" },
    shared: [],
  });
  expect(match(["1.png", "2.png"], ["/a/1.png", "/b/1.png"])).toMatchObject({
    shared: ["1.png"],
    unmatched: ["2.png"],
  });
});
