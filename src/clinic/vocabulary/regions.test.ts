import { expect, test } from "vitest";
import { regions as publishedRegions } from "../../phantom/regions/regions.ts";
import { findRegion, regionTerms } from "./regions.ts";

test("there are the 28 published regions, each with a code of its own", () => {
  expect(regionTerms.map(({ name }) => name)).toEqual(publishedRegions.map(({ region }) => region));
  expect(new Set(regionTerms.map(({ code }) => code)).size).toBe(28);
});

test.each([
  ["Knee", "Knee"],
  ["knie", "Knee"],
  ["KN", "Knee"],
  ["Oberschenkel", "Femur"],
  ["cervical spine", "Cervical spine"],
  ["HWS", "Cervical spine"],
  ["Fuss", "Foot"],
  ["Hüfte", "Hip"],
  ["Huefte", "Hip"],
])("%s is %s", (word, region) => {
  expect(findRegion(word)?.value).toBe(region);
});

test.each(["", "discard", "left", "K"])("%j is no region", (word) => {
  expect(findRegion(word)).toBeUndefined();
});
