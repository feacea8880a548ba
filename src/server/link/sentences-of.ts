/** What the reports of a past patient say: the sentences from which something was read, each once, in the order of the text. */

import type { PatientId } from "../../clinic/ids.ts";
import type { Evidence, ReportFields } from "../../clinic/reports/report-fields.ts";
import type { NeighbourReports } from "../../contract/queries.ts";
import { type Database, listReports } from "../../store/index.ts";

export const sentencesOf = async (database: Database, patient: PatientId): Promise<NeighbourReports["reports"]> =>
  (await listReports(database, patient)).map(({ kind, date, fields }) => ({
    kind,
    date,
    sentences: [...new Map(evidenceOf(fields).map((one) => [one.start, one])).values()]
      .sort((a, b) => a.start - b.start)
      .map(({ sentence }) => sentence),
  }));

const evidenceOf = ({ diagnoses, language: _, kind: __, ...fields }: ReportFields): Evidence[] =>
  [...diagnoses, ...Object.values(fields)].map(({ evidence }) => evidence);
