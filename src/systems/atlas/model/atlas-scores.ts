/** The figures of a training: as published (top-1 and top-2 of regions), and how well is recognised what belongs to none. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { type ConfusionMatrix, confusionMatrix } from "../../../evidence/confusion-matrix.ts";
import { type EvaluatedLabel, labelScoresByPatient } from "../../../evidence/label-scores-by-patient.ts";
import { meanByPatient } from "../../../evidence/mean-by-patient.ts";
import type { Interval } from "../../../evidence/wilson-interval.ts";
import { Random } from "../../../numeric/random.ts";
import { type AtlasOutcome, sortedLabel } from "./atlas-outcomes.ts";
import type { RankedLesson } from "./outcomes-of.ts";

/** A figure with its 95 % interval by patient. */
export interface AtlasFigure {
  readonly name: string;
  readonly value: number;
  readonly interval: Interval | null;
}

/** The figure that stands for a training where there is room for one. */
export const mainAtlasFigure = "top-1, hold-out";

type Statistic<Item = AtlasOutcome> = (item: Item) => number;

const top1: Statistic<RankedLesson> = ({ region, label }) => Number(region === label);
const top2: Statistic<RankedLesson> = ({ region, second, label }) =>
  Number(region === label || second?.region === label);
const isRefused: Statistic = ({ known }) => Number(!known);
const isSortedRightly: Statistic = (outcome) => Number(sortedLabel(outcome) === outcome.label);

/** Of whom a figure is counted. */
const sides = {
  region: ({ label }: RankedLesson) => label !== discard,
  discarded: ({ label }: RankedLesson) => label === discard,
  any: () => true,
} as const;

const figures: readonly (readonly [
  name: string,
  of: keyof typeof sides,
  side: "hold-out" | "validation",
  Statistic,
])[] = [
  [mainAtlasFigure, "region", "hold-out", top1],
  ["top-2, hold-out", "region", "hold-out", top2],
  ["top-1, validation", "region", "validation", top1],
  ["top-2, validation", "region", "validation", top2],
  ["sorted as labelled, hold-out", "any", "hold-out", isSortedRightly],
  ["discarded recognised, hold-out", "discarded", "hold-out", isRefused],
  ["regions refused, hold-out", "region", "hold-out", isRefused],
];

/** What every outcome of the hold-out side adds to the figures that two runs can be compared by. */
export const atlasScoresOf = (outcomes: readonly AtlasOutcome[]): ReadonlyMap<string, Float64Array> =>
  new Map([["sorted as labelled, hold-out", Float64Array.from(outcomes, isSortedRightly)]]);

/** @param byFold of each fold's network alone on the hold-out side */
export const atlasFiguresOf = (
  outcomes: readonly AtlasOutcome[],
  { byFold, seed }: { readonly byFold: readonly (readonly RankedLesson[])[]; readonly seed: number },
): AtlasFigure[] => {
  const random = (): Random => new Random(seed, "bootstrap");
  const whole = figures.flatMap(([name, of, side, statistic]): AtlasFigure[] => {
    const counted = outcomes
      .filter((outcome) => (outcome.side === "hold-out") === (side === "hold-out"))
      .filter(sides[of]);
    if (counted.length === 0) return [];
    const patients = counted.map(({ patient }) => patient);
    return [{ name, ...meanByPatient(patients, counted.map(statistic), random()) }];
  });
  const alone = [top1, top2].flatMap((statistic, i): AtlasFigure[] => {
    const [first = [], ...others] = byFold.map((own) => own.filter(sides.region));
    if (first.length === 0) return [];
    const scores = [first, ...others].map((own) => own.map(statistic));
    const mean = first.map((_, at) => scores.reduce((sum, own) => sum + own[at]!, 0) / scores.length);
    const patients = first.map(({ patient }) => patient);
    return [{ name: `top-${i + 1}, hold-out, mean of single networks`, ...meanByPatient(patients, mean, random()) }];
  });
  return [...whole, ...alone];
};

/** The hold-out side by label, as it was sorted; what belongs to no region is `discard`. */
export const atlasConfusionOf = (holdOut: readonly AtlasOutcome[]): ConfusionMatrix =>
  confusionMatrix(
    holdOut.map(({ label }) => label),
    holdOut.map(sortedLabel),
  );

/** Precision, recall and F1 of each region, and of what was discarded, on the hold-out side as it was sorted. */
export const atlasLabelsOf = (holdOut: readonly AtlasOutcome[], seed: number): EvaluatedLabel[] =>
  labelScoresByPatient(
    holdOut.map((outcome) => ({ patient: outcome.patient, label: outcome.label, voted: sortedLabel(outcome) })),
    seed,
  );
