/** Folds of a cross-validation by patient: nobody stands in two, and every class keeps its share as far as it can. */

import { dealPatients, patientsByLabel, type SplitItem } from "../../clinic/splits/deal-patients.ts";
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
  refuseFew(items, folds);
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

/** Nobody of a class would be left to test in some of the folds. */
const refuseFew = (items: readonly SplitItem[], folds: number): void => {
  for (const [, { length: patients }] of patientsByLabel(items)) {
    if (patients >= folds) continue;
    const sentence = `A class has ${patients} patients, too few for ${folds} folds; ask for fewer folds.`;
    throw new OsteonError("bad-input", sentence, { patients, folds });
  }
};
