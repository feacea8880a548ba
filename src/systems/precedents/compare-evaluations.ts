/** Two evaluations side by side, figure by figure, where both linked the same radiographs. */

import { type ComparedFigure, comparePaired } from "../../evidence/compare-paired.ts";
import { type EvaluatedQuery, scoresOf } from "./evaluation-scores.ts";

/** The difference of every figure; null where the two did not link the same radiographs with the same truth. */
export const compareEvaluations = (
  first: readonly EvaluatedQuery[],
  second: readonly EvaluatedQuery[],
): ComparedFigure[] | null =>
  comparePaired({ items: first, scores: scoresOf(first) }, { items: second, scores: scoresOf(second) });
