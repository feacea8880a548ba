/** Features and hash codes of every radiograph in the home, by the newest trained network. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import { askForHelp, type SharedWork } from "../ask-for-help.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["build-index"];

export const buildIndex: JobKind<z.output<typeof settings>> = {
  kind: "build-index",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { helpers }, { job, signal, onProgress, now }) => {
    const precedents = await import("../../../systems/precedents/index.ts");
    const startedBy = await starterOf(home, job);
    const onSlices = (work: SharedWork) => askForHelp(home, work, { helpers, person: startedBy.person, now });
    return precedents.buildIndex(home, { startedBy, signal, onProgress, onSlices, now });
  },
};
