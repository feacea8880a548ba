/** The gamma function's logarithm and the regularised incomplete gamma functions, for chi-squared probabilities. */

import { OsteonError } from "../errors.ts";

/** Lanczos' coefficients for g = 7 and nine terms (Godfrey's computation): about fifteen digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/**
 * ln Γ(x) for x > 0.
 * @example
 * logGamma(5); // ln 24
 */
export const logGamma = (x: number): number => {
  if (!(x > 0)) throw new OsteonError("bad-input", `The logarithm of the gamma function needs x > 0, not ${x}.`);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = lanczos[0]!;
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
};

/** The power series of P(a, x), for x < a + 1 (Abramowitz and Stegun, 6.5.29). */
const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 100_000 && Math.abs(term) > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
};

/** The continued fraction of Q(a, x), for x >= a + 1 (Abramowitz and Stegun, 6.5.31), by Lentz' method. */
const upperFraction = (a: number, x: number): number => {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b || tiny);
    c = b + factor / c || tiny;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction * Math.exp(a * Math.log(x) - x - logGamma(a));
};

/**
 * Q(a, x) = Γ(a, x) / Γ(a), the upper tail, without loss of digits where it is small.
 *
 * @param a > 0
 * @param x >= 0
 */
export const upperIncompleteGamma = (a: number, x: number): number => {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
};
