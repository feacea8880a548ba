/**
 * Labels that are likely wrong, found from what classifiers that did not learn them say (Northcutt, Jiang and Chuang, 2021,
 * "Confident Learning: Estimating Uncertainty in Dataset Labels", J. Artif. Intell. Res. 70).
 */

import { OsteonError } from "../errors.ts";

/** What is looked through. */
export interface LabelledProbabilities {
  /** The given label of each example, in [0, classes). */
  readonly labels: readonly number[];
  /** For each example the probability of each class, by a classifier that did not learn from it (held-out folds). */
  readonly probabilities: readonly (readonly number[])[];
}

/** What was found. */
export interface LabelNoise {
  /**
   * Examples by given label (row) and by the label that they are confidently of (column), scaled so that each row sums to the
   * number of examples with that label: the confident joint, calibrated (section 3.1).
   */
  readonly joint: readonly (readonly number[])[];
  /** The estimated share of wrong labels, in [0, 1]. */
  readonly noise: number;
  /** The examples to look at, the most doubtful first. */
  readonly suspects: readonly LabelSuspect[];
}

/** An example whose label is doubted. */
export interface LabelSuspect {
  readonly example: number;
  readonly given: number;
  /** The class it is confidently of. */
  readonly proposed: number;
  /** Probability of the given label less that of the proposed one, in [-1, 1]; the lowest is the most doubtful. */
  readonly margin: number;
}

/**
 * An example is confidently of a class where its probability reaches the mean that examples given this label have; of several,
 * the most probable (equation 2). Those that are confidently of another class than their label are the suspects ("prune by the
 * confident joint's off-diagonal").
 *
 * @throws OsteonError `shape-mismatch` where labels and probabilities are not of one length, or a label is no class
 * @example
 * const { suspects } = findLabelNoise({ labels: [0, 1], probabilities: [[0.9, 0.1], [0.8, 0.2]] });
 */
export const findLabelNoise = (data: LabelledProbabilities): LabelNoise => {
  const { labels, probabilities } = data;
  const classes = check(data);
  const thresholds = thresholdsOf(data, classes);
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  const suspects: LabelSuspect[] = [];
  probabilities.forEach((own, example) => {
    const given = labels[example]!;
    const proposed = confidentClass(own, thresholds);
    if (proposed === undefined) return;
    counts[given]![proposed]! += 1;
    if (proposed !== given) suspects.push({ example, given, proposed, margin: own[given]! - own[proposed]! });
  });
  const joint = calibrate(counts, labels);
  const wrong = joint.reduce((sum, row, given) => sum + row.reduce((all, n, c) => all + (c === given ? 0 : n), 0), 0);
  return {
    joint,
    noise: labels.length === 0 ? 0 : wrong / labels.length,
    suspects: suspects.sort((a, b) => a.margin - b.margin || a.example - b.example),
  };
};

const check = ({ labels, probabilities }: LabelledProbabilities): number => {
  const classes = probabilities[0]?.length ?? 0;
  const isWhole =
    labels.length === probabilities.length &&
    probabilities.every((own) => own.length === classes) &&
    labels.every((label) => Number.isInteger(label) && label >= 0 && label < classes);
  if (isWhole) return classes;
  const found = `${labels.length} labels and ${probabilities.length} rows of ${classes} probabilities`;
  throw new OsteonError(
    "shape-mismatch",
    `Label noise needs a label that is a class for each row; there are ${found}.`,
  );
};

/** The mean probability of each class among the examples that are labelled so; nothing is confidently of one without examples. */
const thresholdsOf = ({ labels, probabilities }: LabelledProbabilities, classes: number): number[] =>
  Array.from({ length: classes }, (_, label) => {
    const own = probabilities.filter((_, example) => labels[example] === label).map((row) => row[label]!);
    return own.length === 0 ? Number.POSITIVE_INFINITY : own.reduce((sum, p) => sum + p, 0) / own.length;
  });

/** A mean of equal numbers may differ from them by rounding. */
const tolerance = 1e-12;

const confidentClass = (own: readonly number[], thresholds: readonly number[]): number | undefined => {
  let best: number | undefined;
  own.forEach((p, label) => {
    if (p >= thresholds[label]! - tolerance && (best === undefined || p > own[best]!)) best = label;
  });
  return best;
};

/** Rows scaled to the labels' own counts; a label of which nothing is confident keeps its examples. */
const calibrate = (counts: readonly (readonly number[])[], labels: readonly number[]): number[][] =>
  counts.map((row, given) => {
    const of = labels.filter((label) => label === given).length;
    const sum = row.reduce((all, n) => all + n, 0);
    return row.map((n, label) => (sum === 0 ? (label === given ? of : 0) : (n / sum) * of));
  });
