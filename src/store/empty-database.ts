/**
 * A new database as a copy of one that was made before: PostgreSQL takes seconds to make its first tables (initdb), and they
 * are the same in every home. The template is made once for each installation and kept among the packages, where caches lie;
 * where it cannot be kept, each database is made anew.
 */

import { closeSync, cpSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "./atomic-file.ts";

/** How a database is made, and what tells it from others: version of PostgreSQL, tables. */
export interface DatabaseRecipe {
  /** Letters, digits, dots and hyphens. */
  readonly key: string;
  /** Makes the database in a folder that does not exist, and closes it. */
  readonly make: (folder: string) => Promise<void>;
}

/**
 * Makes an empty database in a folder that does not exist yet.
 *
 * @param templates the folder where templates are kept
 */
export const makeEmptyDatabase = async (
  folder: string,
  { key, make }: DatabaseRecipe,
  templates = templatesFolder(),
): Promise<void> => {
  const template = join(templates, `empty-database-${key}`);
  if (await exists(template)) return cpSync(template, folder, { recursive: true }); // cp takes twice as long
  await make(folder);
  await keepTemplate(folder, template).catch(() => {}); // the next one takes longer, no more
};

/**
 * Copies a database that no process has open, flushed to the disk, to its place under a name of this process first: others
 * may do the same, and a template that is there is whole.
 */
const keepTemplate = async (folder: string, template: string): Promise<void> => {
  const unfinished = `${template}.${process.pid}`;
  try {
    await mkdir(dirname(template), { recursive: true });
    cpSync(folder, unfinished, { recursive: true });
    for (const entry of readdirSync(unfinished, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = openSync(join(entry.parentPath, entry.name), "r+");
      fsyncSync(file);
      closeSync(file);
    }
    await rename(unfinished, template);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

/** The cache folder of the packages that Osteon runs from. */
const templatesFolder = (): string => {
  const entry = fileURLToPath(import.meta.resolve("@electric-sql/pglite"));
  const packages = entry.slice(0, entry.lastIndexOf(`${sep}node_modules${sep}`));
  return join(packages, "node_modules", ".cache", "osteon");
};
