/** Sorts the radiographs of the archive by region, with the newest atlas model; after a break it goes on with those that are left. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["sort-archive"];

export const sortArchive: JobKind<z.output<typeof settings>> = {
  kind: "sort-archive",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, { again }, { signal, onProgress, now }) => {
    const atlas = await import("../../../systems/atlas/index.ts");
    return atlas.sortArchive(home, { again, signal, onProgress, now });
  },
};
