/** Files that are either whole or not there: written under a temporary name, flushed to the disk, then renamed. */

import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OsteonError } from "../errors.ts";

const temporaryMark = ".writing-";

/** Writes a file so that a crash at any moment leaves the old content or the new, never a part. */
export const writeFileAtomically = async (path: string, content: Uint8Array | string): Promise<void> => {
  const temporary = join(
    dirname(path),
    `${temporaryMark}${process.pid}-${randomBytes(6).toString("hex")}-${basename(path)}`,
  );
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // the first failure is the one to tell
    throw storageError(cause);
  }
};

/** Removes what a killed process left half-written. Only for folders that no other process writes to. */
export const sweepTemporaryFiles = async (directory: string): Promise<void> => {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.startsWith(temporaryMark))
      await rm(join(entry.parentPath, entry.name), { force: true });
  }
};

/** Whether there is something at this path. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A failure of the disk as a sentence. */
export const storageError = (cause: unknown): unknown => {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const sentences: Readonly<Record<string, string>> = {
    ENOSPC: "The disk that holds the home is full; free some room and start again.",
    EDQUOT: "The disk quota of the home is used up; free some room and start again.",
    EACCES: "The home may not be written to; check its owner and permissions.",
    EPERM: "The home may not be written to; check its owner and permissions.",
    EROFS: "The home lies on a read-only disk; choose another with --home.",
    EEXIST: "The home's path leads through a file; choose another with --home.",
    ENOTDIR: "The home's path leads through a file; choose another with --home.",
  };
  const sentence = code && sentences[code];
  return sentence ? new OsteonError("bad-input", sentence, { code }, cause) : cause;
};

const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot flush a directory; the rename itself has happened.
  } finally {
    await handle.close();
  }
};
