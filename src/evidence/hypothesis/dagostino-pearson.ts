/**
 * The omnibus test of normality of D'Agostino and Pearson (Biometrika 60, 1973) by skewness and kurtosis, with the
 * transformations of D'Agostino (1970) and of Anscombe and Glynn (1983): for more values than Shapiro-Wilk was made for.
 */

import { OsteonError } from "../../errors.ts";
import { centralMoment } from "./moments.ts";
import { chiSquaredTail } from "./tail-probabilities.ts";
import type { TestResult } from "./test-result.ts";

/** Below this the approximation of the kurtosis does not hold (D'Agostino et al., 1990). */
const fewest = 20;

const skewnessScore = (skewness: number, n: number): number => {
  const y = skewness * Math.sqrt(((n + 1) * (n + 3)) / (6 * (n - 2)));
  const beta = (3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3)) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
  const square = Math.sqrt(2 * (beta - 1)) - 1;
  return Math.asinh(y / Math.sqrt(2 / (square - 1))) / Math.sqrt(0.5 * Math.log(square));
};

const kurtosisScore = (kurtosis: number, n: number): number => {
  const expected = (3 * (n - 1)) / (n + 1);
  const variance = (24 * n * (n - 2) * (n - 3)) / ((n + 1) ** 2 * (n + 3) * (n + 5));
  const x = (kurtosis - expected) / Math.sqrt(variance);
  const third =
    ((6 * (n * n - 5 * n + 2)) / ((n + 7) * (n + 9))) * Math.sqrt((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3)));
  const a = 6 + (8 / third) * (2 / third + Math.sqrt(1 + 4 / third ** 2));
  const base = (1 - 2 / a) / (1 + x * Math.sqrt(2 / (a - 4)));
  return (1 - 2 / (9 * a) - Math.cbrt(base)) / Math.sqrt(2 / (9 * a));
};

/**
 * Tests whether values come from a normal distribution.
 *
 * @param values at least 20
 * @throws OsteonError `bad-input` for fewer values, or where all are equal
 */
export const dagostinoPearson = (values: readonly number[]): TestResult => {
  const n = values.length;
  if (n < fewest) {
    throw new OsteonError("bad-input", `The test of D'Agostino and Pearson needs ${fewest} values, not ${n}.`, { n });
  }
  const variance = centralMoment(values, 2);
  if (!(variance > 0)) throw new OsteonError("bad-input", "A test of normality needs values that differ.", { n });
  const statistic =
    skewnessScore(centralMoment(values, 3) / variance ** 1.5, n) ** 2 +
    kurtosisScore(centralMoment(values, 4) / variance ** 2, n) ** 2;
  return { test: "D'Agostino-Pearson", statistic, pValue: chiSquaredTail(statistic, 2) };
};
