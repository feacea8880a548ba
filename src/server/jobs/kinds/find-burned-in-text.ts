/** Text in the pixels of the archive's radiographs, for people to decide at the review desk. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["find-burned-in-text"];

export const findBurnedInText: JobKind<z.output<typeof settings>> = {
  kind: "find-burned-in-text",
  settings,
  role: "annotator",
  lane: "heavy",
  run: async (home, _, { signal, onProgress }) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    return cohort.lookForBurnedInText(home, { signal, onProgress });
  },
};
