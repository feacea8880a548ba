/** The mean of a few independent measurements, such as one a seed, with its interval by Student's t. */

import { OsteonError } from "../errors.ts";
import { studentTails } from "./hypothesis/tail-probabilities.ts";
import type { Interval } from "./wilson-interval.ts";

/**
 * The 95 % interval of the mean; null of a single measurement, which says nothing of how others would differ.
 *
 * @throws OsteonError `bad-input` without measurements
 */
export const meanInterval = (
  values: readonly number[],
): { readonly mean: number; readonly interval: Interval | null } => {
  const n = values.length;
  if (n === 0) throw new OsteonError("bad-input", "There is no mean of no measurements.");
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, interval: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentQuantile(n - 1) * Math.sqrt(variance / n);
  return { mean, interval: [mean - half, mean + half] };
};

const level = 0.05;

/** The t that 5 % lie beyond, on both sides together: found by halving, as the tails fall steadily. */
const studentQuantile = (degreesOfFreedom: number): number => {
  let [low, high] = [0, 1000]; // 12.7 with one degree of freedom, the most there is
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentTails(middle, degreesOfFreedom) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
