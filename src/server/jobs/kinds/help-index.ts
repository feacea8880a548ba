/** Helps with an index that is being built; the job that builds it asks for this. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["help-index"];

export const helpIndex: JobKind<z.output<typeof settings>> = {
  kind: "help-index",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { run }, { signal, onProgress }) => {
    const precedents = await import("../../../systems/precedents/index.ts");
    return precedents.helpIndex(home, { run, signal, onEmbedded: (sights) => onProgress(sights, 0) });
  },
};
