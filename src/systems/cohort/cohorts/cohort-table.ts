/** A cohort as a table: one row per member, one column per field, each with when it is known. */
import type { CohortMember } from "../../../clinic/cohorts/build-cohort.ts";
import {
  countingDiagnosis,
  diagnosisDate,
  followUpMonths,
  lastFollowUp,
  type Subject,
} from "../../../clinic/cohorts/subject.ts";
import { type CohortField, fieldsKnownAt, type Moment } from "../../../clinic/field-provenance.ts";

/** The cells of a member, by field; undefined where nothing is known. */
export type CohortRow = Readonly<Record<CohortField, string | number | undefined>>;

/**
 * The row of a member.
 *
 * @param subject undefined where the archive no longer knows the patient
 */
export const cohortRow = ({ patient, case: one, images }: CohortMember, subject: Subject | undefined): CohortRow => {
  const diagnosis = countingDiagnosis(one);
  const { prefix = "", t, n, m } = one.tnm ?? {};
  const stage = [t && `T${t}`, n && `N${n}`, m && `M${m}`].filter(Boolean).join(" ");
  return {
    patient,
    case: one.case,
    origin: subject?.origin,
    sex: subject?.sex,
    ageYears: one.ageYears,
    side: one.side,
    site: one.site,
    position: one.position,
    tumourSizeMm: one.tumourSizeMm,
    preliminaryEntity: one.preliminary?.entity,
    entity: diagnosis?.entity,
    malignancy: diagnosis?.malignancy,
    confirmation: diagnosis?.confirmation,
    diagnosisDate: diagnosisDate(one),
    icd10: one.icd10,
    icdO3Morphology: one.icdO3Morphology,
    grade: one.grade,
    tnm: stage === "" ? undefined : `${prefix}${stage}`,
    occurrence: one.occurrence,
    treatments: one.treatments.map(({ kind }) => kind).join(", ") || undefined,
    outcome: lastFollowUp(one)?.status,
    followUpMonths: followUpMonths(one),
    radiographs: images.length,
  };
};

/**
 * Heading and rows for a file.
 *
 * @param knownAt leaves out what is known later only; `follow-up` keeps everything
 */
export const cohortTable = (
  members: readonly CohortMember[],
  subjects: ReadonlyMap<string, Subject>,
  knownAt: Moment = "follow-up",
): (string | number)[][] => {
  const fields = fieldsKnownAt(knownAt);
  const rows = members.map((member) => cohortRow(member, subjects.get(member.patient)));
  return [fields, ...rows.map((row) => fields.map((field) => row[field] ?? ""))];
};
