/** What the reports of a past patient say. */

import type { PatientId } from "../../clinic/ids.ts";
import { evidenceSentences } from "../../clinic/reports/evidence-sentences.ts";
import type { NeighbourReports } from "../../contract/queries.ts";
import { type Database, listReports } from "../../store/index.ts";

export const sentencesOf = async (database: Database, patient: PatientId): Promise<NeighbourReports["reports"]> =>
  (await listReports(database, patient)).map(({ kind, date, fields }) => ({
    kind,
    date,
    sentences: evidenceSentences(fields),
  }));
