/** How past patients fared, as pages show it. */

import type { PatientId } from "../../clinic/ids.ts";
import { orderFollowUps } from "../../clinic/order-follow-ups.ts";
import type { CaseRecord, Diagnosis } from "../../clinic/records.ts";
import type { CaseCourse, Course } from "../../contract/queries.ts";
import { countReports, type Database, readClinicalRecords } from "../../store/index.ts";

/** What the tables say of a patient. */
export interface Background {
  /** Empty where nothing is known. */
  readonly course: Course;
  readonly sex: string | null;
}

/** What is known of some patients. */
export const backgroundsOf = async (
  database: Database,
  of: readonly PatientId[],
): Promise<(patient: PatientId) => Background> => {
  const { cases, patients } = of.length === 0 ? { cases: [], patients: [] } : await readClinicalRecords(database, of);
  const reports = await countReports(database, of);
  const casesBy = Map.groupBy(cases, ({ patient }) => patient);
  const reportsBy = Map.groupBy(reports, ({ patient }) => patient);
  return (patient) => ({
    course: {
      cases: (casesBy.get(patient) ?? []).map(courseOfCase),
      reports: (reportsBy.get(patient) ?? []).map(({ kind, count }) => ({ kind, count })),
    },
    sex: patients.find((known) => known.patient === patient)?.sex ?? null,
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
  followUps: orderFollowUps(record.followUps, record.final?.date ?? record.preliminary?.date).map(
    ({ date, months, status }) => ({ date: date ?? null, months: months ?? null, status }),
  ),
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
