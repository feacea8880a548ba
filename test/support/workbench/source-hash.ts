/** Hashes of source files: the keys of what is made from them. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The project's folder. */
export const project = resolve(import.meta.dirname, "..", "..", "..");

/** Hash of some files of the project, by their names and content. */
export const hashOfFiles = (files: Iterable<string>): string => {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) hash.update(`${file}\n`).update(readFileSync(join(project, file)));
  return hash.digest("hex").slice(0, 16);
};

/** The files below a folder of the project, tests left out. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(project, join(entry.parentPath, entry.name)));

/** A file of the project and every one that it imports, directly or through others. */
export const importClosure = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(project, file), "utf8");
  for (const [, specifier] of text.matchAll(/(?:from|import\(|new URL\()\s*"(\.[^"]+\.ts)"/g))
    importClosure(join(dirname(file), specifier!), found);
  return found;
};
