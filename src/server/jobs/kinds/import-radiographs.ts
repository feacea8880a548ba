/** Radiographs into the home: uploads, or a folder that the server reads. */

import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { type LabelsTable, parseLabelsTable } from "../../../clinic/labels-table.ts";
import { jobSettings } from "../../../contract/jobs.ts";
import { OsteonError } from "../../../errors.ts";
import { getUploads, type Home, layOutUploads } from "../../../store/index.ts";
import type { PublicSet } from "../../../systems/cohort/index.ts";
import type { JobKind, JobWork } from "../job-kind.ts";

const settings = jobSettings["import-radiographs"];
type Settings = z.output<typeof settings>;

export const importRadiographs: JobKind<Settings> = {
  kind: "import-radiographs",
  settings,
  role: "researcher",
  lane: "heavy",
  uploadsOf: ({ uploads, labels }) => (labels === null ? uploads : [...uploads, labels]),
  foldersOf: ({ folder }) => (folder === null ? [] : [folder]),
  run: async (home, { uploads, folder, labels, origin, splitExposures, sort }, { job, signal, onProgress, now }) => {
    const cohort = await import("../../../systems/cohort/index.ts");
    const laidOut = join(home.files.uploads, `of-${job}`);
    try {
      const { files, set } = await filesOf(home, { uploads, folder, laidOut });
      const table = labels === null ? set?.labels : await readLabels(home, labels);
      const report = await cohort.importRadiographs(home, files, {
        origin,
        signal,
        splitExposures,
        onProgress,
        ...(table ? { labels: table } : {}),
      });
      const annotated = set === undefined ? 0 : await cohort.keepAnnotations(home, set, files);
      const sorted = sort ? await sortNew(home, { signal, onProgress, now }) : null;
      return {
        files: files.length,
        imported: report.imported,
        duplicates: report.duplicates,
        nearDuplicates: report.nearDuplicates.length,
        setAside: report.quarantined.length,
        annotated,
        sorted,
        unmatchedLabels: report.unmatchedLabels,
        problemLines: [...(table?.problems ?? []), ...report.labelProblems].map(({ line }) => line),
      };
    } finally {
      await rm(laidOut, { recursive: true, force: true });
    }
  },
};

/** What came of sorting the new radiographs by region; null where the atlas is not trained. */
const sortNew = async (
  home: Home,
  { signal, onProgress, now }: Pick<JobWork, "signal" | "onProgress" | "now">,
): Promise<{ readonly known: number; readonly unknown: number } | { readonly problem: string } | null> => {
  const { sortAfterImport } = await import("../../../systems/atlas/index.ts");
  const sorted = await sortAfterImport(home, {
    signal,
    now,
    onProgress: (done, all) => onProgress(done, all, "regions"),
  });
  if (sorted === null || sorted.problem !== null) return sorted;
  const { known, unknown } = sorted;
  return { known, unknown };
};

const filesOf = async (
  home: Home,
  { uploads, folder, laidOut }: { uploads: readonly string[]; folder: string | null; laidOut: string },
): Promise<{ files: readonly string[]; set?: PublicSet | undefined }> => {
  const { findFiles, isTextFile, openPublicSet, refuseHomes } = await import("../../../systems/cohort/index.ts");
  if ((uploads.length === 0) === (folder === null))
    throw new OsteonError("bad-usage", "Name either uploads or a folder to import from.");
  if (folder === null)
    return { files: await layOutUploads(home, await getUploads(home.database, uploads), { folder: laidOut }) };
  await refuseHomes([folder]);
  const set = await openPublicSet(folder);
  return { files: await findFiles([folder], isTextFile, () => {}), set };
};

const readLabels = async (home: Home, upload: string): Promise<LabelsTable> =>
  parseLabelsTable(await readFile(join(home.files.uploads, upload)));
