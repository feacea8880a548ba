import { expect, test } from "vitest";
import { strictMajorityBound } from "../../../evidence/retrieval-scores.ts";
import {
  attainableCounts,
  commonFactor,
  independentHit,
  independentMajority,
  independentPlurality,
  oneVersusRest,
  presentClasses,
  publishedPrecision,
  publishedVote,
  sharedCounts,
} from "./published-figures.ts";

test("92.86 % is 13 of 14: of fewer than 546 cases only of multiples of 14, and never beside 62.58 %", () => {
  const counts = attainableCounts(publishedVote[3]!, 1, 545);
  expect(counts[0]).toBe(14);
  expect(counts.every((count) => count % 14 === 0)).toBe(true);
  expect(attainableCounts(publishedPrecision[3]!, 3, 400)).toEqual(expect.arrayContaining([163, 269, 359]));
  expect(sharedCounts(545)).toEqual([]);
});

test("the readings by arithmetic", () => {
  const precision = publishedPrecision[3]!;
  expect(strictMajorityBound(precision, 3)).toBeCloseTo(0.9387, 4);
  expect(independentMajority(precision)).toBeCloseTo(0.685, 3);
  expect(independentPlurality(precision)).toBeCloseTo(0.763, 3);
  expect(independentHit(precision)).toBeCloseTo(0.948, 3);
  expect(oneVersusRest(9 / 14)).toBeCloseTo(0.9286, 4);
});

test("recall is one multiple of accuracy in all seven rows of the table, as far as the digits tell", () => {
  const [low, high] = commonFactor()!;
  expect(low).toBeGreaterThan(2.725);
  expect(high).toBeLessThan(2.7254);
  expect(1 / high).toBeGreaterThan(presentClasses(5));
  expect(1 / low).toBeLessThan(presentClasses(6)); // of no whole number of cases exactly
});
