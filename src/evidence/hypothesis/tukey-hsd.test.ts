import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { studentisedRangeQuantile, studentisedRangeTail } from "./studentised-range.ts";
import { type PairDifference, tukeyHsd } from "./tukey-hsd.ts";

const golden = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/evidence/tukey.json", import.meta.url), "utf8"),
) as {
  cases: { groups: number[][]; pairs: PairDifference[] }[];
  tails: [q: number, groups: number, degrees: number, tail: number][];
};

test("the tail of the studentised range equals scipy's", () => {
  for (const [q, groups, degrees, tail] of golden.tails)
    expect(Math.abs(studentisedRangeTail(q, groups, degrees) - tail)).toBeLessThan(1e-8);
});

test("Tukey's test equals scipy's, groups of unequal size too", () => {
  for (const { groups, pairs } of golden.cases) {
    const measured = tukeyHsd(groups);
    expect(measured).toHaveLength(pairs.length);
    for (const [i, { difference, interval, pValue, ...positions }] of measured.entries()) {
      const wanted = pairs[i]!;
      expect(positions).toEqual({ first: wanted.first, second: wanted.second });
      expect(difference).toBeCloseTo(wanted.difference, 10);
      expect(interval[0]).toBeCloseTo(wanted.interval[0], 5); // scipy finds its quantile to about six digits
      expect(interval[1]).toBeCloseTo(wanted.interval[1], 5);
      expect(Math.abs(pValue - wanted.pValue)).toBeLessThan(1e-8);
    }
  }
});

test("the quantile is where the tail has its share, and two groups are Student's t", () => {
  expect(studentisedRangeTail(studentisedRangeQuantile(0.95, 3, 6), 3, 6)).toBeCloseTo(0.05, 9);
  expect(studentisedRangeQuantile(0.95, 2, 10)).toBeCloseTo(2.2281388519649385 * Math.SQRT2, 7);
});

test("groups that do not vary differ surely or not at all, and too few values are refused", () => {
  const [equal, other] = [
    tukeyHsd([
      [1, 1],
      [1, 1],
    ]),
    tukeyHsd([
      [1, 1],
      [2, 2],
    ]),
  ];
  expect([equal[0]!.pValue, other[0]!.pValue]).toEqual([1, 0]);
  expect(() => tukeyHsd([[1, 2]])).toThrow("two groups");
  expect(() => tukeyHsd([[1], [2]])).toThrow("more values than groups");
  expect(() => studentisedRangeTail(1, 1, 5)).toThrow("2 groups");
});
