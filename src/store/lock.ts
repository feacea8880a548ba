/**
 * One process at a time on a home. The embedded database lets two processes in and then loses rows without an error, so the
 * lock is ours: a file made atomically, which names its owner and is never taken from a live process.
 */

import { createHmac, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OsteonError } from "../errors.ts";
import { storageError } from "./atomic-file.ts";

/** A process, so named that it can be told whether it still runs. The optional fields are not in older locks. */
interface ProcessIdentity {
  readonly pid: number;
  /** When the process began, by the kernel's clock; tells a recycled process number. Empty where unknown. */
  readonly processStart: string;
  readonly host: string;
  /** A hash of the machine's own id, which outlasts a restart. Empty where unknown. */
  readonly machine?: string;
  /** The kernel's id of this boot: equal in every container of one running machine. Empty where unknown. */
  readonly boot?: string;
  /** Where the process number counts: containers number their processes apart. Empty where unknown. */
  readonly pidNamespace?: string;
}

/** Who holds a home. */
export interface LockOwner extends ProcessIdentity {
  readonly command: string;
  /** ISO 8601 */
  readonly since: string;
  /** Drawn for each lock, so that no two have the same content. */
  readonly token?: string;
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
 * @throws OsteonError `home-locked` when a process holds it that lives, or of which nothing can be known; says which
 */
export const acquireLock = async (path: string, { command, since }: LockRequest): Promise<Lock> => {
  const owner: LockOwner = { ...thisProcess(), token: randomBytes(12).toString("hex"), command, since };
  const text = JSON.stringify(owner);
  const claim = `${path}.${process.pid}-${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(claim, text, { flag: "wx" });
    await take(path, claim);
  } catch (error) {
    throw storageError(error);
  } finally {
    await rm(claim, { force: true }).catch(() => {}); // the lock is taken or not, whatever becomes of the claim
  }
  await sweepClaims(path);
  return { release: () => releaseLock(path, text) };
};

/** Who holds the lock at `path`; undefined when nobody does. */
export const lockHolder = async (path: string): Promise<LockOwner | undefined> => {
  const text = await readLock(path);
  const holder = text === undefined ? undefined : ownerIn(text);
  return holder && livenessOf(holder) !== "dead" ? holder : undefined;
};

/** A lock file that may not be taken away. */
interface Obstacle {
  readonly path: string;
  readonly holder: LockOwner;
  readonly liveness: "alive" | "unknown";
}

const attempts = 50;
const pauseMs = 20;

/** Makes the claim the lock, or throws. A thief at work on a dead owner's lock is waited for: it takes a moment. */
const take = async (path: string, claim: string): Promise<void> => {
  let obstacle: Obstacle | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    obstacle = await tryTake(path, claim);
    if (obstacle === undefined) return;
    if (obstacle.path === path) throw locked(obstacle);
    await sleep(pauseMs);
  }
  if (obstacle?.liveness === "unknown") throw locked(obstacle);
  throw new OsteonError("home-locked", "The home's lock could not be taken; too many processes want it at once.");
};

/**
 * Links the claim to `path`, or says what stands in the way.
 *
 * A dead owner's file is removed only by who holds the lock `path`.steal, which is taken in this same way. So one process
 * at a time removes; it looks again before; and a dead owner's file cannot turn into a live one's by itself. Hence no live
 * lock is ever removed, whichever thief dies at whichever moment.
 */
const tryTake = async (path: string, claim: string): Promise<Obstacle | undefined> => {
  while (!(await tryLink(claim, path))) {
    const text = await readLock(path);
    if (text === undefined) continue; // let go of in this moment
    const holder = ownerIn(text);
    const liveness = holder ? livenessOf(holder) : "dead"; // a lock is linked whole, so a damaged one is nobody's
    if (holder && liveness !== "dead") return { path, holder, liveness };
    const guard = `${path}.steal`;
    const obstacle = await tryTake(guard, claim);
    if (obstacle) return obstacle;
    try {
      if ((await readLock(path)) === text) await rm(path, { force: true });
    } finally {
      await rm(guard, { force: true });
    }
  }
  return undefined;
};

/** A hard link is made whole or not at all, and never over an existing name. */
const tryLink = (claim: string, path: string): Promise<boolean> =>
  link(claim, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );

/** The content of a lock file; undefined where there is none. */
const readLock = (path: string): Promise<string | undefined> =>
  readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw storageError(error); // a lock that cannot be read may well be held
  });

const ownerIn = (text: string): LockOwner | undefined => {
  try {
    const owner = JSON.parse(text) as LockOwner | null;
    return typeof owner?.pid === "number" ? owner : undefined;
  } catch {
    return undefined;
  }
};

/** Removes the claims of killed processes: only their own process would ever have linked them. */
const sweepClaims = async (path: string): Promise<void> => {
  const isClaim = (name: string): boolean =>
    name.startsWith(`${basename(path)}.`) && /\.\d+-[0-9a-f]{12}(\.dead)?$/.test(name);
  try {
    for (const name of (await readdir(dirname(path))).filter(isClaim)) {
      const claim = join(dirname(path), name);
      const owner = ownerIn((await readLock(claim)) ?? "");
      if (owner && livenessOf(owner) === "dead") await rm(claim, { force: true });
    }
  } catch {
    // Litter does no harm; the next one who may remove it does.
  }
};

/** Removes the lock if it is still the one that was taken: a user may have deleted it, and another process come. */
const releaseLock = async (path: string, text: string): Promise<void> => {
  if ((await readLock(path)) === text) await rm(path, { force: true });
};

const locked = ({ path, holder, liveness }: Obstacle): OsteonError => {
  const { pid, host, command, since } = holder;
  const who = `The home is held by process ${pid} on ${host} ("${command}", since ${since})`;
  const advice =
    liveness === "alive"
      ? "; wait for it or end it."
      : `, and whether that still runs cannot be known from here; wait for it, or if that machine or process is gone, delete the file "${basename(path)}" in the home folder.`;
  return new OsteonError("home-locked", `${who}${advice}`, { holder });
};

type Liveness = "alive" | "dead" | "unknown";

/** A process number says something only on the same running kernel and in the same namespace. */
const livenessOf = (owner: ProcessIdentity): Liveness => {
  const here = thisProcess();
  if (owner.host !== here.host) return "unknown";
  if (owner.boot !== undefined && owner.boot !== here.boot) return isBeforeRestart(owner, here) ? "dead" : "unknown";
  if (owner.pidNamespace !== undefined && owner.pidNamespace !== here.pidNamespace) return "unknown";
  return isRunning(owner) ? "alive" : "dead";
};

/** Namespace of the processes outside every container: PID_NS_INIT_INO in Linux's uapi/linux/nsfs.h. */
const outermostNamespace = "pid:[4026531836]";

/**
 * Whether a process of another boot ran on this same machine, so that it ended with that boot. In a container the machine's
 * id may come from an image that other machines run too, so there it proves nothing.
 */
const isBeforeRestart = (owner: ProcessIdentity, here: Required<ProcessIdentity>): boolean =>
  owner.machine === here.machine &&
  here.machine !== "" &&
  owner.boot !== "" &&
  here.boot !== "" &&
  owner.pidNamespace === outermostNamespace &&
  here.pidNamespace === outermostNamespace;

const isRunning = ({ pid, processStart: start }: ProcessIdentity): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  if (processStat(pid)[0] === "Z") return false; // ended, only not yet fetched by its parent
  const startNow = processStart(pid);
  return start === "" || startNow === "" || start === startNow;
};

const thisProcess = (): Required<ProcessIdentity> => ({
  pid: process.pid,
  processStart: processStart(process.pid),
  host: hostname(),
  machine: machineHash(),
  boot: orEmpty(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
  pidNamespace: orEmpty(() => readlinkSync("/proc/self/ns/pid")),
});

/** machine-id(5) asks that the id itself be kept and only a keyed hash of it be shown. */
const machineHash = (): string =>
  orEmpty(() => {
    const id = readFileSync("/etc/machine-id", "utf8").trim();
    return /^[0-9a-f]{32}$/.test(id) ? createHmac("sha256", id).update("osteon-lock").digest("hex").slice(0, 32) : "";
  });

/** When a process began, in clock ticks since boot (field 22 of /proc/PID/stat); empty where unknown. */
const processStart = (pid: number): string => processStat(pid)[19] ?? "";

/**
 * The fields of /proc/PID/stat from the third, the state, on: after the name in parentheses. Empty where there is none, and
 * where /proc shows another namespace, in which the number is another process.
 */
const processStat = (pid: number): readonly string[] => {
  if (orEmpty(() => readlinkSync("/proc/self")) !== String(process.pid)) return [];
  const text = orEmpty(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return text === "" ? [] : text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/** What Linux tells, and nothing where there is no such file or it may not be read. */
const orEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return "";
  }
};
