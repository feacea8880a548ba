/** Features and hash codes of every radiograph in the home, by the newest trained network. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["build-index"];

export const buildIndex: JobKind<z.output<typeof settings>> = {
  kind: "build-index",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, _, { job, signal, onProgress, now }) => {
    const precedents = await import("../../../systems/precedents/index.ts");
    return precedents.buildIndex(home, { startedBy: await starterOf(home, job), signal, onProgress, now });
  },
};
