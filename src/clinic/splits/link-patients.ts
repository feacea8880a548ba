/** Patients who must stay together: the same person under two numbers, or pictures that show the same. */
import type { PatientId } from "../ids.ts";

/**
 * Groups of patients that are linked, directly or through others; everybody is in exactly one group.
 *
 * @param links pairs; patients that are not in `patients` link those that are
 * @returns groups in the order of their first patient
 */
export const linkPatients = (
  patients: readonly PatientId[],
  links: readonly (readonly [PatientId, PatientId])[],
): PatientId[][] => {
  const parent = new Map<PatientId, PatientId>();
  const rootOf = (patient: PatientId): PatientId => {
    let root = patient;
    for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next;
    parent.set(patient, root);
    return root;
  };
  for (const [a, b] of links) parent.set(rootOf(a), rootOf(b));
  return [...Map.groupBy(new Set(patients), rootOf).values()];
};
