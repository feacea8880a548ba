/**
 * What the starts are worth, beside each other. Two intervals answer two questions: over seeds, how much chance in splitting and
 * training moves a figure; by patient, how much other patients would.
 */

import type { PatientId } from "../../clinic/ids.ts";
import { comparePaired, type ScoredItems } from "../../evidence/compare-paired.ts";
import { meanByPatient } from "../../evidence/mean-by-patient.ts";
import { meanInterval } from "../../evidence/mean-interval.ts";
import type { Interval } from "../../evidence/wilson-interval.ts";
import { Random } from "../../numeric/random.ts";

/** What networks begin with, in the order in which they are reported. */
export const starts = ["nothing", "imagenet", "domain"] as const;
export type Start = (typeof starts)[number];

/** A radiograph that a network named without having learned from its patient. */
export interface TestedItem {
  readonly seed: number;
  readonly image: string;
  readonly patient: PatientId;
  readonly label: string;
  readonly isRight: boolean;
}

/** What networks of one start did. */
export interface RowScores {
  readonly accuracy: number;
  readonly interval: Interval | null;
  readonly byPatient: Interval;
  readonly bySeed: readonly number[];
}

/** The accuracy of the second start less that of the first. */
export interface StartDifference {
  readonly first: Start;
  readonly second: Start;
  readonly difference: number;
  readonly interval: Interval | null;
  readonly byPatient: Interval;
  /** Both intervals leave out 0, and chance alone gives such a difference in fewer than 5 % of cases. */
  readonly differs: boolean;
}

const figure = "accuracy";

/** The accuracy of one start. */
export const rowScores = (items: readonly TestedItem[], seed: number): RowScores => {
  const bySeed = accuracyBySeed(items);
  const { mean, interval } = meanInterval(bySeed);
  const hits = items.map(({ isRight }) => Number(isRight));
  const patients = items.map(({ patient }) => patient);
  const { interval: byPatient } = meanByPatient(patients, hits, new Random(seed, "bootstrap"));
  return { accuracy: mean, interval: withinShares(interval), byPatient, bySeed };
};

/** Every later start less every earlier one; all tested the same radiographs in the same seeds. */
export const startDifferences = (tested: ReadonlyMap<Start, readonly TestedItem[]>): StartDifference[] => {
  const present = starts.filter((start) => tested.has(start));
  return present.flatMap((first, at) => present.slice(at + 1).map((second) => differenceOf(tested, { first, second })));
};

const differenceOf = (
  tested: ReadonlyMap<Start, readonly TestedItem[]>,
  { first, second }: Pick<StartDifference, "first" | "second">,
): StartDifference => {
  const [before, after] = [tested.get(first)!, tested.get(second)!];
  const earlier = accuracyBySeed(before);
  const { mean, interval } = meanInterval(accuracyBySeed(after).map((accuracy, i) => accuracy - earlier[i]!));
  const compared = comparePaired(scored(before), scored(after))![0]!;
  const isWithoutZero = interval === null || interval[0] > 0 || interval[1] < 0;
  return {
    first,
    second,
    difference: mean,
    interval,
    byPatient: compared.interval,
    differs: isWithoutZero && compared.differs,
  };
};

const accuracyBySeed = (items: readonly TestedItem[]): number[] =>
  [...Map.groupBy(items, ({ seed }) => seed)]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => own.filter(({ isRight }) => isRight).length / own.length);

/** A radiograph is tested once a seed. */
const scored = (items: readonly TestedItem[]): ScoredItems => ({
  items: items.map(({ seed, image, patient, label }) => ({ image: `${seed}/${image}`, patient, label })),
  scores: new Map([[figure, items.map(({ isRight }) => Number(isRight))]]),
});

/** A share lies between 0 and 1, and so does what is said of it. */
const withinShares = (interval: Interval | null): Interval | null =>
  interval && [Math.max(0, interval[0]), Math.min(1, interval[1])];
