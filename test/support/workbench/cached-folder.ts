/** Folders that are dear to make, kept below the system's temporary folder for the next test file and the next run. */

import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = join(tmpdir(), `osteon-tests-${userInfo().uid}`);

/** Whether what was made from older files will do: for work on the pages, where everything else may stay as it was. */
const mayBeOlder = process.env.OSTEON_TESTS_REUSE === "1";

/** What a cached folder is. */
export interface CachedFolder {
  readonly name: string;
  /** A hash of all that its content follows from. */
  readonly key: string;
  /** Whether `OSTEON_TESTS_REUSE=1` lets an older one be taken. */
  readonly reusable?: boolean;
  /** Fills an empty folder. */
  make(folder: string): Promise<void>;
}

/** The folder, made where it is not there yet: by one process at a time, and seen by others only when it is whole. */
export const cachedFolder = async ({ name, key, reusable = false, make }: CachedFolder): Promise<string> => {
  const folder = join(root, `${name}-${key}`);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const [newest] = reusable && mayBeOlder ? await newestFirst(name) : [];
  if (newest) return newest.folder;
  const release = await takeTurn(`${folder}.lock`);
  try {
    if (!(await isThere(folder))) {
      const unfinished = `${folder}.unfinished`;
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished);
      await make(unfinished);
      await rename(unfinished, folder);
      await forgetOlder(name);
    }
    const now = new Date();
    await utimes(folder, now, now);
    return folder;
  } finally {
    await release();
  }
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Waits for the lock file; one whose process has ended counts for nothing. */
const takeTurn = async (lock: string): Promise<() => Promise<void>> => {
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: "wx" });
      return () => rm(lock, { force: true });
    } catch {
      const holder = await readFile(lock, "utf8").catch(() => "");
      if (holder !== "" && !isRunning(Number(holder))) await rm(lock, { force: true });
      await sleep(100);
    }
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** How many of a name are kept: the newest, and those that somebody may be reading. */
const kept = 3;
const readingMs = 30 * 60_000;

const forgetOlder = async (name: string): Promise<void> => {
  const old = (await newestFirst(name)).slice(kept).filter(({ ms }) => ms > readingMs);
  for (const { folder } of old) await rm(folder, { recursive: true, force: true });
};

/** The folders of a name, with the time since they were last asked for. */
const newestFirst = async (name: string): Promise<{ readonly folder: string; readonly ms: number }[]> => {
  const entries = (await readdir(root)).filter((entry) => entry.startsWith(`${name}-`) && !entry.includes("."));
  const folders = entries.map((entry) => join(root, entry));
  const ages = await Promise.all(folders.map(async (folder) => Date.now() - (await stat(folder)).mtimeMs));
  return folders.map((folder, i) => ({ folder, ms: ages[i]! })).sort((a, b) => a.ms - b.ms);
};
