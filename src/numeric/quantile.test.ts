import fc from "fast-check";
import { expect, test } from "vitest";
import { quantile, quantiles } from "./quantile.ts";

test("the methods differ between two values, by hand", () => {
  const sample = [10, 0, 30, 20];
  expect(quantile(sample, 0.4)).toBeCloseTo(12, 12);
  expect(quantile(sample, 0.4, "lower")).toBe(10);
  expect(quantile(sample, 0.4, "higher")).toBe(20);
  expect(quantiles(sample, [0, 0.5, 1])).toEqual([0, 15, 30]);
  expect(sample).toEqual([10, 0, 30, 20]);
});

test("a quantile lies between the extremes and rises with its share", () => {
  const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(sample, share, share, (values, a, b) => {
      const [low, high] = quantiles(values, [Math.min(a, b), Math.max(a, b)]);
      expect(low).toBeGreaterThanOrEqual(Math.min(...values));
      expect(high).toBeGreaterThanOrEqual(low - 1e-9);
      expect(high).toBeLessThanOrEqual(Math.max(...values));
      expect(quantile(values, a, "lower")).toBeLessThanOrEqual(quantile(values, a, "higher"));
    }),
  );
});

test("an empty sample and a share outside [0, 1] are refused", () => {
  expect(() => quantile([], 0.5)).toThrow("empty sample");
  expect(() => quantile([1], 1.5)).toThrow("not 1.5");
});
