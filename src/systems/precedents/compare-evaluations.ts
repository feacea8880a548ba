/**
 * Two evaluations side by side. Where both linked the same radiographs, the difference of each figure has an interval of its
 * own: patients are drawn once for both, so that what is hard for either does not widen it (a paired bootstrap). Of few
 * patients that differ such an interval is too narrow, so a permutation test has to agree before a difference is claimed.
 * Where they linked others, their figures stand side by side and no difference is claimed.
 */

import { bootstrapInterval } from "../../evidence/bootstrap-interval.ts";
import { signFlipTest } from "../../evidence/hypothesis/sign-flip-test.ts";
import type { Interval } from "../../evidence/wilson-interval.ts";
import { Random } from "../../numeric/random.ts";
import { type EvaluatedQuery, meanOf, scoresOf } from "./evaluation-scores.ts";

/** A figure of the second evaluation less that of the first. */
export interface ComparedFigure {
  readonly name: string;
  readonly difference: number;
  readonly interval: Interval;
  /** Whether the interval leaves out 0, and chance alone gives such a difference in fewer than 5 % of cases. */
  readonly differs: boolean;
}

const seed = 0;
const level = 0.05;

/** The difference of every figure; null where the two did not link the same radiographs with the same truth. */
export const compareEvaluations = (
  first: readonly EvaluatedQuery[],
  second: readonly EvaluatedQuery[],
): ComparedFigure[] | null => {
  const others = new Map(second.map((query) => [query.image, query]));
  const pairs = first.map((query) => [query, others.get(query.image)] as const);
  const isPaired = pairs.every(([a, b]) => b && a.label === b.label && a.patient === b.patient);
  if (pairs.length === 0 || pairs.length !== second.length || !isPaired) return null;
  const patients = first.map(({ patient }) => patient);
  const theirs = scoresOf(pairs.map(([, other]) => other!));
  return [...scoresOf(first)].map(([name, own]) => {
    const gains = theirs.get(name)!.map((score, i) => score - own[i]!);
    const { estimate, interval } = bootstrapInterval(patients, meanOf(gains), {
      random: new Random(seed, "bootstrap"),
    });
    const isWithoutZero = interval[0] > 0 || interval[1] < 0;
    const differs = isWithoutZero && signFlipTest(patients, gains, new Random(seed, "sign flips")) < level;
    return { name, difference: estimate, interval, differs };
  });
};
