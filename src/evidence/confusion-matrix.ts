/** The confusion matrix, from which every classification figure is computed. */

import { OsteonError } from "../errors.ts";

/** Counts by true and predicted label. */
export interface ConfusionMatrix {
  /** Of rows and columns, in order. */
  readonly labels: readonly string[];
  /** `counts[i][j]`: items of true label i predicted as j. */
  readonly counts: readonly (readonly number[])[];
  /** `undecided[i]`: items of true label i without a prediction. They are wrong wherever accuracy or recall is counted. */
  readonly undecided: readonly number[];
}

/**
 * Counts predictions.
 *
 * @param truth the true label of each item
 * @param predicted the predicted label of each item; null where the vote was undecided
 * @param labels the labels to show, in order; by default all that occur, sorted
 * @throws OsteonError `shape-mismatch` when the lengths differ, `bad-input` for a label that is not among `labels`
 * @example
 * confusionMatrix(["a", "a", "b"], ["a", "b", "b"]).counts; // [[1, 1], [0, 1]]
 */
export const confusionMatrix = (
  truth: readonly string[],
  predicted: readonly (string | null)[],
  labels: readonly string[] = allLabels(truth, predicted),
): ConfusionMatrix => {
  if (truth.length !== predicted.length) {
    throw new OsteonError(
      "shape-mismatch",
      `There are ${truth.length} true labels and ${predicted.length} predicted ones.`,
    );
  }
  const position = new Map(labels.map((label, i) => [label, i]));
  const positionOf = (label: string): number => {
    const found = position.get(label);
    if (found === undefined) throw new OsteonError("bad-input", `The label "${label}" is not among those to count.`);
    return found;
  };
  const counts = labels.map(() => labels.map(() => 0));
  const undecided = labels.map(() => 0);
  truth.forEach((label, item) => {
    const prediction = predicted[item];
    if (prediction === null) undecided[positionOf(label)]++;
    else counts[positionOf(label)][positionOf(prediction)]++;
  });
  return { labels, counts, undecided };
};

const allLabels = (truth: readonly string[], predicted: readonly (string | null)[]): string[] =>
  [...new Set([...truth, ...predicted.filter((label) => label !== null)])].sort();
