import fc from "fast-check";
import { expect, test } from "vitest";
import { normalQuantile } from "../numeric/normal-quantile.ts";
import { cohenKappa } from "./cohen-kappa.ts";

/** As many pairs of each kind as the table says; rows are the first reader's labels. */
const pairsOf = (table: readonly (readonly number[])[]): [string, string][] =>
  table.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, (): [string, string] => [`${a}`, `${b}`])),
  );

test("the worked example of Fleiss, Cohen and Everitt: psychologists' diagnoses", () => {
  const { kappa, agreement, items } = cohenKappa(
    pairsOf([
      [106, 10, 4],
      [22, 28, 10],
      [2, 12, 6],
    ]),
  );
  expect(items).toBe(200);
  expect(agreement).toBeCloseTo(0.7, 12);
  expect(kappa).toBeCloseTo(0.429, 3); // scikit-learn's cohen_kappa_score: 0.4285714
});

test("the interval is that of the delta method: kappa's slope along each cell, found by differences", () => {
  const cell = fc.integer({ min: 1, max: 40 });
  const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(table, (counts) => {
      const { kappa, interval, items } = cohenKappa(pairsOf(counts));
      const shares = counts.flat().map((count) => count / items);
      const slopes = shares.map((_, at) => {
        const moved = (by: number) => kappaOf(shares.map((share, i) => (i === at ? share + by : share)));
        return (moved(1e-6) - moved(-1e-6)) / 2e-6;
      });
      const mean = slopes.reduce((sum, slope, i) => sum + slope * shares[i]!, 0);
      const square = slopes.reduce((sum, slope, i) => sum + slope ** 2 * shares[i]!, 0);
      const spread = normalQuantile(0.975) * Math.sqrt((square - mean ** 2) / items);
      expect(interval![0]).toBeCloseTo(Math.max(-1, kappa! - spread), 6);
      expect(interval![1]).toBeCloseTo(Math.min(1, kappa! + spread), 6);
    }),
    { numRuns: 50 },
  );
});

/** Kappa of a 3 x 3 table of shares, whose sum need not be 1: a function of nine variables. */
const kappaOf = (shares: readonly number[]): number => {
  const at = (a: number, b: number): number => shares[a * 3 + b]!;
  const numbers = [0, 1, 2];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const observed = sum(numbers.map((i) => at(i, i)));
  const expected = sum(numbers.map((i) => sum(numbers.map((j) => at(i, j))) * sum(numbers.map((j) => at(j, i)))));
  return (observed - expected) / (1 - expected);
};

test("full agreement is 1, agreement by chance 0, and what cannot be said is not said", () => {
  expect(
    cohenKappa(
      pairsOf([
        [5, 0],
        [0, 5],
      ]),
    ).kappa,
  ).toBe(1);
  expect(
    cohenKappa(
      pairsOf([
        [5, 5],
        [5, 5],
      ]),
    ).kappa,
  ).toBeCloseTo(0, 12);
  expect(cohenKappa([["knee", "knee"]])).toEqual({ kappa: null, interval: null, agreement: 1, items: 1 });
  expect(cohenKappa([])).toEqual({ kappa: null, interval: null, agreement: null, items: 0 });
});
