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
    const { features, preset, seed, weights: name } = told;
    return atlas.clusterArchive(home, {
      features,
      preset,
      network: told.network ?? undefined,
      sobel: told.sobel ?? undefined,
      imageSize: told.imageSize ?? undefined,
      epochs: told.epochs ?? undefined,
      batchSize: told.batchSize ?? undefined,
      clusters: told.clusters ?? undefined,
      weights: name === null ? undefined : { name, bytes: await home.files.readWeights(name) },
      seed,
      startedBy: await starterOf(home, job),
      signal,
      onProgress,
      now,
    });
  },
};
