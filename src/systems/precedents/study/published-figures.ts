/**
 * What the recommender study published (Eur Radiol 2024, 10.1007/s00330-024-10672-0; dissertation 4.4), and what its figures allow by
 * arithmetic alone: a vote accuracy of 92.86 % beside a precision@3 of 62.58 %, and a recall of 34.08 %.
 */

import type { Interval } from "../../../evidence/wilson-interval.ts";

/** Mean and standard deviation over the three shuffles, as shares. */
export interface PublishedScore {
  readonly mean: number;
  readonly deviation: number;
}

const score = (mean: number, deviation: number): PublishedScore => ({ mean: mean / 100, deviation: deviation / 100 });

/** One column of table 2 for one part of the data. */
export interface PublishedRow {
  readonly accuracy: PublishedScore;
  readonly precision: PublishedScore;
  readonly recall: PublishedScore;
}

/** Table 2. */
export const publishedScores = {
  resnet: {
    train: { accuracy: score(77.01, 1.11), precision: score(79.1, 0.76), recall: score(28.26, 0.41) },
    validation: { accuracy: score(58.69, 3.04), precision: score(60.23, 2.09), recall: score(21.53, 1.12) },
    test: { accuracy: score(54.1, 2.91), precision: score(55.57, 2), recall: score(19.85, 1.07) },
  },
  transformer: {
    train: { accuracy: score(82.37, 2.2), precision: score(80.44, 2.29), recall: score(30.23, 0.99) },
    validation: { accuracy: score(69.54, 2.87), precision: score(67.91, 1.39), recall: score(25.52, 0.81) },
    test: { accuracy: score(62.8, 1.9), precision: score(61.33, 2.1), recall: score(23.05, 0.7) },
  },
  recommender: {
    test: { accuracy: score(92.86, 0.59), precision: score(92.86, 0.59), recall: score(34.08, 2.76) },
  },
} as const;

/** By k, as shares (results, model performances). */
export const publishedPrecision: Readonly<Record<number, number>> = { 1: 0.6546, 3: 0.6258, 5: 0.6206, 7: 0.6148 };
export const publishedVote: Readonly<Record<number, number>> = { 1: 0.6546, 3: 0.9286, 5: 0.9213, 7: 0.9201 };

/** The k of the study's "best configuration". */
export const bestK = 3;

/** Classes that the study tells apart. */
export const publishedClasses = 10;

/** The tests of table 3, as p values. */
export const publishedPairs = [
  { first: "resnet", second: "transformer", pValue: 0.0035 },
  { first: "resnet", second: "recommender", pValue: 0.001 },
  { first: "transformer", second: "recommender", pValue: 0.001 },
] as const;

/** How a figure is rounded in the paper: to a hundredth of a percent. */
const rounding = 5e-5;

/** Whether some whole number of `parts` is a share that is printed so. */
const isPrintedAs = (share: number, parts: number): boolean =>
  Math.abs(Math.round(share * parts) / parts - share) <= rounding;

/**
 * How many test cases a plain ratio could have been printed so of, up to a limit.
 *
 * @param votesPerCase 1 for an accuracy, k for a precision@k
 */
export const attainableCounts = (share: number, votesPerCase: number, limit: number): number[] =>
  Array.from({ length: limit }, (_, i) => i + 1).filter((cases) => isPrintedAs(share, cases * votesPerCase));

/** Numbers of test cases, up to a limit, of which both the accuracy and the precision@3 could be plain ratios. */
export const sharedCounts = (limit: number): number[] => {
  const precisions = new Set(attainableCounts(publishedPrecision[bestK]!, bestK, limit));
  return attainableCounts(publishedVote[bestK]!, 1, limit).filter((cases) => precisions.has(cases));
};

/** The least and greatest of accuracy / recall of a row, as the printed digits allow. */
export const accuracyOverRecall = ({ accuracy, recall }: PublishedRow): Interval => [
  (accuracy.mean - rounding) / (recall.mean + rounding),
  (accuracy.mean + rounding) / (recall.mean - rounding),
];

/**
 * A plurality vote of three whose hits are independent with probability `hit`: two hits win, and one does where it is the nearest
 * and the other two differ, the wrong ones being spread evenly over the other classes.
 */
export const independentPlurality = (hit: number, classes = publishedClasses): number => {
  const miss = 1 - hit;
  const differ = (classes - 2) / (classes - 1);
  return hit ** 3 + 3 * hit ** 2 * miss + (3 * hit * miss ** 2 * differ) / 3;
};

/** A strict majority of three whose hits are independent. */
export const independentMajority = (hit: number): number => hit ** 3 + 3 * hit ** 2 * (1 - hit);

/** At least one hit of three that are independent. */
export const independentHit = (hit: number): number => 1 - (1 - hit) ** 3;

/** The mean over the classes of how often "this class or another" is answered rightly, where `accuracy` are named rightly. */
export const oneVersusRest = (accuracy: number, classes = publishedClasses): number =>
  1 - (2 * (1 - accuracy)) / classes;

/** What all rows of table 2 could have in common: the factor between accuracy and recall, as the printed digits allow; null for none. */
export const commonFactor = (): Interval | null => {
  const ranges = Object.values(publishedScores).flatMap((parts) => Object.values(parts).map(accuracyOverRecall));
  const [low, high] = [Math.max(...ranges.map(([from]) => from)), Math.min(...ranges.map(([, to]) => to))];
  return low <= high ? [low, high] : null;
};

/** Patients by entity, the commonest first (table 1). */
export const publishedPatients: readonly number[] = [229, 181, 124, 84, 51, 49, 33, 31, 18, 9];

/**
 * The share of the classes that a batch of `cases` holds on average, drawn in the published proportions: what a recall by class is
 * multiplied by, where it is averaged over batches and a class that is absent counts 0.
 */
export const presentClasses = (cases: number): number => {
  const all = publishedPatients.reduce((sum, patients) => sum + patients, 0);
  const present = publishedPatients.reduce((sum, patients) => sum + 1 - (1 - patients / all) ** cases, 0);
  return present / publishedPatients.length;
};
