/** Puts the archive in clusters for readers to label: DeepCluster learns them, or the precedents' newest network tells features. */

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
  run: async (home, told, { job, signal, onProgress, now }) => {
    const atlas = await import("../../../systems/atlas/index.ts");
    const { features, preset, seed, weights } = told;
    const { network, sobel, clusters, epochs, imageSize, batchSize } = told;
    return atlas.clusterArchive(home, {
      features,
      preset,
      seed,
      ...(network === null ? {} : { network }),
      ...(sobel === null ? {} : { sobel }),
      ...(clusters === null ? {} : { clusters }),
      ...(epochs === null ? {} : { epochs }),
      ...(imageSize === null ? {} : { imageSize }),
      ...(batchSize === null ? {} : { batchSize }),
      ...(weights === null ? {} : { weights: { name: weights, bytes: await home.files.readWeights(weights) } }),
      startedBy: await starterOf(home, job),
      signal,
      now,
      onProgress,
    });
  },
};
