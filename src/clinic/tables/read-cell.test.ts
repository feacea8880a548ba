import { expect, test } from "vitest";
import { readCell } from "./read-cell.ts";

test.each([
  ["Femur (links)", "left"],
  ["Femur [re.]", "right"],
  ["Femur re", "right"],
  ["rechter Femur", "right"],
  ["left femur", "left"],
  ["distaler Femur li.", "left"],
  ["Femur bds.", "both"],
])("the side that the cell of a site names: %s", (text, sideOfSite) => {
  expect(readCell("site", text, { asOf: "2026-01-01" }).values).toEqual({ site: "femur", sideOfSite });
});

test.each(["Femur", "distaler Femur", "Femur (proximal)"])(
  "no side where the cell of a site names none: %s",
  (text) => {
    expect(readCell("site", text, { asOf: "2026-01-01" }).values).toEqual({ site: "femur" });
  },
);
