/** Precision, recall and F1 of each label, with intervals by patient. */

import type { PatientId } from "../clinic/ids.ts";
import { Random } from "../numeric/random.ts";
import { bootstrapInterval } from "./bootstrap-interval.ts";
import { type LabelScores, scoresByLabel } from "./classification-scores.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { openInterval } from "./mean-by-patient.ts";
import type { Interval } from "./wilson-interval.ts";

/** An item of a patient with its true label and what it was taken for; null where that is undecided. */
export interface JudgedItem {
  readonly patient: PatientId;
  readonly label: string;
  readonly voted: string | null;
}

/** The figures of one label; an interval is null where patients of the label are too few to draw from. */
export interface EvaluatedLabel extends LabelScores {
  readonly intervals: Readonly<Record<Score, Interval | null>>;
}

type Score = "precision" | "recall" | "f1";

/** Of fewer patients an interval would say nothing. */
const fewestPatients = 5;

/** The figures of every label that occurs, in alphabetical order. */
export const labelScoresByPatient = (items: readonly JudgedItem[], seed: number): EvaluatedLabel[] => {
  const patients = items.map(({ patient }) => patient);
  const matrix = confusionMatrix(
    items.map(({ label }) => label),
    items.map(({ voted }) => voted),
  );
  return scoresByLabel(matrix).map((scores) => {
    const { label } = scores;
    const countPatients = (which: "label" | "voted"): number =>
      new Set(patients.filter((_, i) => items[i]![which] === label)).size;
    const counted: Readonly<Record<Score, number>> = {
      recall: countPatients("label"),
      precision: countPatients("voted"),
      f1: Math.min(countPatients("label"), countPatients("voted")),
    };
    const intervalOf = (score: Score): Interval | null => {
      if (counted[score] < fewestPatients) return null;
      const statistic = (drawn: readonly number[]): number =>
        scoreOf(
          drawn.map((i) => items[i]!),
          { label, score },
        );
      const { interval } = bootstrapInterval(patients, statistic, { random: new Random(seed, "bootstrap", label) });
      return openInterval(interval, { share: scores[score], patients: counted[score] });
    };
    return {
      ...scores,
      intervals: { precision: intervalOf("precision"), recall: intervalOf("recall"), f1: intervalOf("f1") },
    };
  });
};

/** As `scoresByLabel`, of one label; NaN in a resample where the label does not occur, or nobody was taken for it. */
const scoreOf = (
  items: readonly JudgedItem[],
  { label, score }: { readonly label: string; readonly score: Score },
): number => {
  let [hits, actual, voted] = [0, 0, 0];
  for (const item of items) {
    hits += Number(item.label === label && item.voted === label);
    actual += Number(item.label === label);
    voted += Number(item.voted === label);
  }
  if (score === "recall") return hits / actual;
  if (score === "precision") return hits / voted;
  return (2 * hits) / (actual + voted);
};
