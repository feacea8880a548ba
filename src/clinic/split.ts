/** Splits by patient: no patient stands on both sides, and every label keeps its share. */

import type { Random } from "../numeric/random.ts";
import type { PatientId } from "./ids.ts";

/** What a split needs to know of a radiograph. */
export interface SplitItem {
  readonly patient: PatientId;
  readonly label: string;
}

/**
 * The patients of the test side: of each label's patients the given share, rounded, and at least one where there are two.
 * A patient with several labels counts for the first.
 *
 * @param share in (0, 1)
 */
export const stratifiedTestPatients = (
  items: readonly SplitItem[],
  { share, random }: { share: number; random: Random },
): ReadonlySet<PatientId> => {
  const byLabel = new Map<string, PatientId[]>();
  const seen = new Set<PatientId>();
  for (const { patient, label } of items) {
    if (seen.has(patient)) continue;
    seen.add(patient);
    byLabel.set(label, [...(byLabel.get(label) ?? []), patient]);
  }
  const test = new Set<PatientId>();
  for (const [label, patients] of [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = patients.toSorted();
    const order = random.fork(label).permutation(sorted.length);
    const count = Math.min(sorted.length - 1, Math.max(1, Math.round(sorted.length * share)));
    for (const i of order.subarray(0, Math.max(0, count))) test.add(sorted[i]!);
  }
  return test;
};
