/** Patients as a split sees them, from their radiographs. */

import type { ImageId, PatientId } from "../ids.ts";
import { patientsByLabel, type SplitItem } from "./deal-patients.ts";
import type { SplitSubject } from "./make-split.ts";

/** Each patient once, kept in proportion by the label. */
export const subjectsByLabel = (items: readonly SplitItem[]): SplitSubject[] =>
  patientsByLabel(items).flatMap(([stratum, patients]) => patients.map((patient) => ({ patient, stratum })));

/** Patients one of whose radiographs shows another's again: they may be one person, and stay on one side. */
export const duplicateLinks = (
  images: readonly {
    readonly id: ImageId;
    readonly patient: PatientId;
    readonly nearDuplicateOf: ImageId | null;
  }[],
): (readonly [PatientId, PatientId])[] => {
  const patientOf = new Map(images.map(({ id, patient }) => [id, patient]));
  return images.flatMap(({ patient, nearDuplicateOf }) => {
    const other = nearDuplicateOf === null ? undefined : patientOf.get(nearDuplicateOf);
    return other !== undefined && other !== patient ? [[patient, other] as const] : [];
  });
};
