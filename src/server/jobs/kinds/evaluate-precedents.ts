/** Says how well the precedents serve: split by patient, train on 80 %, link the rest. */

import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";
import { type TrainingJobSettings, trainingOptions } from "./train-precedents.ts";

export const evaluatePrecedents: JobKind<TrainingJobSettings> = {
  kind: "evaluate-precedents",
  settings: jobSettings["evaluate-precedents"],
  role: "researcher",
  lane: "heavy",
  run: async (home, told, work) => {
    const precedents = await import("../../../systems/precedents/index.ts");
    const { run, target, trainPatients, testPatients, testRadiographs, figures } = await precedents.evaluatePrecedents(
      home,
      await trainingOptions(home, told, work),
    );
    return { run, target, trainPatients, testPatients, testRadiographs, figures };
  },
};
