/** Patients and cases, as they follow from the tables and from what people corrected. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["refresh-records"];

export const refreshRecords: JobKind<z.output<typeof settings>> = {
  kind: "refresh-records",
  settings,
  role: "annotator",
  lane: "light",
  run: async (home) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    const { patients, cases, contradictions } = await cohort.refreshClinicalRecords(home);
    return { patients: patients.length, cases: cases.length, contradictions: contradictions.length };
  },
};
