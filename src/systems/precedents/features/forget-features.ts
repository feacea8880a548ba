/** Removes kept features that no longer serve. */

import { type Home, listRuns } from "../../../store/index.ts";
import { indexSystem } from "../artefacts.ts";
import { trainSystem } from "../train.ts";
import { featuresFolder } from "./feature-slice.ts";

/**
 * After an index was built: slices of which it wanted nothing, and all of the models trained before its own, which no later index is
 * made by; but for one by which an index is being built.
 */
export const forgetFeatures = async (
  { database, files }: Pick<Home, "database" | "files">,
  { modelRun, useless }: { readonly modelRun: string; readonly useless: readonly string[] },
): Promise<void> => {
  for (const name of useless) await files.removeArtefact(modelRun, name);
  const runs = await listRuns(database);
  const inWork = new Set(
    runs
      .filter(({ system, state }) => system === indexSystem && state === "running")
      .map(({ settings }) => (settings as { readonly model: string }).model),
  );
  const trained = runs.filter(({ system }) => system === trainSystem);
  const older = trained.slice(trained.findIndex(({ id }) => id === modelRun) + 1); // the newest come first
  for (const { id } of older) if (!inWork.has(id)) await files.removeArtefactFolder(id, featuresFolder);
};
