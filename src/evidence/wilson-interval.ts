/** Wilson's score interval of a proportion (Wilson, 1927): right also for small counts and shares near 0 or 1. */

import { OsteonError } from "../errors.ts";
import { normalQuantile } from "../numeric/normal-quantile.ts";

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

/**
 * The interval of `successes` in `trials`; [0, 1] without trials.
 *
 * @param confidence in (0, 1)
 * @throws OsteonError `bad-input` when there are more successes than trials
 * @example
 * wilsonInterval(29, 32); // [0.758, 0.968]
 */
export const wilsonInterval = (successes: number, trials: number, confidence = 0.95): Interval => {
  if (successes > trials)
    throw new OsteonError("bad-input", `There cannot be ${successes} successes in ${trials} trials.`);
  if (trials === 0) return [0, 1];
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
};
