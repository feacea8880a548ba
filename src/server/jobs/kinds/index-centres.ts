/** The archive's codes for other centres, by the common network of now, one made of this centre's own, or an uploaded one. */

import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import { getUploads, type Home, layOutUploads } from "../../../store/index.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["index-centres"];

export const indexCentres: JobKind<z.output<typeof settings>> = {
  kind: "index-centres",
  settings,
  role: "administrator",
  lane: "heavy",
  uploadsOf: ({ upload }) => (upload === null ? [] : [upload]),
  run: async (home, { network, upload }, { job, signal, onProgress, now }) => {
    const centres = await import("../../../systems/centres/index.ts");
    const options = { startedBy: await starterOf(home, job), signal, onProgress, now };
    if (upload !== null) await centres.adoptNetwork(home, await readUpload(home, { upload, job }), options);
    else if (network === "own") await centres.shareNetwork(home, options);
    return centres.indexForCentres(home, options);
  },
};

const readUpload = async (
  home: Home,
  { upload, job }: { readonly upload: string; readonly job: string },
): Promise<Uint8Array> => {
  const folder = join(home.files.uploads, `of-${job}`);
  try {
    const [path] = await layOutUploads(home, await getUploads(home.database, [upload]), { folder });
    return await readFile(path!);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
