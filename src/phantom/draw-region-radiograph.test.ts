import { describe, expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { drawRegionRadiograph } from "./draw-region-radiograph.ts";
import { type Region, regions } from "./regions/regions.ts";
import { shots } from "./regions/shots.ts";

const people = [
  { ageYears: 6, sex: "F" as const },
  { ageYears: 78, sex: "M" as const },
];

test("the published numbers are those of the paper's total", () => {
  expect(regions).toHaveLength(28);
  expect(regions.reduce((sum, { publishedImages }) => sum + publishedImages, 0)).toBe(29_433);
});

describe.each(regions)("$region", ({ region }) => {
  test.each(shots[region as Region].map(({ view }) => view))(
    "shows bone in the %s view of a girl or an old man",
    (view) => {
      const views = shots[region as Region].map((shot) => shot.view);
      for (const [seed, person] of people.entries()) {
        // each region shows both people; where it has several views, they take turns
        if (views.length > 1 && views.indexOf(view) % people.length !== seed) continue;
        const { picture } = drawRegionRadiograph({ region, view, seed, ...person });
        expect(picture.values).toHaveLength(picture.width * picture.height);
        let [sum, squares, bright] = [0, 0, 0];
        for (const value of picture.values) {
          if (!(value >= 0 && value <= 1)) throw new Error(`a grey value of ${value}`);
          sum += value;
          squares += value * value;
          if (value > 0.6) bright++;
        }
        const mean = sum / picture.values.length;
        // neither empty nor one grey
        expect(squares / picture.values.length - mean * mean).toBeGreaterThan(0.005);
        expect(bright / picture.values.length).toBeGreaterThan(0.01);
      }
    },
  );
});

test("equal options give equal pixels, another seed another person", () => {
  const options = { region: "Knee", view: "AP", seed: 4, ageYears: 30, sex: "F" } as const;
  expect(drawRegionRadiograph(options)).toEqual(drawRegionRadiograph(options));
  expect(drawRegionRadiograph({ ...options, seed: 5 }).picture.values).not.toEqual(
    drawRegionRadiograph(options).picture.values,
  );
});

test("an operated bone holds what was put in", () => {
  const implants = Array.from(
    { length: 6 },
    (_, seed) =>
      drawRegionRadiograph({ region: "Knee", view: "AP", seed, ageYears: 50, sex: "M", operated: true }).implant,
  );
  expect(implants.every((implant) => implant !== undefined)).toBe(true);
  expect(drawRegionRadiograph({ region: "Skull", seed: 1, ageYears: 50, sex: "M", operated: true }).implant).toBe(
    undefined,
  );
});

test("a view that a region does not have is refused", () => {
  expect(() => drawRegionRadiograph({ region: "Pelvis", view: "axial", seed: 1, ageYears: 30, sex: "F" })).toThrow(
    OsteonError,
  );
});
