/** Radiology reports, pathology reports and tumour-board protocols, with the fields that were read from them. */

import type { Insertable, Selectable } from "kysely";
import { type PatientId, patientId } from "../clinic/ids.ts";
import type { PartialDate } from "../clinic/records.ts";
import type { ReportFields, ReportKind } from "../clinic/reports/report-fields.ts";
import type { ReportStage } from "../clinic/reports/report-stage.ts";
import type { Database } from "./database.ts";
import type { ReportsTable } from "./schema.ts";

/** A report of the home. */
export interface StoredReport {
  /** The centre's number of the report, unique within a home. */
  readonly id: string;
  readonly patient: PatientId;
  readonly case: string | null;
  /** When it was written. */
  readonly date: PartialDate | null;
  readonly kind: ReportKind | null;
  readonly text: string;
  readonly fields: ReportFields;
  /** Null where it speaks of no treatment. */
  readonly stage: ReportStage | null;
  /** Hash of the text, of what the list says of it and of the reader's version: the same one need not be read again. */
  readonly fingerprint: string;
}

/** Writes reports, all or none; one whose number the home has already takes its place. No number may come twice. */
export const writeReports = async (database: Database, reports: readonly StoredReport[]): Promise<void> => {
  if (reports.length === 0) return;
  await database
    .insertInto("reports")
    .values(reports.map(toRow))
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet(({ ref }) => ({
        patient_id: ref("excluded.patient_id"),
        case_id: ref("excluded.case_id"),
        written_on: ref("excluded.written_on"),
        kind: ref("excluded.kind"),
        text: ref("excluded.text"),
        fields: ref("excluded.fields"),
        stage: ref("excluded.stage"),
        fingerprint: ref("excluded.fingerprint"),
      })),
    )
    .execute();
};

/** Every report, or those of one patient, in the order of dates, then numbers. */
export const listReports = async (database: Database, patient?: PatientId): Promise<StoredReport[]> => {
  const query = database.selectFrom("reports").selectAll().orderBy("written_on").orderBy("id");
  const rows = await (patient === undefined ? query : query.where("patient_id", "=", patient)).execute();
  return rows.map(fromRow);
};

/** How many reports of each kind some patients have. */
export const countReports = async (
  database: Database,
  patients: readonly PatientId[],
): Promise<{ readonly patient: PatientId; readonly kind: ReportKind | null; readonly count: number }[]> => {
  if (patients.length === 0) return [];
  const rows = await database
    .selectFrom("reports")
    .select(({ fn }) => ["patient_id", "kind", fn.countAll<string>().as("count")])
    .where("patient_id", "in", patients)
    .groupBy(["patient_id", "kind"])
    .orderBy("kind")
    .execute();
  return rows.map(({ patient_id, kind, count }) => ({ patient: patientId(patient_id), kind, count: Number(count) }));
};

/** The fingerprints of the home's reports by their numbers. */
export const reportFingerprints = async (database: Database): Promise<Map<string, string>> => {
  const rows = await database.selectFrom("reports").select(["id", "fingerprint"]).execute();
  return new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]));
};

const toRow = (report: StoredReport): Insertable<ReportsTable> => ({
  id: report.id,
  patient_id: report.patient,
  case_id: report.case,
  written_on: report.date,
  kind: report.kind,
  text: report.text,
  fields: JSON.stringify(report.fields),
  stage: report.stage,
  fingerprint: report.fingerprint,
});

const fromRow = (row: Selectable<ReportsTable>): StoredReport => ({
  id: row.id,
  patient: patientId(row.patient_id),
  case: row.case_id,
  date: row.written_on,
  kind: row.kind,
  text: row.text,
  fields: JSON.parse(row.fields),
  stage: row.stage,
  fingerprint: row.fingerprint,
});
