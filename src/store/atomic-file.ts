/** Files that are either whole or not there: written under a temporary name, flushed to the disk, then renamed. */

import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { access, constants, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { OsteonError } from "../errors.ts";

const temporaryMark = ".writing-";

/** Whether a file of this name is half-written. */
export const isTemporary = (name: string): boolean => name.startsWith(temporaryMark);

/** What a file is to hold: bytes, text, or bytes in parts, where there are more than one array should hold. */
export type FileContent = Uint8Array | string | readonly Uint8Array[];

/** Writes a file of the home so that a crash at any moment leaves the old content or the new, never a part. */
export const writeFileAtomically = async (path: string, content: FileContent): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeWhole(path, content);
  } catch (cause) {
    throw storageError(cause);
  }
};

/**
 * Writes a file that the user named, whole or not at all.
 *
 * @throws OsteonError `bad-input` where it cannot be written, with a sentence about this file
 */
export const writeChosenFile = async (path: string, content: Uint8Array | string): Promise<void> => {
  await checkChosenFile(path);
  try {
    await writeWhole(path, content);
  } catch (cause) {
    throw storageError(cause, chosenFile(path));
  }
};

/**
 * Looks whether a file that the user named can be written, before the work whose answer it is to hold.
 *
 * @throws OsteonError `bad-input` with what stands against it
 */
export const checkChosenFile = async (path: string): Promise<void> => {
  const refuse = (reason: string): OsteonError => new OsteonError("bad-input", reason, { path });
  const folder = dirname(path);
  try {
    const around = await statOrNothing(folder);
    if (!around) throw refuse(`There is no folder "${folder}"; make it, or name another file than "${path}".`);
    if (!around.isDirectory()) throw refuse(`"${folder}" is no folder; name another file than "${path}".`);
    await access(folder, constants.W_OK);
    const inTheWay = await statOrNothing(path);
    if (inTheWay?.isDirectory()) throw refuse(`"${path}" is a folder; name a file in it.`);
    if (inTheWay && !inTheWay.isFile()) throw refuse(`"${path}" is a device or a pipe; name a file.`);
  } catch (cause) {
    throw storageError(cause, chosenFile(path));
  }
};

const statOrNothing = (path: string): Promise<Stats | undefined> =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

/** The content goes to a temporary name beside the file, to the disk, and then under the file's own name. */
const writeWhole = async (path: string, content: FileContent): Promise<void> => {
  const temporary = join(dirname(path), `${temporaryMark}${process.pid}-${randomBytes(6).toString("hex")}`);
  try {
    const file = await open(temporary, "wx");
    try {
      if (typeof content === "string" || content instanceof Uint8Array) await file.writeFile(content);
      else for (const part of content) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // the first failure is the one to tell
    throw cause;
  }
};

/**
 * Removes what a killed process left half-written in a folder, or with `recursive` below it. Where other processes write to the
 * folder, only what was written before a moment.
 */
export const sweepTemporaryFiles = async (
  directory: string,
  { recursive = false, before }: { readonly recursive?: boolean; readonly before?: Date | undefined } = {},
): Promise<void> => {
  if (!(await exists(directory))) return;
  for (const entry of await readdir(directory, { recursive, withFileTypes: true })) {
    if (!entry.isFile() || !isTemporary(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const written = before && (await statOrNothing(path))?.mtime;
    if (before && !(written && written < before)) continue;
    await rm(path, { force: true });
  }
};

/** Whether there is something at this path. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** What a failure of the disk is told of, and what the user can do instead. */
interface Place {
  readonly name: string;
  readonly instead: string;
}

const home: Place = { name: "the home", instead: "choose another with --home" };

const chosenFile = (path: string): Place => ({ name: `"${path}"`, instead: "name another file" });

/** A failure of the disk as a sentence; any other error as it is. */
export const storageError = (cause: unknown, { name, instead }: Place = home): unknown => {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const forbidden = `There is no permission to read or write ${name}; check its owner and permissions.`;
  const full = `The disk that holds ${name} is full; free some room and start again.`;
  const notAFolder = `The path of ${name} leads through a file; ${instead}.`;
  const sentences: Readonly<Record<string, string>> = {
    ENOSPC: full,
    53100: full, // PostgreSQL's word for it
    EDQUOT: `The disk quota of ${name} is used up; free some room and start again.`,
    EACCES: forbidden,
    EPERM: forbidden,
    EROFS: `The disk that holds ${name} is read-only; ${instead}.`,
    EEXIST: notAFolder,
    ENOTDIR: notAFolder,
    ENAMETOOLONG: `The path of ${name} is too long for this disk; ${instead}.`,
  };
  const sentence = code && sentences[code];
  return sentence ? new OsteonError("bad-input", sentence, { code }, cause) : cause;
};

/** Makes what happened in a folder, such as a rename, outlast a power failure. */
export const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot flush a directory; the rename itself has happened.
  } finally {
    await handle.close();
  }
};
