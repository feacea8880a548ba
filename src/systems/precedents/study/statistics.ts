/** Figures of cases as functions of their positions: what a bootstrap asks a thousand times is worked out of each case once. */

import type { Statistic } from "./study-items.ts";

/** The mean of a score. */
export const meanOf = (scores: ArrayLike<number>): Statistic => ratioOf(scores, null);

/** The sum of one number over the sum of another, or over how many there are; NaN of nothing. */
export const ratioOf =
  (above: ArrayLike<number>, below: ArrayLike<number> | null): Statistic =>
  (positions) => {
    let [sum, all] = [0, 0];
    for (const position of positions) {
      sum += above[position]!;
      all += below ? below[position]! : 1;
    }
    return sum / all;
  };

/** Cases with what they are and what they are taken for, as numbers of classes; -1 for neither. */
export interface JudgedClasses {
  readonly truth: Int32Array;
  readonly said: Int32Array;
  readonly classes: number;
}

/** The labels of cases as numbers. */
export const judgedClasses = (
  cases: readonly { readonly label: string; readonly said: string | null }[],
  classes: readonly string[],
): JudgedClasses => {
  const numberOf = new Map(classes.map((label, number) => [label, number]));
  return {
    truth: Int32Array.from(cases, ({ label }) => numberOf.get(label) ?? -1),
    said: Int32Array.from(cases, ({ said }) => (said === null ? -1 : (numberOf.get(said) ?? -1))),
    classes: classes.length,
  };
};

export const accuracyOf = ({ truth, said }: JudgedClasses): Statistic =>
  meanOf(truth.map((own, i) => Number(own === said[i])));

/**
 * The mean over the classes that occur, in the truth or in what is said, of the share of those taken for a class that are of it
 * (precision), or of those of a class that are taken for it (recall); 0 for a class without any, as scikit-learn's `zero_division=0`.
 */
export const meanOverClasses =
  ({ truth, said, classes }: JudgedClasses, of: "precision" | "recall"): Statistic =>
  (positions) => {
    const [hits, actual, taken] = [0, 1, 2].map(() => new Int32Array(classes)) as [Int32Array, Int32Array, Int32Array];
    for (const position of positions) {
      const [own, other] = [truth[position]!, said[position]!];
      if (own >= 0) actual[own]! += 1;
      if (other >= 0) taken[other]! += 1;
      if (own >= 0 && own === other) hits[own]! += 1;
    }
    const below = of === "precision" ? taken : actual;
    let [sum, occurring] = [0, 0];
    for (let c = 0; c < classes; c++) {
      if (actual[c]! + taken[c]! === 0) continue;
      occurring += 1;
      sum += below[c]! === 0 ? 0 : hits[c]! / below[c]!;
    }
    return sum / occurring;
  };

/** The mean over all classes of how often "this class or another" is right: a wrong answer is wrong of two classes alone. */
export const meanOneVersusRest = ({ truth, said, classes }: JudgedClasses): Statistic =>
  meanOf(
    Float64Array.from(truth, (own, i) =>
      own === said[i] ? 1 : 1 - (Number(own >= 0) + Number(said[i]! >= 0)) / classes,
    ),
  );

/** Recall averaged over all classes within each batch, absent ones counted 0, then over the batches. */
export const batchedRecall =
  ({ truth, said, classes }: JudgedClasses, batch: number): Statistic =>
  (positions) => {
    let [sum, batches] = [0, 0];
    for (let from = 0; from < positions.length; from += batch) {
      const [hits, actual] = [new Int32Array(classes), new Int32Array(classes)];
      for (let i = from; i < Math.min(from + batch, positions.length); i++) {
        const own = truth[positions[i]!]!;
        if (own < 0) continue;
        actual[own]! += 1;
        if (own === said[positions[i]!]) hits[own]! += 1;
      }
      sum += hits.reduce((all, own, c) => all + (actual[c]! > 0 ? own / actual[c]! : 0), 0) / classes;
      batches += 1;
    }
    return sum / batches;
  };
