import { expect, test } from "vitest";
import { meanInterval } from "./mean-interval.ts";

test("five measurements: the mean, and 2.776 standard errors to both sides", () => {
  const { mean, interval } = meanInterval([2, 4, 4, 5, 10]);
  expect(mean).toBe(5);
  const standardError = Math.sqrt(9 / 5); // the variance is 36 / 4
  expect(interval![0]).toBeCloseTo(5 - 2.7764451 * standardError, 6);
  expect(interval![1]).toBeCloseTo(5 + 2.7764451 * standardError, 6);
});

test("two measurements have one degree of freedom; one has no interval, none no mean", () => {
  expect(meanInterval([0, 2]).interval![1]).toBeCloseTo(1 + 12.7062047, 5);
  expect(meanInterval([3])).toEqual({ mean: 3, interval: null });
  expect(() => meanInterval([])).toThrow("no measurements");
});
