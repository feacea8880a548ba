/**
 * Brings the bytes of set-aside files in line with what the home says of them, while nobody imports: what was imported,
 * deleted or replaced and outlived a kill goes, and what an older Osteon left under its own name gets a place at the desk.
 */
import { basename } from "node:path";
import { type Home, hashFile, noteKept, wantedSetAside } from "../../../store/index.ts";

/** Where a file lies under its name, the note comes first: a kill in between leaves it to be moved the next time. */
export const tidySetAside = async ({ database, files }: Home): Promise<void> => {
  const { hashed, named } = await files.listSetAside();
  if (hashed.length === 0 && named.length === 0) return;
  const wanted = await wantedSetAside(database);
  const kept = new Set(wanted.filter((file) => file.kept).map(({ id }) => id));
  for (const id of hashed) if (!kept.has(id)) await files.removeSetAside(id);
  const names = new Set(wanted.map(({ fileName }) => fileName));
  const ids = new Set(wanted.map(({ id }) => id));
  for (const path of named.filter((one) => names.has(basename(one)))) {
    const id = await hashFile(path);
    if (!ids.has(id)) continue;
    await noteKept(database, id);
    await files.renameSetAside(path, id);
  }
};
