/** Puts the archive in clusters for readers to label, by the features of the newest trained network. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["cluster-atlas"];

export const clusterAtlas: JobKind<z.output<typeof settings>> = {
  kind: "cluster-atlas",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { clusters, seed }, { job, signal, onProgress, now }) => {
    const atlas = await import("../../../systems/atlas/index.ts");
    return atlas.clusterArchive(home, {
      seed,
      ...(clusters === null ? {} : { clusters }),
      startedBy: await starterOf(home, job),
      signal,
      now,
      onProgress: (done, total, note) => onProgress(done, total, note),
    });
  },
};
