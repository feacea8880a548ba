/** Upper tail probabilities of the distributions that the tests refer to. */

import { upperIncompleteGamma } from "../../numeric/gamma-function.ts";
import { incompleteBeta } from "../../numeric/incomplete-beta.ts";

/** P(X > x) of a chi-squared distribution. */
export const chiSquaredTail = (x: number, degreesOfFreedom: number): number =>
  upperIncompleteGamma(degreesOfFreedom / 2, x / 2);

/** P(F > f) of Fisher's F distribution. */
export const fTail = (f: number, numerator: number, denominator: number): number =>
  f <= 0 ? 1 : incompleteBeta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2);

/** P(|T| > |t|) of Student's t distribution: both tails. */
export const studentTails = (t: number, degreesOfFreedom: number): number =>
  incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
