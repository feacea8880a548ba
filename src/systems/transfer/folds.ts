/** Folds of a cross-validation by patient: nobody stands in two, and every class keeps its share as far as it can. */

import type { PatientId } from "../../clinic/ids.ts";
import type { SplitItem } from "../../clinic/split.ts";
import { OsteonError } from "../../errors.ts";
import type { Random } from "../../numeric/random.ts";

/** The parts of one fold, by the positions of the items. */
export interface Fold {
  readonly train: readonly number[];
  /** Kept apart from learning and test; empty where nothing is. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Deals the patients of each class to the folds in turn, the classes one behind the other, so that folds differ by one patient
 * at most. A patient with several classes counts for the first.
 *
 * @throws OsteonError `bad-input` for fewer patients of a class than folds
 */
export const patientFolds = (
  items: readonly SplitItem[],
  {
    folds,
    hasValidation,
    random,
  }: { readonly folds: number; readonly hasValidation: boolean; readonly random: Random },
): readonly Fold[] => {
  const foldOf = dealPatients(items, { folds, random });
  return Array.from({ length: folds }, (_, fold) => {
    const next = (fold + 1) % folds;
    const positions = (isIn: (own: number) => boolean): number[] =>
      items.flatMap(({ patient }, position) => (isIn(foldOf.get(patient)!) ? [position] : []));
    return {
      train: positions((own) => own !== fold && !(hasValidation && own === next)),
      validation: hasValidation ? positions((own) => own === next) : [],
      test: positions((own) => own === fold),
    };
  });
};

const dealPatients = (
  items: readonly SplitItem[],
  { folds, random }: { readonly folds: number; readonly random: Random },
): ReadonlyMap<PatientId, number> => {
  const classOf = new Map<PatientId, string>();
  for (const { patient, label } of items) if (!classOf.has(patient)) classOf.set(patient, label);
  const byClass = Map.groupBy(classOf, ([, label]) => label);
  const foldOf = new Map<PatientId, number>();
  for (const [label, members] of [...byClass].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (members.length < folds) {
      const sentence = `A class has ${members.length} patients, too few for ${folds} folds; ask for fewer folds.`;
      throw new OsteonError("bad-input", sentence, { patients: members.length, folds });
    }
    const patients = members.map(([patient]) => patient).sort();
    for (const place of random.fork(label).permutation(patients.length))
      foldOf.set(patients[place]!, foldOf.size % folds);
  }
  return foldOf;
};
