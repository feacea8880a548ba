import fc from "fast-check";
import { expect, test } from "vitest";
import { fitInversePowerLaw, scoreAt } from "./inverse-power-law.ts";

const amounts = [5, 10, 20, 40, 80, 160];
const shareOf = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });

test("finds the law that points were made by, and goes on along it", () => {
  fc.assert(
    fc.property(shareOf(0.6, 0.98), shareOf(0.1, 0.5), fc.integer({ min: 4, max: 30 }), (ceiling, scale, step) => {
      const rate = 0.1 + step * 0.05;
      const points = amounts.map((n) => ({ n, score: ceiling - scale * n ** -rate }));
      const law = fitInversePowerLaw(points)!;
      expect(scoreAt(law, 500)).toBeCloseTo(ceiling - scale * 500 ** -rate, 6);
    }),
  );
});

test("never promises more than 1, nor less than what is there", () => {
  fc.assert(
    fc.property(fc.array(shareOf(0, 1), { minLength: 6, maxLength: 6 }), (scores) => {
      const law = fitInversePowerLaw(amounts.map((n, i) => ({ n, score: scores[i]! })))!;
      expect(law.ceiling).toBeLessThanOrEqual(1 + 1e-9);
      expect(law.scale).toBeGreaterThanOrEqual(0);
      expect(scoreAt(law, 1000)).toBeGreaterThanOrEqual(scoreAt(law, 160) - 1e-12);
    }),
  );
});

test("draws no law through fewer than four amounts", () => {
  const points = [2, 4, 8, 8].map((n) => ({ n, score: 0.5 }));
  expect(fitInversePowerLaw(points)).toBeUndefined();
});
