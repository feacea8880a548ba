/** A table of patients, cases or follow-ups into the home, by the mapping that a person confirmed. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { parseMapping } from "../../../clinic/tables/mapping.ts";
import { jobSettings } from "../../../contract/jobs.ts";
import { getUploads, layOutUploads } from "../../../store/index.ts";
import type { JobKind } from "../job-kind.ts";

const settings = jobSettings["import-table"];
type Settings = z.output<typeof settings>;

export const importTable: JobKind<Settings> = {
  kind: "import-table",
  settings,
  role: "researcher",
  lane: "light",
  uploadsOf: ({ upload }) => [upload],
  run: async (home, { upload, name, mapping, asOf }, { job, signal, onProgress, now }) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    const folder = join(home.files.uploads, `of-${job}`);
    try {
      const [path] = await layOutUploads(home, await getUploads(home.database, [upload]), { folder });
      return await cohort.importTable(home, path!, {
        mapping: parseMapping(JSON.stringify(mapping)),
        today: now().toISOString().slice(0, 10),
        signal,
        onProgress: (rows) => onProgress(rows, 0),
        ...(asOf === null ? {} : { asOf }),
        ...(name === null ? {} : { name }),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
