/**
 * The distribution of the studentised range (Newman, 1939; Keuls, 1952), to which Tukey's test refers: the range of the means of
 * some equal groups, in standard errors that are estimated themselves.
 */

import { OsteonError } from "../../errors.ts";
import { logGamma } from "../../numeric/gamma-function.ts";
import { normalDistribution } from "../../numeric/normal-quantile.ts";

/** Nodes in (0, 1) and weights of Gauss and Legendre's rule with eight points. */
const rule: readonly (readonly [node: number, weight: number])[] = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
].flatMap(([node, weight]) => [
  [(1 - node!) / 2, weight! / 2],
  [(1 + node!) / 2, weight! / 2],
]);

interface Point {
  readonly at: number;
  readonly weight: number;
}

/** The points of the rule in each of some equal parts of [from, to]. */
const pointsOf = (from: number, to: number, parts: number): Point[] => {
  const width = (to - from) / parts;
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) =>
    rule.map(([node, weight]) => ({ at: from + (part + node) * width, weight: weight * width })),
  );
};

/** Beyond it a standard normal variable lies with a probability below 1e-15. */
const farthest = 8;

/** Points z of a standard normal variable, each weighted by its density, with the share that lies below. */
const normalPoints = pointsOf(-farthest, farthest, 10).map(({ at, weight }) => ({
  at,
  weight: (weight * Math.exp((-at * at) / 2)) / Math.sqrt(2 * Math.PI),
  below: normalDistribution(at),
}));

/** P(range < w) of as many independent standard normal variables. */
const rangeDistribution = (w: number, groups: number): number =>
  normalPoints.reduce(
    (sum, { at, weight, below }) => sum + groups * weight * (below - normalDistribution(at - w)) ** (groups - 1),
    0,
  );

/**
 * P(Q > q), to about 1e-8.
 *
 * @param groups at least 2
 * @param degreesOfFreedom of the estimated standard error, at least 1
 * @throws OsteonError `bad-input` for fewer
 * @example
 * studentisedRangeTail(4.339, 3, 6); // 0.05
 */
export const studentisedRangeTail = (q: number, groups: number, degreesOfFreedom: number): number => {
  if (!(groups >= 2 && degreesOfFreedom >= 1)) {
    const found = `${groups} groups and ${degreesOfFreedom} degrees of freedom`;
    throw new OsteonError("bad-input", `A studentised range needs 2 groups and 1 degree of freedom, not ${found}.`);
  }
  if (!(q > 0)) return 1;
  const half = degreesOfFreedom / 2;
  const spread = 12 / Math.sqrt(2 * degreesOfFreedom);
  const logFactor = Math.log(2) + half * Math.log(half) - logGamma(half);
  // Over the estimated error s, whose square times the degrees of freedom is chi-squared.
  let within = 0;
  const ends = [Math.max(0, 1 - spread), 1 + spread].map(Math.cbrt) as [number, number];
  for (const { at: root, weight } of pointsOf(...ends, 10)) {
    const s = root ** 3; // of few degrees of freedom much happens close to 0
    const density = Math.exp(logFactor + (degreesOfFreedom - 1) * Math.log(s) - half * s * s);
    if (density > 1e-15) within += weight * 3 * root * root * density * rangeDistribution(q * s, groups);
  }
  return Math.min(Math.max(1 - within, 0), 1);
};

/**
 * The q that lies above a share `p` of the distribution: false position in the logarithm of the tail, which is nearly straight.
 *
 * @param p in (0, 1)
 */
export const studentisedRangeQuantile = (p: number, groups: number, degreesOfFreedom: number): number => {
  const wanted = Math.log(1 - p);
  const excess = (q: number): number => Math.log(studentisedRangeTail(q, groups, degreesOfFreedom)) - wanted;
  let [low, high] = [0, 4];
  let [above, below] = [-wanted, excess(high)];
  while (below > 0) [low, above, high, below] = [high, below, 2 * high, excess(2 * high)];
  for (let step = 0; step < 60 && high - low > 1e-10 * high; step++) {
    const middle = low + ((high - low) * above) / (above - below);
    const own = excess(middle);
    if (Math.abs(own) < 1e-11) return middle;
    // An end that stays counts half (the Illinois rule), so that the other side moves too.
    if (own > 0) [low, above, below] = [middle, own, below / 2];
    else [high, below, above] = [middle, own, above / 2];
  }
  return (low + high) / 2;
};
