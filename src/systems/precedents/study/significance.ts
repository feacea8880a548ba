/**
 * Table 3 of the study: Shapiro-Wilk on what the shuffles gave, analysis of variance over the models, Tukey's test of each pair. The
 * shuffles draw from the same patients, so they are not independent, as these tests would have them; the paired comparison by patient
 * that stands beside it is.
 */

import type { PatientId } from "../../../clinic/ids.ts";
import { type ComparedFigure, comparePaired, type ScoredItems } from "../../../evidence/compare-paired.ts";
import { oneWayAnova } from "../../../evidence/hypothesis/compare-groups.ts";
import { shapiroWilk, shapiroWilkRange } from "../../../evidence/hypothesis/shapiro-wilk.ts";
import { type PairDifference, tukeyHsd } from "../../../evidence/hypothesis/tukey-hsd.ts";

/** Figures of the models by the shuffle. */
export interface ModelShuffles {
  readonly model: string;
  readonly byShuffle: readonly number[];
}

/** The tests of one figure, such as the accuracy. */
export interface Significance {
  readonly figure: string;
  /** Of each model; null where there are fewer than three shuffles, or all gave the same. */
  readonly normality: readonly { readonly model: string; readonly w: number | null; readonly pValue: number | null }[];
  readonly anova: { readonly f: number; readonly pValue: number } | null;
  /** Positions are those of the models. */
  readonly pairs: readonly PairDifference[];
}

/** @param models of one figure, each with as many shuffles */
export const significanceOf = (figure: string, models: readonly ModelShuffles[]): Significance => {
  const groups = models.map(({ byShuffle }) => byShuffle);
  const isEnough = groups.length >= 2 && groups.every((group) => group.length >= 2 && group.every(Number.isFinite));
  const anova = isEnough ? oneWayAnova(groups) : null;
  return {
    figure,
    normality: models.map(({ model, byShuffle }) => {
      const isJudged = byShuffle.length >= shapiroWilkRange[0] && new Set(byShuffle).size > 1;
      const result = isJudged ? shapiroWilk(byShuffle) : null;
      return { model, w: result?.statistic ?? null, pValue: result?.pValue ?? null };
    }),
    anova: anova && { f: anova.statistic, pValue: anova.pValue },
    pairs: isEnough ? tukeyHsd(groups) : [],
  };
};

/** A case that two models judged. */
export interface JudgedCase {
  readonly shuffle: number;
  readonly image: string;
  readonly patient: PatientId;
  readonly label: string;
  readonly isRight: boolean;
}

/** The second's accuracy less the first's, patients drawn once for both; all shuffles together. */
export const pairedDifference = (
  first: readonly JudgedCase[],
  second: readonly JudgedCase[],
): Omit<ComparedFigure, "name"> => {
  const [compared] = comparePaired(scored(first), scored(second))!;
  const { difference, interval, differs } = compared!;
  return { difference, interval, differs };
};

/** A radiograph is judged once a shuffle. */
const scored = (cases: readonly JudgedCase[]): ScoredItems => ({
  items: cases.map(({ shuffle, image, patient, label }) => ({ image: `${shuffle}/${image}`, patient, label })),
  scores: new Map([["accuracy", cases.map(({ isRight }) => Number(isRight))]]),
});
