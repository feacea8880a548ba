/**
 * The published split of SAM-X (Eur Radiol 2023, 10.1007/s00330-022-09184-6): by patient, a fifth held out, half of it external as far
 * as there are external patients, and five folds over the rest, each validating once on what the other four learn
 * (docs/decisions/019-the-atlas-model.md).
 */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import type { PatientId } from "../../../clinic/ids.ts";
import { makeSplit, type SplitSubject } from "../../../clinic/splits/make-split.ts";
import { duplicateLinks } from "../../../clinic/splits/split-subjects.ts";
import type { Lesson } from "./lessons.ts";

/** Who is on which side. */
export interface LessonSplit {
  readonly holdOut: ReadonlySet<PatientId>;
  /** The patients on whom each fold validates; together all who are not held out. */
  readonly folds: readonly ReadonlySet<PatientId>[];
}

/** What of the split is as published. */
export const publishedSplit = { folds: 5, holdOutShare: 0.2, externalShare: 0.5 } as const;

/** @throws OsteonError `bad-usage` for fewer patients than folds */
export const splitLessons = (lessons: readonly Lesson[], seed: number): LessonSplit => {
  const { folds, holdOutShare, externalShare } = publishedSplit;
  const images = new Map(lessons.map(({ image }) => [image.id, image]));
  const split = makeSplit(subjectsOf(lessons), {
    parts: { learn: 1 - holdOutShare, "hold-out": holdOutShare },
    folds,
    external: { part: "hold-out", share: externalShare },
    seed,
    links: duplicateLinks([...images.values()]),
  });
  return {
    holdOut: new Set(split.parts["hold-out"]),
    folds: split.folds.map((patients) => new Set(patients)),
  };
};

/** A patient with radiographs of several labels counts for the commonest of them, rather a region than what is discarded. */
const subjectsOf = (lessons: readonly Lesson[]): SplitSubject[] =>
  [...Map.groupBy(lessons, ({ image }) => image.patient)].map(([patient, own]) => {
    const counts = [...Map.groupBy(own, ({ label }) => label)].sort(
      ([a, ofA], [b, ofB]) =>
        Number(a === discard) - Number(b === discard) || ofB.length - ofA.length || (a < b ? -1 : 1),
    );
    const isExternal = own.some(({ image }) => image.origin === "external");
    return { patient, stratum: counts[0]![0], origin: isExternal ? "external" : "internal" };
  });
