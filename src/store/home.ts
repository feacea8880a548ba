/**
 * A home: one folder with the files of one archive, and its database: in the folder, for one process at a time, or on a server,
 * for several processes that share the folder.
 */

import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { OsteonError } from "../errors.ts";
import { exists, storageError } from "./atomic-file.ts";
import { connectDatabase, type Database, openDatabase, openServerDatabase } from "./database.ts";
import { DatabaseServer } from "./database-server.ts";
import { HomeFiles } from "./files.ts";
import { claimServer, readHomeFile, refuseServer, writeHomeFile } from "./home-file.ts";
import { acquireLock, type LockOwner, type LockRequest, lockHolder } from "./lock.ts";
import { announce } from "./presence.ts";
import { type DatabaseChannel, openRemoteDatabase } from "./remote-database.ts";
import { stopAbandonedRuns } from "./runs.ts";

/** An opened home; close it when done. */
export interface Home {
  readonly database: Database;
  readonly files: HomeFiles;
  /** Set where the database is on a server. */
  readonly sharing?: Sharing;
  close(): Promise<void>;
}

/** How other processes work on the same archive at the same time. */
export interface Sharing {
  readonly server: DatabaseServer;
  /** By which the others know this process; its own processes have it too. */
  readonly process: string;
}

/** How a home is opened. */
export interface HomeOptions extends LockRequest {
  /** Makes the home where there is none; false by default, so that a mistyped path is told. */
  readonly create?: boolean;
  /** The server that has the database; the folder itself where it is left out. */
  readonly server?: DatabaseServer | undefined;
  /** Nobody else may have opened the home in the same way, though its database is on a server. */
  readonly alone?: boolean;
}

/**
 * Opens a home: for this process alone, or with others where a server has its database.
 *
 * @throws OsteonError `not-found` where there is none, `home-locked` when another process holds it, `corrupt-store` when it
 *   was made by a newer Osteon, `bad-usage` where its database is elsewhere, `database-unreachable`
 */
export const openHome = async (directory: string, { create = false, ...options }: HomeOptions): Promise<Home> => {
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
  const { server, alone = false, ...request } = options;
  return server ? openShared(root, { server, alone, ...request }) : openAlone(root, request);
};

const openAlone = async (root: string, request: LockRequest): Promise<Home> => {
  const lock = await acquireLock(join(root, "lock"), request);
  try {
    const kept = await readHomeFile(root);
    if (kept) refuseServer(kept);
    else await writeHomeFile(root, {});
    const files = new HomeFiles(root);
    await files.sweep();
    const database = await openDatabase(join(root, "database"));
    await stopAbandonedRuns(database);
    return { database, files, close: () => closeAll([() => database.destroy(), () => lock.release()]) };
  } catch (error) {
    await lock.release();
    throw storageError(error);
  }
};

type SharedOptions = LockRequest & { readonly server: DatabaseServer; readonly alone: boolean };

const openShared = async (root: string, { server, alone, ...request }: SharedOptions): Promise<Home> => {
  const sharing: Sharing = { server, process: randomUUID() };
  const lock = alone ? await acquireLock(join(root, "lock"), request) : undefined;
  const steps: (() => Promise<void>)[] = lock ? [() => lock.release()] : [];
  try {
    if (await exists(join(root, "database"))) {
      const detail = "This home has a database of its own; leave --database out, or name another folder with --home.";
      throw new OsteonError("bad-usage", detail);
    }
    const database = await openServerDatabase(server, sharing.process);
    steps.unshift(() => database.destroy());
    await claimServer(root, database, server);
    const files = new HomeFiles(root);
    await files.sweep(new Date(Date.parse(request.since) - longestWriteMs));
    const presence = await announce(database, { process: sharing.process, command: request.command });
    steps.unshift(() => presence.end());
    await stopAbandonedRuns(database);
    return { database, files, sharing, close: () => closeAll(steps) };
  } catch (error) {
    await closeAll(steps);
    throw storageError(error);
  }
};

/** What is half-written for longer was left so by a process that was killed; others may be writing. */
const longestWriteMs = 24 * 3600_000;

/**
 * A home that another process holds, for a process or thread that works for it: the database through the channel, the files
 * directly. The holder serves the channel with `serveDatabase`.
 */
export const openRemoteHome = (channel: DatabaseChannel, root: string): Home => {
  const database = openRemoteDatabase(channel);
  return { database, files: new HomeFiles(root), close: () => database.destroy() };
};

/** A home on a database server, for a process or thread that works for one that has opened it. */
export const joinHome = (
  root: string,
  { server, process }: { readonly server: string; readonly process: string },
): Home => {
  const sharing: Sharing = { server: new DatabaseServer(server), process };
  const database = connectDatabase(sharing.server, process);
  return { database, files: new HomeFiles(root), sharing, close: () => database.destroy() };
};

/** Whether a folder is a home. */
export const isHome = (directory: string): Promise<boolean> => exists(join(directory, "home.json"));

/** Who holds a home, without touching it. */
export const homeHolder = (directory: string): Promise<LockOwner | undefined> => lockHolder(join(directory, "lock"));

/** One after the other, whatever fails. */
const closeAll = async ([first, ...others]: readonly (() => Promise<void>)[]): Promise<void> => {
  try {
    await first?.();
  } finally {
    if (others.length > 0) await closeAll(others);
  }
};
