/** The files that an import looks at, in a fixed order. */

import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { OsteonError } from "../../errors.ts";

/** Whether a file that lies in a folder is passed over; one named on the command line never is. */
export type Skip = (path: string) => boolean;

/** Tables and texts that lie beside radiographs. */
export const isTextFile: Skip = (path) =>
  [".csv", ".tsv", ".txt", ".md", ".json", ".xml", ".html"].includes(extname(path).toLowerCase());

/**
 * Files named, and those below folders named, in the order of their names. Hidden entries, links and everything that is no
 * regular file are passed over inside folders.
 *
 * @throws OsteonError `bad-input` when a path does not exist or is no file and no folder
 */
export const findFiles = async (paths: readonly string[], skip: Skip = () => false): Promise<string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch((cause) => {
      throw new OsteonError("bad-input", `There is no file or folder at "${path}".`, { path }, cause);
    });
    if (entry.isDirectory()) await walk(path, { found, skip });
    else if (entry.isFile()) found.push(path);
    else throw new OsteonError("bad-input", `"${path}" is neither a file nor a folder.`, { path });
  }
  return [...new Set(found)];
};

const walk = async (folder: string, search: { readonly found: string[]; readonly skip: Skip }): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause): Dirent[] => {
    throw new OsteonError(
      "bad-input",
      `The folder "${basename(folder)}" cannot be read; check its permissions.`,
      {},
      cause,
    );
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, search);
    else if (entry.isFile() && !search.skip(path)) search.found.push(path);
  }
};
