/** What the reports of a past patient say: the sentences from which something was read. */

import type { PatientId } from "../../clinic/ids.ts";
import { evidenceSentences } from "../../clinic/reports/evidence-sentences.ts";
import type { ReportKind } from "../../clinic/reports/report-fields.ts";
import { type Database, listReports } from "../../store/index.ts";

/** A report without the rest of its text. */
export interface ReportSentences {
  readonly kind: ReportKind | null;
  readonly date: string | null;
  /** Empty where nothing was read from it. */
  readonly sentences: string[];
}

/** Of each report, in the order of dates. */
export const reportSentences = async (database: Database, patient: PatientId): Promise<ReportSentences[]> =>
  (await listReports(database, patient)).map(({ kind, date, fields }) => ({
    kind,
    date,
    sentences: evidenceSentences(fields),
  }));
