/**
 * A continuous variable as the studies describe it (STROBE item 14; Eur Radiol 2024, demographics): mean and standard
 * deviation where a test of normality lets it pass, else median and interquartile range.
 */
import { quantiles } from "../../numeric/quantile.ts";
import { dagostinoPearson } from "../hypothesis/dagostino-pearson.ts";
import { mean, standardDeviation } from "../hypothesis/moments.ts";
import { shapiroWilk, shapiroWilkRange } from "../hypothesis/shapiro-wilk.ts";
import type { TestResult } from "../hypothesis/test-result.ts";

/** Below this probability a variable is not taken for normal. */
export const normalityLevel = 0.05;

/** A continuous variable in one group. */
export interface NumberDescription {
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  /** NaN for fewer than two values. */
  readonly standardDeviation: number;
  readonly median: number;
  readonly quartiles: readonly [lower: number, upper: number];
  readonly range: readonly [least: number, most: number];
  /** Absent where no test can judge: fewer than three values, or all equal. */
  readonly normality?: TestResult;
  /** Which of the two a table prints. */
  readonly printed: "mean" | "median";
}

/**
 * The test of normality for a sample: Shapiro-Wilk as far as it goes, D'Agostino-Pearson for more values.
 *
 * @returns undefined for fewer than three values, or where all are equal
 */
export const testNormality = (values: readonly number[]): TestResult | undefined => {
  const [fewest, most] = shapiroWilkRange;
  if (values.length < fewest || values.every((value) => value === values[0])) return undefined;
  return values.length <= most ? shapiroWilk(values) : dagostinoPearson(values);
};

/**
 * Describes a continuous variable.
 *
 * @param values undefined where missing; what is missing is counted, never filled
 * @example
 * describeNumber([12, 14, undefined]).missing; // 1
 */
export const describeNumber = (values: readonly (number | undefined)[]): NumberDescription => {
  const known = values.filter((value): value is number => value !== undefined);
  const normality = testNormality(known);
  const [least, lower, median, upper, most] = known.length > 0 ? quantiles(known, [0, 0.25, 0.5, 0.75, 1]) : [];
  const or = (value: number | undefined): number => value ?? Number.NaN;
  return {
    count: known.length,
    missing: values.length - known.length,
    mean: known.length > 0 ? mean(known) : Number.NaN,
    standardDeviation: standardDeviation(known),
    median: or(median),
    quartiles: [or(lower), or(upper)],
    range: [or(least), or(most)],
    ...(normality ? { normality } : {}),
    printed: normality && normality.pValue >= normalityLevel ? "mean" : "median",
  };
};
