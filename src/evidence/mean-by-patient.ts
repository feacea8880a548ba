/** The mean of what items score, with its interval by patient. */

import type { PatientId } from "../clinic/ids.ts";
import type { Random } from "../numeric/random.ts";
import { bootstrapInterval } from "./bootstrap-interval.ts";
import { type Interval, wilsonInterval } from "./wilson-interval.ts";

/** The mean of the scores at some positions, with repetitions. */
export const meanOf =
  (scores: ArrayLike<number>) =>
  (items: readonly number[]): number => {
    let sum = 0;
    for (const item of items) sum += scores[item]!;
    return sum / items.length;
  };

/**
 * The mean of scores in [0, 1] with its 95 % interval, patients drawn whole.
 *
 * @param patients the patient of each item
 * @throws OsteonError `bad-input` without patients
 */
export const meanByPatient = (
  patients: readonly PatientId[],
  scores: ArrayLike<number>,
  random: Random,
): { readonly value: number; readonly interval: Interval } => {
  const { estimate, interval } = bootstrapInterval(patients, meanOf(scores), { random });
  return { value: estimate, interval: openInterval(interval, { share: estimate, patients: new Set(patients).size }) };
};

/** Where all are right or all wrong, no draw of them shows another share; as many patients all the same leave room for one. */
export const openInterval = (
  interval: Interval,
  { share, patients }: { readonly share: number; readonly patients: number },
): Interval => {
  if (interval[0] < interval[1]) return interval;
  const [low, high] = wilsonInterval(Math.round(share * patients), patients);
  return [Math.min(low, share), Math.max(high, share)];
};
