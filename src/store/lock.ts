/**
 * One process at a time on a home. The embedded database lets two processes in and then loses rows without an error, so the
 * lock is ours: a file made atomically, which names its owner and is never taken from a live process.
 */

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { OsteonError } from "../errors.ts";
import { storageError } from "./atomic-file.ts";

/** Who holds a home. */
export interface LockOwner {
  readonly pid: number;
  /** When the process began, by the kernel's clock; tells a recycled process number. Empty where unknown. */
  readonly processStart: string;
  readonly host: string;
  readonly command: string;
  /** ISO 8601 */
  readonly since: string;
}

/** A held lock. */
export interface Lock {
  release(): Promise<void>;
}

/** What the lock says of its holder. */
export interface LockRequest {
  readonly command: string;
  /** ISO 8601; the caller reads the clock. */
  readonly since: string;
}

/**
 * Takes the lock file at `path`.
 *
 * @throws OsteonError `home-locked` when a live process holds it; says which
 */
export const acquireLock = async (path: string, { command, since }: LockRequest): Promise<Lock> => {
  const owner: LockOwner = {
    pid: process.pid,
    processStart: processStart(process.pid),
    host: hostname(),
    command,
    since,
  };
  const own = `${path}.${process.pid}-${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(own, JSON.stringify(owner), { flag: "wx" });
  } catch (cause) {
    throw storageError(cause);
  }
  try {
    for (let attempt = 0; attempt < 50; attempt++) {
      if (await tryLink(own, path)) return { release: () => releaseLock(path, own) };
      const holder = await readLock(path);
      if (holder && isAlive(holder)) throw locked(holder);
      await removeStale(path, holder);
    }
    throw new OsteonError("home-locked", "The home's lock could not be taken; too many processes want it at once.");
  } catch (error) {
    await rm(own, { force: true });
    throw error;
  }
};

/** Who holds the lock at `path`; undefined when nobody does. */
export const lockHolder = async (path: string): Promise<LockOwner | undefined> => {
  const holder = await readLock(path);
  return holder && isAlive(holder) ? holder : undefined;
};

/** A hard link is made whole or not at all, and never over an existing name. */
const tryLink = (own: string, path: string): Promise<boolean> =>
  link(own, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw storageError(error);
    },
  );

const readLock = async (path: string): Promise<LockOwner | undefined> => {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as LockOwner;
  } catch {
    return undefined; // a lock is linked whole, so a damaged one is nobody's
  }
};

/**
 * Takes a dead owner's lock away. Two processes may see the same dead owner, and the slower one must not remove the lock
 * that the faster one has meanwhile made: what was moved aside is looked at again, and a live owner's is put back.
 */
const removeStale = async (path: string, dead: LockOwner | undefined): Promise<void> => {
  const guard = `${path}.steal`;
  const grip = `${guard}.${process.pid}-${randomBytes(6).toString("hex")}`;
  await writeFile(
    grip,
    JSON.stringify({ pid: process.pid, processStart: processStart(process.pid), host: hostname() }),
  );
  try {
    if (!(await tryLink(grip, guard))) {
      const thief = await readLock(guard);
      // A thief that died holding the guard: move its guard aside; the name is free for the next attempt.
      if (thief && !isAlive(thief)) await rename(guard, `${grip}.dead`).catch(() => {});
      await rm(`${grip}.dead`, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
      return;
    }
    try {
      const now = await readLock(path);
      if (JSON.stringify(now) === JSON.stringify(dead)) await rm(path, { force: true });
    } finally {
      await rm(guard, { force: true });
    }
  } finally {
    await rm(grip, { force: true });
  }
};

const releaseLock = async (path: string, own: string): Promise<void> => {
  const holder = await readLock(path);
  if (holder?.pid === process.pid) await rm(path, { force: true });
  await rm(own, { force: true });
};

const locked = (holder: LockOwner): OsteonError =>
  new OsteonError(
    "home-locked",
    `The home is held by process ${holder.pid} on ${holder.host} ("${holder.command}", since ${holder.since}); wait for it or end it.`,
    { holder },
  );

/** On another host nothing can be known of a process, so it counts as alive. */
const isAlive = ({ pid, processStart: start, host }: Pick<LockOwner, "pid" | "processStart" | "host">): boolean => {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const [state] = processStat(pid);
  if (state === "Z") return false; // ended, only not yet fetched by its parent
  return start === "" || start === processStart(pid);
};

/** When a process began, in clock ticks since boot (field 22 of /proc/PID/stat); empty where unknown. */
const processStart = (pid: number): string => processStat(pid)[19] ?? "";

/** The fields of /proc/PID/stat from the third, the state, on: after the name in parentheses. Empty where there is none. */
const processStat = (pid: number): readonly string[] => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
};
