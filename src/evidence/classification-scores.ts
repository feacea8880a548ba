/**
 * Accuracy, precision, recall and F1 with scikit-learn's names and definitions. Each average is named, because an accuracy
 * beside a precision of another average says less than it seems to.
 */

import { type ConfusionMatrix, confusionMatrix } from "./confusion-matrix.ts";

/**
 * `micro`: from the sums over all labels; with one label an item and none undecided it equals accuracy.
 * `macro`: the plain mean over the labels, however rare.
 */
export type Average = "micro" | "macro";

/** The figures of one label. A ratio with nothing below its line is 0, as scikit-learn's `zero_division=0`. */
export interface LabelScores {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Items of this true label. */
  readonly support: number;
}

/** Predictions beside the truth, item by item; an undecided one (null) is wrong. */
export interface Predictions {
  readonly truth: readonly string[];
  readonly predicted: readonly (string | null)[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (above: number, below: number): number => (below === 0 ? 0 : above / below);
const mean = (values: readonly number[]): number => sum(values) / values.length;

interface Counts {
  readonly hits: number;
  readonly predicted: number;
  readonly actual: number;
}

const countsOf = ({ counts, undecided }: ConfusionMatrix): Counts[] =>
  counts.map((row, i) => ({
    hits: row[i],
    predicted: sum(counts.map((other) => other[i])),
    actual: sum(row) + undecided[i],
  }));

const f1Of = ({ hits, predicted, actual }: Counts): number => ratio(2 * hits, predicted + actual);

/** The figures of each label, in the matrix's order. */
export const scoresByLabel = (matrix: ConfusionMatrix): LabelScores[] =>
  countsOf(matrix).map((counts, i) => ({
    label: matrix.labels[i],
    precision: ratio(counts.hits, counts.predicted),
    recall: ratio(counts.hits, counts.actual),
    f1: f1Of(counts),
    support: counts.actual,
  }));

const averaged = ({ truth, predicted }: Predictions, average: Average, score: (counts: Counts) => number): number => {
  const counts = countsOf(confusionMatrix(truth, predicted));
  if (average === "macro") return mean(counts.map(score));
  return score({
    hits: sum(counts.map(({ hits }) => hits)),
    predicted: sum(counts.map((each) => each.predicted)),
    actual: sum(counts.map(({ actual }) => actual)),
  });
};

/** Share of items that are predicted rightly; NaN for no items. */
export const accuracyScore = ({ truth, predicted }: Predictions): number =>
  truth.filter((label, item) => predicted[item] === label).length / truth.length;

/** The mean of the recalls of the labels that occur in the truth: what a majority-class guess cannot raise. */
export const balancedAccuracyScore = ({ truth, predicted }: Predictions): number =>
  mean(
    scoresByLabel(confusionMatrix(truth, predicted))
      .filter(({ support }) => support > 0)
      .map(({ recall }) => recall),
  );

/**
 * Of the items predicted as a label, the share that is of it.
 *
 * @example
 * precisionScore({ truth: ["a", "a", "b"], predicted: ["a", "b", "b"] }, "macro"); // 0.75
 */
export const precisionScore = (predictions: Predictions, average: Average): number =>
  averaged(predictions, average, ({ hits, predicted }) => ratio(hits, predicted));

/** Of the items of a label, the share that is predicted as it. */
export const recallScore = (predictions: Predictions, average: Average): number =>
  averaged(predictions, average, ({ hits, actual }) => ratio(hits, actual));

/** The harmonic mean of precision and recall; the macro average is the mean of the labels' own. */
export const f1Score = (predictions: Predictions, average: Average): number => averaged(predictions, average, f1Of);
