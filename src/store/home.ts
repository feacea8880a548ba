/** A home: one folder with the database, the files and the lock of one archive. */

import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { OsteonError } from "../errors.ts";
import { exists, storageError, writeFileAtomically } from "./atomic-file.ts";
import { type Database, openDatabase } from "./database.ts";
import { HomeFiles } from "./files.ts";
import { acquireLock, type Lock, type LockOwner, type LockRequest, lockHolder } from "./lock.ts";
import { type DatabaseChannel, openRemoteDatabase } from "./remote-database.ts";
import { stopAbandonedRuns } from "./runs.ts";

/** An opened home; close it when done. */
export interface Home {
  readonly database: Database;
  readonly files: HomeFiles;
  close(): Promise<void>;
}

/** How a home is opened. */
export interface HomeOptions extends LockRequest {
  /** Makes the home where there is none; false by default, so that a mistyped path is told. */
  readonly create?: boolean;
}

const formatVersion = 1;

/**
 * Opens a home for this process alone.
 *
 * @throws OsteonError `not-found` where there is none, `home-locked` when another process holds it, `corrupt-store` when it
 *   was made by a newer Osteon
 */
export const openHome = async (directory: string, { create = false, ...request }: HomeOptions): Promise<Home> => {
  const root = resolve(directory);
  if (!create && !(await isHome(root))) {
    throw new OsteonError(
      "not-found",
      `There is no home at ${directory}; import radiographs first, or name another with --home.`,
    );
  }
  await mkdir(root, { recursive: true }).catch((cause) => {
    throw storageError(cause);
  });
  const lock = await acquireLock(join(root, "lock"), request);
  try {
    await checkFormat(root);
    const files = new HomeFiles(root);
    await files.sweep();
    const database = await openDatabase(join(root, "database"));
    await stopAbandonedRuns(database);
    return { database, files, close: () => closeHome(database, lock) };
  } catch (error) {
    await lock.release();
    throw storageError(error);
  }
};

/**
 * A home that another process holds, for a process or thread that works for it: the database through the channel, the files
 * directly. The holder serves the channel with `serveDatabase`.
 */
export const openRemoteHome = (channel: DatabaseChannel, root: string): Home => {
  const database = openRemoteDatabase(channel);
  return { database, files: new HomeFiles(root), close: () => database.destroy() };
};

/** Whether a folder is a home. */
export const isHome = (directory: string): Promise<boolean> => exists(join(directory, "home.json"));

/** Who holds a home, without touching it. */
export const homeHolder = (directory: string): Promise<LockOwner | undefined> => lockHolder(join(directory, "lock"));

const closeHome = async (database: Database, lock: Lock): Promise<void> => {
  try {
    await database.destroy();
  } finally {
    await lock.release();
  }
};

const checkFormat = async (root: string): Promise<void> => {
  const path = join(root, "home.json");
  if (!(await exists(path)))
    return writeFileAtomically(path, `${JSON.stringify({ format: "osteon-home", version: formatVersion })}\n`);
  let version: unknown;
  try {
    version = (JSON.parse(await readFile(path, "utf8")) as { version?: unknown }).version;
  } catch (cause) {
    throw new OsteonError("corrupt-store", "The home's home.json is damaged; restore it from a backup.", {}, cause);
  }
  if (typeof version !== "number" || version > formatVersion) {
    throw new OsteonError(
      "corrupt-store",
      `The home has format ${version} and this Osteon knows up to ${formatVersion}; use a newer Osteon.`,
    );
  }
};
