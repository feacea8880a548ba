/** How every lesson is sorted by the networks that did not learn from its patient. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import type { AtlasOutcome } from "./atlas-outcomes.ts";
import { meanProbabilities, rankRegions } from "./class-probabilities.ts";
import { type Recognition, reasonOf } from "./recognition.ts";
import type { JudgedLesson } from "./see-lessons.ts";

/**
 * Held-out lessons by all networks together, and by each alone; the others by the one that validated on them.
 */
export const outcomesOf = (
  judged: readonly JudgedLesson[],
  { classes, recognition }: { readonly classes: readonly string[]; readonly recognition: Recognition },
): { readonly outcomes: AtlasOutcome[]; readonly byFold: AtlasOutcome[][] } => {
  const allFolds = recognition.features.map((_, fold) => fold);
  const sortBy = (one: JudgedLesson, folds: readonly number[]): AtlasOutcome =>
    sortLesson(one, { classes, recognition: withFolds(recognition, folds), folds });
  const holdOut = judged.filter(({ leftOutBy }) => leftOutBy === null);
  return {
    outcomes: judged.map((one) => sortBy(one, one.leftOutBy === null ? allFolds : [one.leftOutBy])),
    byFold: allFolds.map((fold) => holdOut.map((one) => sortBy(one, [fold]))),
  };
};

const withFolds = ({ rules, texture, features }: Recognition, folds: readonly number[]): Recognition => ({
  rules: { ...rules, features: folds.map((fold) => rules.features[fold]!) },
  texture,
  features: folds.map((fold) => features[fold]!),
});

const sortLesson = (
  { lesson, view, answers, leftOutBy }: JudgedLesson,
  {
    classes,
    recognition,
    folds,
  }: { readonly classes: readonly string[]; readonly recognition: Recognition; readonly folds: readonly number[] },
): AtlasOutcome => {
  const asked = folds.map((fold) => answers[fold]!);
  const probabilities = meanProbabilities(asked.map(({ logits }) => logits));
  const [first, second] = rankRegions(classes, probabilities);
  const reason =
    view.implausible ??
    reasonOf(recognition, {
      features: asked.map(({ features }) => features),
      texture: view.texture,
      discarded: probabilities[classes.indexOf(discard)] ?? 0,
    });
  return {
    image: lesson.image.id,
    patient: lesson.image.patient,
    label: lesson.label,
    cluster: lesson.cluster,
    side: leftOutBy === null ? "hold-out" : leftOutBy + 1,
    ...first!,
    second: second ?? null,
    known: reason === null,
    reason,
  };
};
