/** Trains the networks that learn the regions from labelled clusters; after a break it goes on from its last checkpoint. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["train-atlas"];

export const trainAtlas: JobKind<z.output<typeof settings>> = {
  kind: "train-atlas",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { clustering, preset, epochs, seed }, { job, signal, onProgress, now }) => {
    const atlas = await import("../../../systems/atlas/index.ts");
    const { run, regions, trainRadiographs, testRadiographs, figures } = await atlas.trainAtlas(home, {
      preset,
      seed,
      ...(clustering === null ? {} : { clustering }),
      ...(epochs === null ? {} : { epochs }),
      startedBy: await starterOf(home, job),
      signal,
      now,
      onResume: (epochsDone) => onProgress(epochsDone, 0),
      onEpoch: ({ epoch, epochs: all, loss, accuracy }) =>
        onProgress(epoch, all, `loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`),
    });
    return { run, regions, trainRadiographs, testRadiographs, figures };
  },
};
