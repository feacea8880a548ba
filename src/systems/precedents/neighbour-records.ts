/** What the archive knows of past patients: their radiographs, their cases by the hospital's tables, what their reports say. */

import type { PatientId } from "../../clinic/ids.ts";
import { type Database, readClinicalRecords } from "../../store/index.ts";
import type { LinkNeighbour } from "./link-result.ts";
import { reportSentences } from "./report-sentences.ts";

/** Of each patient. */
export const neighbourRecords = async (
  database: Database,
  patients: readonly PatientId[],
): Promise<ReadonlyMap<PatientId, Pick<LinkNeighbour, "cases" | "reports">>> => {
  if (patients.length === 0) return new Map();
  const { cases } = await readClinicalRecords(database, patients);
  const casesBy = Map.groupBy(cases, ({ patient }) => patient);
  const records = new Map<PatientId, Pick<LinkNeighbour, "cases" | "reports">>();
  for (const patient of patients) {
    records.set(patient, {
      cases: (casesBy.get(patient) ?? []).map(({ patient: _, ...rest }) => rest),
      reports: await reportSentences(database, patient),
    });
  }
  return records;
};
