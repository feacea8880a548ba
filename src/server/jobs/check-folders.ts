/** Which folders of the server's machine people at its pages may import from. */

import { realpath } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { OsteonError } from "../../errors.ts";

/**
 * Lets folders pass that lie in one of those that are allowed, links followed; any folder where nothing is said.
 *
 * @throws OsteonError `not-allowed` otherwise, whether the folder is there or not
 */
export const checkFolders = async (
  folders: readonly string[],
  allowed: readonly string[] | undefined,
): Promise<void> => {
  if (folders.length === 0 || allowed === undefined) return;
  const roots = await Promise.all(allowed.map(realOrNothing));
  for (const folder of folders) {
    const real = isAbsolute(folder) ? await realOrNothing(folder) : undefined;
    if (real !== undefined && roots.some((root) => root !== undefined && isWithin(real, root))) continue;
    throw new OsteonError(
      "not-allowed",
      "The server may not import from this folder; whoever runs it names folders with --import-folder.",
    );
  }
};

const realOrNothing = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

const isWithin = (path: string, root: string): boolean => {
  const way = relative(root, path);
  return way === "" || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== "..");
};
