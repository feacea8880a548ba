/** The files that an import looks at, in a fixed order. */

import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { OsteonError } from "../../errors.ts";
import { isHome } from "../../store/index.ts";

/** Whether a file that lies in a folder is passed over; one named on the command line never is. */
export type Skip = (path: string) => boolean;

/** A folder below those named that was not looked into. */
export interface FolderLeftOut {
  readonly folder: string;
  /** An Osteon home, whose pictures are in an archive already, or a folder that the system does not list. */
  readonly code: "home" | "unreadable";
  /** One sentence for a person. */
  readonly detail: string;
}

/** Tables and texts that lie beside radiographs. */
export const isTextFile: Skip = (path) =>
  [".csv", ".tsv", ".txt", ".md", ".json", ".xml", ".html"].includes(extname(path).toLowerCase());

/**
 * Files named, and those below folders named, in the order of their names, each once. Hidden entries, links, homes and
 * everything that is no regular file are passed over inside folders.
 *
 * @param onLeftOut is told of folders not looked into; without it, one that cannot be read is an error
 * @throws OsteonError `bad-input` when a path does not exist or is no file and no folder
 */
export const findFiles = async (
  paths: readonly string[],
  skip: Skip = () => false,
  onLeftOut: (left: FolderLeftOut) => void = refuseUnreadable,
): Promise<string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch((cause) => {
      throw new OsteonError("bad-input", `There is no file or folder at "${path}".`, { path }, cause);
    });
    if (entry.isDirectory()) await walk(path, { found, skip, onLeftOut });
    else if (entry.isFile()) found.push(path);
    else throw new OsteonError("bad-input", `"${path}" is neither a file nor a folder.`, { path });
  }
  return [...new Map(found.map((path) => [resolve(path), path])).values()];
};

/**
 * Refuses paths that are a home or lie in one: its files would come in again as radiographs of other patients.
 *
 * @throws OsteonError `bad-usage` with the path
 */
export const refuseHomes = async (paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    const real = await realpath(path).catch(() => resolve(path)); // findFiles says what does not exist
    for (let folder = real; ; folder = dirname(folder)) {
      if (await isHome(folder)) {
        throw new OsteonError(
          "bad-usage",
          `"${path}" lies in an Osteon home; name the folder that the radiographs came from.`,
          { path },
        );
      }
      if (folder === dirname(folder)) break;
    }
  }
};

const refuseUnreadable = ({ code, detail }: FolderLeftOut): void => {
  if (code === "unreadable") throw new OsteonError("bad-input", detail);
};

interface Search {
  readonly found: string[];
  readonly skip: Skip;
  readonly onLeftOut: (left: FolderLeftOut) => void;
}

const walk = async (folder: string, search: Search): Promise<void> => {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const detail = `A folder cannot be read (${(error as NodeJS.ErrnoException).code}); check its permissions.`;
    search.onLeftOut({ folder, code: "unreadable", detail });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (await isHome(path)) search.onLeftOut({ folder: path, code: "home", detail: "The folder is an Osteon home." });
      else await walk(path, search);
    } else if (entry.isFile() && !search.skip(path)) search.found.push(path);
  }
};
