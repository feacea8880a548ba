/**
 * The Shapiro-Wilk test of normality (Shapiro and Wilk, 1965) by Royston's approximation for 3 to 5,000 values (Applied
 * Statistics 44, 1995, algorithm AS R94): the test by which the studies choose between mean and median.
 */

import { OsteonError } from "../../errors.ts";
import { normalDistribution, normalQuantile } from "../../numeric/normal-quantile.ts";
import { mean } from "./moments.ts";
import type { TestResult } from "./test-result.ts";

/** Fewest and most values that the approximation was made for. */
export const shapiroWilkRange = [3, 5000] as const;

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/** Royston's polynomials, by the names of his table. */
const c1 = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const c2 = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
const c3 = [0.544, -0.39978, 0.025054, -6.714e-4];
const c4 = [1.3822, -0.77857, 0.062767, -0.0020322];
const c5 = [-1.5861, -0.31082, -0.083751, 0.0038915];
const c6 = [-0.4803, -0.082676, 0.0030302];
const gamma = [-2.273, 0.459];

/** The weights of the largest values, the largest first; those of the smallest are their negatives. */
const halfWeights = (n: number): number[] => {
  if (n === 3) return [Math.SQRT1_2];
  const scores = Array.from({ length: n >> 1 }, (_, i) => -normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  const sumOfSquares = 2 * scores.reduce((sum, score) => sum + score * score, 0);
  const root = Math.sqrt(sumOfSquares);
  const given = [polynomial(c1, 1 / Math.sqrt(n)) + scores[0]! / root];
  if (n > 5) given.push(polynomial(c2, 1 / Math.sqrt(n)) + scores[1]! / root);
  const rest =
    (sumOfSquares - 2 * given.reduce((sum, _, i) => sum + scores[i]! ** 2, 0)) /
    (1 - 2 * given.reduce((sum, weight) => sum + weight * weight, 0));
  return scores.map((score, i) => given[i] ?? score / Math.sqrt(rest));
};

const tailOf = (oneMinusW: number, n: number): number => {
  if (n === 3) {
    const w = 1 - oneMinusW;
    return Math.max(0, (6 / Math.PI) * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75))));
  }
  const y = Math.log(oneMinusW);
  if (n > 11) {
    const x = Math.log(n);
    return normalDistribution(-(y - polynomial(c5, x)) / Math.exp(polynomial(c6, x)));
  }
  const limit = polynomial(gamma, n);
  if (y >= limit) return 0;
  return normalDistribution(-(-Math.log(limit - y) - polynomial(c3, n)) / Math.exp(polynomial(c4, n)));
};

/**
 * Tests whether values come from a normal distribution.
 *
 * @param values 3 to 5,000, in any order
 * @throws OsteonError `bad-input` for another number of values, or where all are equal
 * @example
 * shapiroWilk(ages).pValue < 0.05; // not normal: median and interquartile range
 */
export const shapiroWilk = (values: readonly number[]): TestResult => {
  const n = values.length;
  const [fewest, most] = shapiroWilkRange;
  if (n < fewest || n > most) {
    throw new OsteonError("bad-input", `The Shapiro-Wilk test is for ${fewest} to ${most} values, not ${n}.`, { n });
  }
  const ordered = values.toSorted((a, b) => a - b);
  const centre = mean(ordered);
  const sumOfSquares = ordered.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  if (!(ordered[n - 1]! > ordered[0]!)) {
    throw new OsteonError("bad-input", "The Shapiro-Wilk test needs values that differ.", { n });
  }
  const weights = halfWeights(n);
  const product = weights.reduce((sum, weight, i) => sum + weight * (ordered[n - 1 - i]! - ordered[i]!), 0);
  const scale = Math.sqrt(2 * weights.reduce((sum, weight) => sum + weight * weight, 0) * sumOfSquares);
  // 1 - W as a product keeps its digits where W is near 1.
  const oneMinusW = Math.max(((scale - product) * (scale + product)) / (scale * scale), 0);
  return { test: "Shapiro-Wilk", statistic: 1 - oneMinusW, pValue: tailOf(oneMinusW, n) };
};
