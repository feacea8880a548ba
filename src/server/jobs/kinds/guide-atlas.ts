/** Works out what guides the labelling of a clustering, for who starts it or by what is settled. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import { findClustering } from "../../../store/index.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["guide-atlas"];

export const guideAtlas: JobKind<z.output<typeof settings>> = {
  kind: "guide-atlas",
  settings,
  role: "annotator",
  lane: "light",
  run: async (home, { clustering, labels }, { job, signal, onProgress, now }) => {
    const atlas = await import("../../../systems/atlas/index.ts");
    const { id } = await findClustering(home.database, clustering ?? undefined);
    const { person } = await starterOf(home, job);
    const guide = await atlas.guideAtlas(home, {
      clustering: id,
      reader: labels === "settled" ? null : person.id,
      signal,
      onProgress: (done, total, note) => onProgress(done, total, note),
      now,
    });
    // What it says is shown by the page of the atlas, to those who may see it.
    return { clustering: id, labelledClusters: guide.labelledClusters, suggested: guide.next.length };
  },
};
