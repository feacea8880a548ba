/** The sentences of a report from which something was read: what it says, without the rest of its text. */

import type { Evidence, ReportFields } from "./report-fields.ts";

/** Each sentence once, in the order of the text. */
export const evidenceSentences = ({ diagnoses, language: _, kind: __, ...fields }: ReportFields): string[] => {
  const evidence: readonly Evidence[] = [...diagnoses, ...Object.values(fields)].map((stated) => stated.evidence);
  return [...new Map(evidence.map((one) => [one.start, one])).values()]
    .sort((a, b) => a.start - b.start)
    .map(({ sentence }) => sentence);
};
