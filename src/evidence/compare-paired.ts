/**
 * Two measurements on the same items, side by side. The difference of each figure has an interval of its own: patients are drawn
 * once for both, so that what is hard for either does not widen it (a paired bootstrap). Of few patients that differ such an interval
 * is too narrow, so a permutation test has to agree before a difference is claimed. Measurements on other items are not compared.
 */

import type { PatientId } from "../clinic/ids.ts";
import { Random } from "../numeric/random.ts";
import { bootstrapInterval } from "./bootstrap-interval.ts";
import { signFlipTest } from "./hypothesis/sign-flip-test.ts";
import { meanOf } from "./mean-by-patient.ts";
import type { Interval } from "./wilson-interval.ts";

/** A figure of the second measurement less that of the first. */
export interface ComparedFigure {
  readonly name: string;
  readonly difference: number;
  readonly interval: Interval;
  /** Whether the interval leaves out 0, and chance alone gives such a difference in fewer than 5 % of cases. */
  readonly differs: boolean;
}

/** What was measured: each figure is the mean of its scores over the items. */
export interface ScoredItems {
  readonly items: readonly { readonly image: string; readonly patient: PatientId; readonly label: string }[];
  /** By the figure's name, in the order of the items. */
  readonly scores: ReadonlyMap<string, ArrayLike<number>>;
}

const seed = 0;
const level = 0.05;

/** The difference of every figure that both have; null where they are not of the same items with the same truth. */
export const comparePaired = (first: ScoredItems, second: ScoredItems): ComparedFigure[] | null => {
  const places = new Map(second.items.map(({ image }, place) => [image, place]));
  const isPaired = first.items.every(({ image, patient, label }) => {
    const other = second.items[places.get(image) ?? -1];
    return other?.label === label && other.patient === patient;
  });
  if (first.items.length === 0 || first.items.length !== second.items.length || !isPaired) return null;
  const patients = first.items.map(({ patient }) => patient);
  return [...first.scores].flatMap(([name, own]) => {
    const theirs = second.scores.get(name);
    if (!theirs) return [];
    const gains = Float64Array.from(first.items, ({ image }, i) => theirs[places.get(image)!]! - own[i]!);
    const { estimate, interval } = bootstrapInterval(patients, meanOf(gains), {
      random: new Random(seed, "bootstrap"),
    });
    const isWithoutZero = interval[0] > 0 || interval[1] < 0;
    const differs = isWithoutZero && signFlipTest(patients, gains, new Random(seed, "sign flips")) < level;
    return [{ name, difference: estimate, interval, differs }];
  });
};
