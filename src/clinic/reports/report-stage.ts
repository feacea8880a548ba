/** At which stage of the treatment a report was written, for cohorts that ask for images before any therapy. */

import type { ReportFields } from "./report-fields.ts";

/**
 * `untreated`: before every treatment that the report speaks of. `under therapy`: chemotherapy or radiotherapy is going on.
 * `pretreated`: after chemotherapy or radiotherapy, surgery still to come or not spoken of. `postoperative`: after surgery.
 */
export type ReportStage = "untreated" | "under therapy" | "pretreated" | "postoperative";

/** The stage; undefined where a report speaks of no treatment. */
export const reportStage = ({ surgery, chemotherapy, radiotherapy }: ReportFields): ReportStage | undefined => {
  const therapies = [chemotherapy?.value, radiotherapy?.value];
  if (surgery?.value === "postoperative") return "postoperative";
  if (therapies.includes("during")) return "under therapy";
  if (therapies.includes("after")) return "pretreated";
  return surgery || therapies.includes("before") ? "untreated" : undefined;
};
