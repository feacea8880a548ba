/**
 * Percentile bootstrap by patient (Efron 1979; clusters are drawn whole, as in Davison and Hinkley, 3.8): images of one
 * patient resemble each other, and an interval that draws images is too narrow.
 */

import type { PatientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { quantiles } from "../numeric/quantile.ts";
import type { Random } from "../numeric/random.ts";
import type { Interval } from "./wilson-interval.ts";

/** A figure with its interval. */
export interface BootstrapInterval {
  /** The statistic of the sample itself. */
  readonly estimate: number;
  readonly interval: Interval;
  /** Resamples in which the statistic was not a number (a class that was not drawn); they are left out. */
  readonly undefinedResamples: number;
}

/** How to resample. */
export interface BootstrapOptions {
  readonly random: Random;
  /** 2000 by default. */
  readonly resamples?: number;
  /** 0.95 by default. */
  readonly confidence?: number;
}

/**
 * The interval of any statistic of a sample.
 *
 * @param patients the patient of each item; patients are drawn with replacement, with all their items
 * @param statistic takes positions of items, with repetitions; NaN where it is undefined
 * @throws OsteonError `bad-input` without patients, or when the statistic is undefined in every resample
 * @example
 * bootstrapInterval(patients, (items) => accuracyScore(pick(truth, items), pick(predicted, items)), {
 *   random: new Random(seed, "bootstrap"),
 * });
 */
export const bootstrapInterval = (
  patients: readonly PatientId[],
  statistic: (items: readonly number[]) => number,
  { random, resamples = 2000, confidence = 0.95 }: BootstrapOptions,
): BootstrapInterval => {
  const itemsOf = new Map<PatientId, number[]>();
  patients.forEach((patient, item) => {
    const items = itemsOf.get(patient);
    if (items) items.push(item);
    else itemsOf.set(patient, [item]);
  });
  const clusters = [...itemsOf.values()];
  if (clusters.length === 0) throw new OsteonError("bad-input", "A bootstrap needs at least one patient.");
  const values: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const value = statistic(clusters.flatMap(() => clusters[random.integer(clusters.length)]));
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length === 0) throw new OsteonError("bad-input", "The statistic is undefined in every resample.");
  const [low, high] = quantiles(values, [(1 - confidence) / 2, (1 + confidence) / 2]);
  return {
    estimate: statistic(patients.map((_, item) => item)),
    interval: [low, high],
    undefinedResamples: resamples - values.length,
  };
};
