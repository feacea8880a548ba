/** Wilson's score interval of a proportion (Wilson, 1927): right also for small counts and shares near 0 or 1. */

/**
 * The 95 % interval of `successes` in `trials`; [0, 1] without trials.
 *
 * @example
 * wilsonInterval(29, 32); // [0.758, 0.968]
 */
export const wilsonInterval = (successes: number, trials: number): readonly [number, number] => {
  if (trials === 0) return [0, 1];
  const z = 1.959963984540054; // the 97.5th percentile of the normal distribution
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return [(centre - spread) / scale, (centre + spread) / scale];
};
