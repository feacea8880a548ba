/** A cohort by its definition's criteria, in order. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["build-cohort"];

export const buildCohort: JobKind<z.output<typeof settings>> = {
  kind: "build-cohort",
  settings,
  role: "researcher",
  lane: "light",
  run: async ({ database }, { definition }, { now }) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    const built = await cohort.buildCohortFromHome(database, JSON.stringify(definition), { at: now() });
    const { definition: kept, members } = built.cohort;
    return { name: kept.name, patients: members.length, splitsGone: built.splitsGone };
  },
};
