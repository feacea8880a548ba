/** How past patients fared, as pages show it. */

import type { PatientId } from "../../clinic/ids.ts";
import type { CaseRecord, Diagnosis } from "../../clinic/records.ts";
import type { CaseCourse, Course } from "../../contract/queries.ts";
import { countReports, type Database, readClinicalRecords } from "../../store/index.ts";

/** The courses of some patients; those of whom nothing is known have an empty one. */
export const coursesOf = async (
  database: Database,
  patients: readonly PatientId[],
): Promise<(patient: PatientId) => Course> => {
  const { cases } = patients.length === 0 ? { cases: [] } : await readClinicalRecords(database, patients);
  const reports = await countReports(database, patients);
  const casesBy = Map.groupBy(cases, ({ patient }) => patient);
  const reportsBy = Map.groupBy(reports, ({ patient }) => patient);
  return (patient) => ({
    cases: (casesBy.get(patient) ?? []).map(courseOfCase),
    reports: (reportsBy.get(patient) ?? []).map(({ kind, count }) => ({ kind, count })),
  });
};

const courseOfCase = (record: CaseRecord): CaseCourse => ({
  case: record.case,
  ageYears: record.ageYears ?? null,
  site: record.site ?? null,
  side: record.side ?? null,
  position: record.position ?? null,
  occurrence: record.occurrence ?? null,
  preliminary: diagnosisOf(record.preliminary),
  final: diagnosisOf(record.final),
  treatments: record.treatments.map(({ kind, detail, startDate, endDate }) => ({
    kind,
    detail: detail ?? null,
    startDate: startDate ?? null,
    endDate: endDate ?? null,
  })),
  followUps: record.followUps
    .map(({ date, months, status }) => ({ date: date ?? null, months: months ?? null, status }))
    .sort((a, b) => (a.date ?? "").localeCompare(b.date ?? "") || (a.months ?? 0) - (b.months ?? 0)),
});

const diagnosisOf = (diagnosis: Diagnosis | undefined): CaseCourse["final"] =>
  diagnosis === undefined
    ? null
    : {
        entity: diagnosis.entity,
        malignancy: diagnosis.malignancy ?? null,
        confirmedBy: diagnosis.confirmation ?? null,
        date: diagnosis.date ?? null,
      };
