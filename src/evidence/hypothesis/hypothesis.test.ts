import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { kruskalWallis, mannWhitneyU, oneWayAnova, welchTTest } from "./compare-groups.ts";
import { chiSquaredTest, fisherExactTest, leastExpected } from "./contingency-table.ts";
import { dagostinoPearson } from "./dagostino-pearson.ts";
import { rank } from "./ranks.ts";
import { shapiroWilk } from "./shapiro-wilk.ts";
import { chiSquaredTail, fTail } from "./tail-probabilities.ts";
import type { TestResult } from "./test-result.ts";

type Outcome = [statistic: number, pValue: number];

const golden = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/evidence/hypothesis.json", import.meta.url), "utf8"),
) as {
  samples: Record<string, number[]>;
  shapiro: Record<string, Outcome>;
  normaltest: Record<string, Outcome>;
  groups: [number[], number[], number[]];
  welch: Outcome;
  anova: Outcome;
  mannwhitney: Outcome;
  kruskal: Outcome;
  tables: number[][][];
  chi2: Outcome[];
  fisher: (Outcome | null)[];
  tails: [kind: "chi2" | "f", x: number, a: number, b: number, tail: number][];
};

/** Equal in eight digits of the larger and down to 1e-13. */
const expectClose = (measured: number, wanted: number, digits = 1e-8): void => {
  if (!Number.isFinite(wanted)) expect(measured).toBe(wanted);
  else expect(Math.abs(measured - wanted)).toBeLessThanOrEqual(digits * Math.abs(wanted) + 1e-13);
};

const expectOutcome = ({ statistic, pValue }: TestResult, [wanted, p]: Outcome, digits?: number): void => {
  expectClose(statistic, wanted, digits);
  expectClose(pValue, p, digits);
};

test.each(Object.keys(golden.shapiro))("Shapiro-Wilk equals scipy on the sample %j", (name) => {
  const { statistic, pValue } = shapiroWilk(golden.samples[name]!);
  expect(statistic).toBeCloseTo(golden.shapiro[name]![0], 5);
  // scipy computes in single precision, of which 1 - W leaves few digits where there are many values.
  expectClose(pValue, golden.shapiro[name]![1], name === "large" ? 1e-2 : 1e-3);
});

test.each(Object.keys(golden.normaltest))("D'Agostino-Pearson equals scipy on the sample %j", (name) => {
  expectOutcome(dagostinoPearson(golden.samples[name]!), golden.normaltest[name]!);
});

test("comparisons of groups equal scipy", () => {
  const [a, b, c] = golden.groups;
  expectOutcome(welchTTest(a, b), golden.welch);
  expectOutcome(oneWayAnova([a, b, c]), golden.anova);
  expectOutcome(mannWhitneyU(a, c), golden.mannwhitney);
  expectOutcome(kruskalWallis([a, b, c]), golden.kruskal);
});

test("tests of tables equal scipy", () => {
  for (const [i, table] of golden.tables.entries()) {
    expectOutcome(chiSquaredTest(table), golden.chi2[i]!);
    const fisher = golden.fisher[i];
    if (fisher) expectOutcome(fisherExactTest(table), fisher);
  }
  expect(() => chiSquaredTest([[1, 2]])).toThrow("two rows");
  expect(chiSquaredTest([...golden.tables[1]!, [0, 0, 0]])).toEqual(chiSquaredTest(golden.tables[1]!));
  expect(leastExpected(golden.tables[0]!)).toBeCloseTo((12 * 14) / 29, 10);
});

test("tail probabilities keep their digits where they are small", () => {
  for (const [kind, x, a, b, tail] of golden.tails) {
    const measured = kind === "chi2" ? chiSquaredTail(x, a) : fTail(x, a, b);
    expect(Math.abs(measured / tail - 1)).toBeLessThan(1e-10);
  }
});

test("samples that no test can judge are refused", () => {
  expect(() => shapiroWilk([1, 2])).toThrow("3 to 5000 values, not 2");
  expect(() => shapiroWilk([4, 4, 4])).toThrow("differ");
  expect(() => dagostinoPearson([1, 2, 3])).toThrow("20 values, not 3");
  expect(() => welchTTest([1], [1, 2])).toThrow("at least 2");
});

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 60 });

test("ranks sum to n (n + 1) / 2, and order alone decides the rank tests", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const { ranks } = rank(a);
      expect(ranks.reduce((sum, value) => sum + value, 0)).toBeCloseTo((a.length * (a.length + 1)) / 2, 9);
      const stretched = (values: number[]): number[] => values.map((value) => value ** 3 + 7 * value);
      expect(mannWhitneyU(stretched(a), stretched(b))).toEqual(mannWhitneyU(a, b));
      expect(mannWhitneyU(b, a).pValue).toBeCloseTo(mannWhitneyU(a, b).pValue, 12);
      expect(kruskalWallis([b, a]).statistic).toBeCloseTo(kruskalWallis([a, b]).statistic, 9);
    }),
  );
});

test("normality does not depend on unit, origin or order", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 9 }), (values, scale) => {
      fc.pre(new Set(values).size > 1);
      const moved = values.map((value) => scale * value + 3).reverse();
      expect(shapiroWilk(moved).statistic).toBeCloseTo(shapiroWilk(values).statistic, 9);
    }),
  );
});
