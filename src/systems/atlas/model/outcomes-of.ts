/** How every lesson is sorted by the networks that did not learn from its patient. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { meanProbabilities } from "../../../numeric/softmax.ts";
import type { AtlasOutcome } from "./atlas-outcomes.ts";
import { rankRegions } from "./rank-regions.ts";
import { type Recognition, reasonOf } from "./recognition.ts";
import type { JudgedLesson } from "./see-lessons.ts";

/** Which region a lesson was taken for, whether it belongs to any or not. */
export type RankedLesson = Pick<AtlasOutcome, "patient" | "label" | "region" | "score" | "second">;

/** Held-out lessons by all networks together, and by each alone; the others by the one that validated on them. */
export const outcomesOf = (
  judged: readonly JudgedLesson[],
  { classes, recognition }: { readonly classes: readonly string[]; readonly recognition: Recognition },
): { readonly outcomes: AtlasOutcome[]; readonly byFold: RankedLesson[][] } => {
  const allFolds = recognition.features.map((_, fold) => fold);
  const holdOut = judged.filter(({ leftOutBy }) => leftOutBy === null);
  return {
    outcomes: judged.map((one): AtlasOutcome => {
      const { lesson, view, leftOutBy } = one;
      const folds = leftOutBy === null ? allFolds : [leftOutBy];
      const { discarded, ranked } = rank(one, { classes, folds });
      const features = folds.map((fold) => one.features[fold]!);
      const reason =
        view.implausible ?? reasonOf(withFolds(recognition, folds), { features, texture: view.texture, discarded });
      return {
        image: lesson.image.id,
        cluster: lesson.cluster,
        side: leftOutBy === null ? "hold-out" : leftOutBy + 1,
        ...ranked,
        known: reason === null,
        reason,
      };
    }),
    byFold: allFolds.map((fold) => holdOut.map((one) => rank(one, { classes, folds: [fold] }).ranked)),
  };
};

const withFolds = ({ rules, texture, features }: Recognition, folds: readonly number[]): Recognition => ({
  rules: { ...rules, features: folds.map((fold) => rules.features[fold]!) },
  texture,
  features: folds.map((fold) => features[fold]!),
});

const rank = (
  { answers, patient, label }: JudgedLesson,
  { classes, folds }: { readonly classes: readonly string[]; readonly folds: readonly number[] },
): { readonly ranked: RankedLesson; readonly discarded: number } => {
  const probabilities = meanProbabilities(folds.map((fold) => answers[fold]!.logits));
  const [first, second] = rankRegions(classes, probabilities);
  return {
    ranked: { patient, label, ...first!, second: second ?? null },
    discarded: probabilities[classes.indexOf(discard)] ?? 0,
  };
};
