/**
 * Whether a radiograph shows the tumour as it was before any therapy. Three quarters of the centre's radiographs do not
 * (BMC Musculoskelet Disord 2024, methods), and only such radiographs were eligible (Eur Radiol 2024).
 */
import { comparePartialDates } from "./partial-dates.ts";
import type { CaseRecord, PartialDate, Treatment } from "./records.ts";

/** `unknown`: the dates do not tell, because one is missing or known by its month or year alone. */
export type TherapyStage = "pre-therapy" | "post-therapy" | "unknown";

const changesTheTumour: ReadonlySet<Treatment["kind"]> = new Set(["surgery", "chemotherapy", "radiotherapy"]);

/**
 * The stage of a radiograph. On the day a therapy begins it still counts as before it.
 *
 * @param date of the radiograph
 */
export const therapyStage = (
  date: PartialDate | undefined,
  { treatments }: Pick<CaseRecord, "treatments">,
): TherapyStage => {
  const therapies = treatments.filter(({ kind }) => changesTheTumour.has(kind));
  if (therapies.length === 0) return "pre-therapy";
  if (date === undefined) return "unknown";
  const orders = therapies.map(({ startDate }) => (startDate ? comparePartialDates(date, startDate) : undefined));
  if (orders.includes(1)) return "post-therapy";
  return orders.includes(undefined) ? "unknown" : "pre-therapy";
};
