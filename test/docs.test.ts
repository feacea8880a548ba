/** The API reference is what the docstrings say, and says something of everything. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entries, makePages } from "../scripts/docs/pages.ts";

const pages = makePages();

test("the reference has a page for every entry of the package", () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, string> };
  expect(Object.fromEntries(Object.entries(entries).map(([name, path]) => [`./${name}`, `./${path}`]))).toEqual(
    exports,
  );
});

describe.each(pages)("$path", ({ path, text, undocumented }) => {
  test("is up to date; if not, run `npm run docs`", () => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("tells what every export is", () => {
    expect(undocumented).toEqual([]);
  });
});
