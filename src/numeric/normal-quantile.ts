/** The standard normal distribution: its distribution function and the inverse. */

import { OsteonError } from "../errors.ts";

/**
 * P(Z <= z) for a standard normal Z, to about 1e-15: the power series of the error function near 0 and its continued
 * fraction in the tails (Abramowitz and Stegun, 7.1.6 and 7.1.14).
 */
export const normalDistribution = (z: number): number => {
  const x = Math.abs(z) / Math.SQRT2;
  const upper = x < 3 ? (1 - errorFunction(x)) / 2 : upperTail(x);
  return z < 0 ? upper : 1 - upper;
};

const errorFunction = (x: number): number => {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};

const upperTail = (x: number): number => {
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction / 2;
};

/**
 * The z below which a standard normal lies with probability `p`.
 *
 * @param p in (0, 1)
 * @throws OsteonError `bad-input` for a `p` outside (0, 1)
 * @example
 * normalQuantile(0.975); // 1.959963984540054
 */
export const normalQuantile = (p: number): number => {
  if (!(p > 0 && p < 1)) throw new OsteonError("bad-input", `A normal quantile needs a share in (0, 1), not ${p}.`);
  if (p > 0.5) return -normalQuantile(1 - p); // the lower tail keeps its digits
  // P(Z < z) <= exp(-z^2 / 2) / 2, so this starts left of the quantile, where the function is convex and Newton converges.
  let z = -Math.sqrt(-2 * Math.log(2 * p));
  for (let step = 0; step < 100; step++) {
    const change = (normalDistribution(z) - p) / (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
    z -= change;
    if (Math.abs(change) <= 1e-15 * Math.max(Math.abs(z), 1)) break;
  }
  return z;
};
