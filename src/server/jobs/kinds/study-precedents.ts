/** The recommender study by its whole protocol; after a break it goes on with the network that is next. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["study-precedents"];

export const studyPrecedents: JobKind<z.output<typeof settings>> = {
  kind: "study-precedents",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { weights, ...told }, { job, signal, onProgress, now }) => {
    const precedents = await import("../../../systems/precedents/index.ts");
    const training = await import("../../../systems/training/index.ts");
    const { run, target, patients, radiographs, testPatients, figures } = await precedents.runStudy(home, {
      plan: precedents.readStudyPlan(told),
      begin: await training.readHomeWeights(home, weights),
      startedBy: await starterOf(home, job),
      signal,
      now,
      onResume: (done) => onProgress(done, 0),
      onNetwork: onProgress,
    });
    return { run, target, patients, radiographs, testPatients, figures };
  },
};
