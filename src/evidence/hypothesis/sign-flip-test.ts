/**
 * Sign-flip permutation test of paired differences by patient (Fisher, 1935; Good, 2005): were there no difference, either
 * method could have been the better one on each patient. Right also for few patients, where a bootstrap is too sure.
 */

import type { PatientId } from "../../clinic/ids.ts";
import type { Random } from "../../numeric/random.ts";

/** With as many patients that differ all flips are gone through; beyond it some are drawn. */
const mostExact = 16;
const draws = 10_000;
/** Sums of the same numbers in another order differ by this share at most. */
const rounding = 1e-9;

/**
 * The two-sided p-value of a sum of gains that is not 0.
 *
 * @param patients the patient of each gain; the gains of one are flipped together
 * @example
 * signFlipTest(patients, gains, new Random(0, "sign flips")); // 0.03125 for six patients who all gained
 */
export const signFlipTest = (patients: readonly PatientId[], gains: ArrayLike<number>, random: Random): number => {
  const sums = new Map<PatientId, number>();
  patients.forEach((patient, i) => {
    sums.set(patient, (sums.get(patient) ?? 0) + gains[i]!);
  });
  const differing = [...sums.values()].filter((sum) => Math.abs(sum) > rounding);
  const least = Math.abs(differing.reduce((total, sum) => total + sum, 0)) * (1 - rounding);
  const isExact = differing.length <= mostExact;
  const flips = isExact ? 2 ** differing.length : draws;
  let asFar = 0;
  for (let flip = 0; flip < flips; flip++) {
    let total = 0;
    for (const [i, sum] of differing.entries()) {
      const isFlipped = isExact ? (flip >> i) & 1 : random.integer(2);
      total += isFlipped ? -sum : sum;
    }
    asFar += Number(Math.abs(total) >= least);
  }
  return isExact ? asFar / flips : (asFar + 1) / (flips + 1);
};
