/** What each column of an uploaded table may hold, for a person to correct before the table is imported. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import { getUploads, layOutUploads } from "../../../store/index.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["propose-table-mapping"];

export const proposeTableMapping: JobKind<z.output<typeof settings>> = {
  kind: "propose-table-mapping",
  settings,
  role: "researcher",
  lane: "light",
  uploadsOf: ({ upload }) => [upload],
  leavesUploads: true,
  run: async (home, { upload, sheet, asOf }, { job, now }) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    const folder = join(home.files.uploads, `of-${job}`);
    try {
      const [path] = await layOutUploads(home, await getUploads(home.database, [upload]), { folder });
      return await cohort.proposeTableMapping(path!, {
        asOf: asOf ?? now().toISOString().slice(0, 10),
        ...(sheet === null ? {} : { sheet }),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
