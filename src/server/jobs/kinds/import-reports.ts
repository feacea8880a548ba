/** Radiology reports, pathology reports and tumour-board protocols into the home. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import { getUploads, layOutUploads } from "../../../store/index.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["import-reports"];
type Settings = z.output<typeof settings>;

export const importReports: JobKind<Settings> = {
  kind: "import-reports",
  settings,
  role: "researcher",
  lane: "light",
  uploadsOf: ({ uploads }) => uploads,
  run: async (home, { uploads }, { job, signal, onProgress }) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    const folder = join(home.files.uploads, `of-${job}`);
    try {
      const paths = await layOutUploads(home, await getUploads(home.database, uploads), { folder, together: true });
      const { problems, ...counts } = await cohort.importReports(home, paths.length === 1 ? paths[0]! : folder, {
        signal,
        onProgress,
      });
      return { ...counts, problemLines: problems.flatMap(({ line }) => line ?? []) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
