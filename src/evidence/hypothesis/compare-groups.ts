/** Tests whether a number differs between groups: by means where it is normal, by ranks where it is not. */

import { OsteonError } from "../../errors.ts";
import { normalDistribution } from "../../numeric/normal-quantile.ts";
import { mean, standardDeviation } from "./moments.ts";
import { rank } from "./ranks.ts";
import { chiSquaredTail, fTail, studentTails } from "./tail-probabilities.ts";
import type { TestResult } from "./test-result.ts";

type Groups = readonly (readonly number[])[];

const refuseFew = (groups: Groups, test: string, least: number): void => {
  if (groups.length < 2 || groups.some((group) => group.length < least)) {
    throw new OsteonError("bad-input", `${test} needs two groups or more of at least ${least} values each.`);
  }
};

/**
 * Welch's t test of two means, whose variances may differ (Welch, 1947).
 *
 * @throws OsteonError `bad-input` for fewer than two values in a group
 */
export const welchTTest = (a: readonly number[], b: readonly number[]): TestResult => {
  refuseFew([a, b], "Welch's t test", 2);
  const [va, vb] = [standardDeviation(a) ** 2 / a.length, standardDeviation(b) ** 2 / b.length];
  const difference = mean(a) - mean(b);
  const statistic = va + vb > 0 ? difference / Math.sqrt(va + vb) : difference === 0 ? 0 : Infinity * difference;
  const degrees = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1)) || 1;
  return { test: "Welch's t", statistic, pValue: Number.isFinite(statistic) ? studentTails(statistic, degrees) : 0 };
};

/**
 * One-way analysis of variance of several means (Fisher, 1925).
 *
 * @throws OsteonError `bad-input` for fewer than two groups, or an empty one
 */
export const oneWayAnova = (groups: Groups): TestResult => {
  refuseFew(groups, "An analysis of variance", 1);
  const all = groups.flat();
  const centre = mean(all);
  const means = groups.map(mean);
  const between = groups.reduce((sum, group, i) => sum + group.length * (means[i]! - centre) ** 2, 0);
  const within = groups.reduce((sum, group, i) => sum + group.reduce((own, x) => own + (x - means[i]!) ** 2, 0), 0);
  const [d1, d2] = [groups.length - 1, all.length - groups.length];
  if (d2 < 1) throw new OsteonError("bad-input", "An analysis of variance needs more values than groups.");
  const statistic = within > 0 ? between / d1 / (within / d2) : between > 0 ? Infinity : 0;
  return { test: "ANOVA", statistic, pValue: Number.isFinite(statistic) ? fTail(statistic, d1, d2) : 0 };
};

/**
 * The Mann-Whitney U test of two groups: normal approximation with continuity and tie correction (Mann and Whitney, 1947;
 * Lehmann, Nonparametrics, 1.4), two-sided. The statistic is the U of the first group.
 *
 * @throws OsteonError `bad-input` for an empty group
 */
export const mannWhitneyU = (a: readonly number[], b: readonly number[]): TestResult => {
  refuseFew([a, b], "The Mann-Whitney test", 1);
  const { ranks, tieSum } = rank([...a, ...b]);
  const n = ranks.length;
  const sum = ranks.slice(0, a.length).reduce((total, value) => total + value, 0);
  const statistic = sum - (a.length * (a.length + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (n + 1 - tieSum / (n * (n - 1)));
  const distance = Math.max(Math.abs(statistic - (a.length * b.length) / 2) - 0.5, 0);
  const pValue = variance > 0 ? Math.min(1, 2 * normalDistribution(-distance / Math.sqrt(variance))) : 1;
  return { test: "Mann-Whitney U", statistic, pValue };
};

/**
 * The Kruskal-Wallis test of several groups, with tie correction (Kruskal and Wallis, 1952).
 *
 * @throws OsteonError `bad-input` for fewer than two groups, or an empty one
 */
export const kruskalWallis = (groups: Groups): TestResult => {
  refuseFew(groups, "The Kruskal-Wallis test", 1);
  const { ranks, tieSum } = rank(groups.flat());
  const n = ranks.length;
  let start = 0;
  let sum = 0;
  for (const group of groups) {
    const own = ranks.slice(start, start + group.length).reduce((total, value) => total + value, 0);
    sum += own ** 2 / group.length;
    start += group.length;
  }
  const correction = 1 - tieSum / (n ** 3 - n);
  const statistic = correction > 0 ? ((12 / (n * (n + 1))) * sum - 3 * (n + 1)) / correction : 0;
  return { test: "Kruskal-Wallis", statistic, pValue: chiSquaredTail(statistic, groups.length - 1) };
};
