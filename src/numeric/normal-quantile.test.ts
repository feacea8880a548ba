import { expect, test } from "vitest";
import { normalDistribution, normalQuantile } from "./normal-quantile.ts";

/** Source: scipy 1.10.1, scipy.stats.norm.ppf. */
const golden: readonly (readonly [p: number, z: number])[] = [
  [1e-12, -7.034483825301131],
  [0.001, -3.090232306167813],
  [0.025, -1.9599639845400545],
  [0.3, -0.5244005127080409],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.995, 2.5758293035489004],
];

test.each(golden)("the quantile of %d is scipy's %d, and the distribution leads back", (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 12);
  expect(normalDistribution(z) / p).toBeCloseTo(1, 11);
});

test("shares outside (0, 1) are refused", () => {
  expect(() => normalQuantile(0)).toThrow("not 0");
  expect(() => normalQuantile(1)).toThrow("not 1");
});
