import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { patientId } from "../clinic/ids.ts";
import { Random } from "../numeric/random.ts";
import { bootstrapInterval } from "./bootstrap-interval.ts";
import { wilsonInterval } from "./wilson-interval.ts";

type GoldenInterval = readonly [successes: number, trials: number, confidence: number, low: number, high: number];
const { wilson } = JSON.parse(
  readFileSync(new URL("../../test/fixtures/evidence/golden.json", import.meta.url), "utf8"),
) as { readonly wilson: readonly GoldenInterval[] };

describe("wilsonInterval", () => {
  test.each(wilson)("%i of %i at %d, against scipy", (successes, trials, confidence, low, high) => {
    const interval = wilsonInterval(successes, trials, confidence);
    expect(interval[0]).toBeCloseTo(low, 12);
    expect(interval[1]).toBeCloseTo(high, 12);
  });

  test("nothing tried says nothing; more successes than trials are refused", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(() => wilsonInterval(3, 2)).toThrow("3 successes in 2 trials");
  });
});

describe("bootstrapInterval", () => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const alone = (count: number) => Array.from({ length: count }, (_, i) => patientId(`P${i}`));

  test("the mean of independent items: estimate plus and minus 1.96 standard errors", () => {
    const random = new Random(1);
    const values = Array.from({ length: 400 }, () => random.normal(5, 2));
    const { estimate, interval } = bootstrapInterval(alone(400), (items) => mean(items.map((i) => values[i])), {
      random: new Random(2),
    });
    expect(estimate).toBe(mean(values));
    // The quantiles of 2000 resamples are good to a few percent of the standard error of 0.1.
    expect(Math.abs(interval[0] - (estimate - 0.196))).toBeLessThan(0.03);
    expect(Math.abs(interval[1] - (estimate + 0.196))).toBeLessThan(0.03);
  });

  test("copies of images add nothing: ten alike per patient give the interval of the patients", () => {
    const random = new Random(3);
    const values = Array.from({ length: 60 }, () => random.normal());
    const patients = alone(60);
    const one = bootstrapInterval(patients, (items) => mean(items.map((i) => values[i])), { random: new Random(4) });
    const tenfold = patients.flatMap((patient) => Array.from({ length: 10 }, () => patient));
    const ten = bootstrapInterval(tenfold, (items) => mean(items.map((i) => values[Math.floor(i / 10)])), {
      random: new Random(4),
    });
    expect(ten.interval[0]).toBeCloseTo(one.interval[0], 10);
    expect(ten.interval[1]).toBeCloseTo(one.interval[1], 10);
  });

  test("a patient is drawn with all images or none", () => {
    const patients = ["a", "a", "b", "b", "b", "c"].map(patientId);
    bootstrapInterval(
      patients,
      (items) => {
        const times = (item: number): number => items.filter((drawn) => drawn === item).length;
        expect(times(0)).toBe(times(1));
        expect(times(2)).toBe(times(4));
        return items.length;
      },
      { random: new Random(5), resamples: 50 },
    );
  });

  test("the same stream gives the same interval; undefined resamples are counted", () => {
    const run = () =>
      bootstrapInterval(alone(3), (items) => (items.includes(0) ? items.length : Number.NaN), {
        random: new Random(6),
        resamples: 500,
      });
    expect(run()).toEqual(run());
    // Patient 0 is missed with probability (2/3)^3 = 0.296; five standard errors of 500 draws.
    expect(Math.abs(run().undefinedResamples / 500 - 8 / 27)).toBeLessThan(0.102);
  });

  test("nobody, or a statistic that is never defined, is refused", () => {
    expect(() => bootstrapInterval([], () => 1, { random: new Random(1) })).toThrow("at least one patient");
    expect(() => bootstrapInterval(alone(2), () => Number.NaN, { random: new Random(1) })).toThrow("every resample");
  });
});
