/** Test cases of all shuffles with what each model said of them: what every figure of the study is counted from. */

import type { PatientId } from "../../../clinic/ids.ts";
import { type BootstrapInterval, bootstrapInterval } from "../../../evidence/bootstrap-interval.ts";
import { openInterval } from "../../../evidence/mean-by-patient.ts";
import type { Interval } from "../../../evidence/wilson-interval.ts";
import { Random } from "../../../numeric/random.ts";
import type { Voter } from "../../../retrieval/vote.ts";
import type { LinkedNeighbour, LinkedQuery, Search } from "./link-rows.ts";
import type { StudyItem } from "./study-split.ts";

/** A radiograph that was tested in a shuffle; in leave-one-patient-out all are of one shuffle. */
export interface TestedQuery {
  readonly shuffle: number;
  readonly position: number;
  readonly image: string;
  readonly patient: PatientId;
  readonly label: string;
  /** Nearest first, by each search, with their labels. */
  readonly neighbours: Readonly<Record<Search, readonly LabelledNeighbour[]>>;
  /** References of its own label, its own patient's left out. */
  readonly relevant: number;
}

/** A neighbour with its label, as votes take it. */
export interface LabelledNeighbour extends Voter {
  readonly position: number;
  readonly label: string;
}

/** Queries as they were linked, with what is known of them and of their neighbours. */
export const labelQueries = (
  queries: readonly LinkedQuery[],
  { items, references, shuffle }: { items: readonly StudyItem[]; references: readonly number[]; shuffle: number },
): TestedQuery[] => {
  const labelled = (list: readonly LinkedNeighbour[]): LabelledNeighbour[] =>
    list.map(([position, distance], i) => ({ rank: i + 1, position, distance, label: items[position]!.label }));
  return queries.map(({ position, lists }) => {
    const { patient, label, image } = items[position]!;
    const entries = Object.entries(lists) as [Search, readonly LinkedNeighbour[]][];
    return {
      shuffle,
      position,
      image: image.id,
      patient,
      label,
      neighbours: Object.fromEntries(entries.map(([search, list]) => [search, labelled(list)])) as Record<
        Search,
        LabelledNeighbour[]
      >,
      relevant: references.filter((at) => items[at]!.label === label && items[at]!.patient !== patient).length,
    };
  });
};

/** A figure of the study: the mean over its shuffles, how far they scatter, and an interval by patient. */
export interface StudyFigure {
  readonly value: number;
  /** With n - 1 below; null of a single shuffle. */
  readonly deviation: number | null;
  /** Null where there was nothing to draw from. */
  readonly interval: Interval | null;
  readonly byShuffle: readonly number[];
}

/** Where a tested case comes from. */
type Placed = Pick<TestedQuery, "shuffle" | "patient">;

/** A figure of some cases, by their positions, which may come again; NaN where it is undefined. */
export type Statistic = (positions: readonly number[]) => number;

/**
 * The mean over the shuffles of a statistic of their cases. The interval draws patients whole, with all that they were tested in. A
 * shuffle in which the statistic is undefined is left out.
 */
export const studyFigure = (cases: readonly Placed[], statistic: Statistic, seed: number): StudyFigure => {
  const numbers = [...new Set(cases.map(({ shuffle }) => shuffle))].sort((a, b) => a - b);
  const ofShuffles = (positions: readonly number[]): number[] => {
    if (numbers.length === 1) return [statistic(positions)];
    const own = new Map(numbers.map((shuffle) => [shuffle, [] as number[]]));
    for (const position of positions) own.get(cases[position]!.shuffle)!.push(position);
    return numbers.map((shuffle) => statistic(own.get(shuffle)!));
  };
  const byShuffle = ofShuffles([...cases.keys()]);
  const value = meanOfDefined(byShuffle);
  const patients = cases.map(({ patient }) => patient);
  const interval = Number.isNaN(value) ? null : bootstrap(patients, (drawn) => meanOfDefined(ofShuffles(drawn)), seed);
  return {
    value,
    deviation: deviationOf(byShuffle.filter((own) => !Number.isNaN(own))),
    interval: interval && openInterval(interval.interval, { share: value, patients: new Set(patients).size }),
    byShuffle,
  };
};

/** Resamples of a study's figures: macro averages are counted anew in each. */
const resamples = 1000;

const bootstrap = (
  patients: readonly PatientId[],
  statistic: (items: readonly number[]) => number,
  seed: number,
): BootstrapInterval => bootstrapInterval(patients, statistic, { random: new Random(seed, "bootstrap"), resamples });

const meanOfDefined = (values: readonly number[]): number => {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
};

/** The standard deviation of what shuffles gave. */
const deviationOf = (values: readonly number[]): number | null => {
  if (values.length < 2) return null;
  const mean = meanOfDefined(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};
