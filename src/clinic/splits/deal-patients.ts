/** Patients dealt to the folds of a cross-validation: nobody stands in two, and every label keeps its share as far as it can. */

import type { Random } from "../../numeric/random.ts";
import type { PatientId } from "../ids.ts";

/** What a split needs to know of a radiograph. */
export interface SplitItem {
  readonly patient: PatientId;
  readonly label: string;
}

/** The patients of each label, labels in alphabetical order; a patient with several counts for the first. */
export const patientsByLabel = (items: readonly SplitItem[]): (readonly [label: string, patients: PatientId[]])[] => {
  const labelOf = new Map<PatientId, string>();
  for (const { patient, label } of items) if (!labelOf.has(patient)) labelOf.set(patient, label);
  return [...Map.groupBy(labelOf, ([, label]) => label)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, members]) => [label, members.map(([patient]) => patient).sort()] as const);
};

/**
 * The fold of every patient. Those of each label are dealt in turn, the labels one behind the other, so that folds differ by one
 * patient at most.
 */
export const dealPatients = (
  items: readonly SplitItem[],
  { folds, random }: { readonly folds: number; readonly random: Random },
): ReadonlyMap<PatientId, number> => {
  const foldOf = new Map<PatientId, number>();
  for (const [label, patients] of patientsByLabel(items))
    for (const place of random.fork(label).permutation(patients.length))
      foldOf.set(patients[place]!, foldOf.size % folds);
  return foldOf;
};
