/**
 * Tukey's honestly significant differences (1949), for groups of unequal size after Kramer (1956): which means differ from which,
 * when all pairs are looked at.
 */

import { OsteonError } from "../../errors.ts";
import { mean } from "./moments.ts";
import { studentisedRangeQuantile, studentisedRangeTail } from "./studentised-range.ts";

/** Two groups with the difference of their means. */
export interface PairDifference {
  /** Positions of the groups. */
  readonly first: number;
  readonly second: number;
  /** The second's mean less the first's. */
  readonly difference: number;
  /** Of 95 %, for all pairs together. */
  readonly interval: readonly [low: number, high: number];
  /** Of all pairs together, as large a difference between groups that are equal. */
  readonly pValue: number;
}

/**
 * Every pair of groups, the first with the second and on.
 *
 * @throws OsteonError `bad-input` for fewer than two groups, an empty one, or no more values than groups
 * @example
 * tukeyHsd([[24.5, 23.5, 26.4], [28.4, 34.2, 29.5], [26.1, 28.3, 24.3]])[0].pValue; // 0.02 of the first and the second
 */
export const tukeyHsd = (groups: readonly (readonly number[])[]): PairDifference[] => {
  const degrees = groups.reduce((sum, group) => sum + group.length, 0) - groups.length;
  if (groups.length < 2 || groups.some((group) => group.length === 0) || degrees < 1) {
    throw new OsteonError("bad-input", "Tukey's test needs two groups or more, and more values than groups.");
  }
  const means = groups.map(mean);
  const squares = groups.reduce((sum, group, i) => sum + group.reduce((own, x) => own + (x - means[i]!) ** 2, 0), 0);
  const critical = squares > 0 ? studentisedRangeQuantile(0.95, groups.length, degrees) : 0;
  return groups.flatMap((own, first) =>
    groups.slice(first + 1).map((other, i): PairDifference => {
      const second = first + 1 + i;
      const difference = means[second]! - means[first]!;
      const error = Math.sqrt((squares / degrees / 2) * (1 / own.length + 1 / other.length));
      // Where no group varies, any difference is beyond chance, and none is none.
      const q = error > 0 ? Math.abs(difference) / error : difference === 0 ? 0 : Number.POSITIVE_INFINITY;
      return {
        first,
        second,
        difference,
        interval: [difference - critical * error, difference + critical * error],
        pValue: Number.isFinite(q) ? studentisedRangeTail(q, groups.length, degrees) : 0,
      };
    }),
  );
};
