/** Trains the network whose features make the precedents; after a break it goes on from its last checkpoint. */

import type { z } from "zod";
import { type JobSettings, jobSettings } from "../../../contract/jobs.ts";
import type { Home } from "../../../store/index.ts";
import type { TrainOptions } from "../../../systems/precedents/index.ts";
import type { JobKind, JobWork } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["train-precedents"];
/** What training and evaluating are both told. */
export type TrainingJobSettings = z.output<JobSettings["evaluate-precedents"]>;

export const trainPrecedents: JobKind<z.output<typeof settings>> = {
  kind: "train-precedents",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { holdOut, ...told }, work) => {
    const precedents = await import("../../../systems/precedents/index.ts");
    return precedents.trainPrecedents(home, { ...(await trainingOptions(home, told, work)), holdOut });
  },
};

/** What a job says to training, in training's own words. */
export const trainingOptions = async (
  home: Home,
  { preset, target, epochs, imageSizes, weights, seed }: TrainingJobSettings,
  { job, signal, onProgress, now }: JobWork,
): Promise<TrainOptions> => {
  const { presets } = await import("../../../systems/precedents/index.ts");
  const { readHomeWeights } = await import("../../../systems/training/index.ts");
  return {
    settings: { ...presets[preset], ...(imageSizes === null ? {} : { imageSizes }) },
    seed,
    ...(target === null ? {} : { target }),
    ...(epochs === null ? {} : { epochs }),
    begin: await readHomeWeights(home, weights),
    startedBy: await starterOf(home, job),
    signal,
    now,
    onResume: (epochsDone) => onProgress(epochsDone, 0),
    onEpoch: ({ epoch, epochs: all, loss, accuracy }) =>
      onProgress(epoch, all, `loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`),
  };
};
