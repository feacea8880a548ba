/**
 * An instance on its way to the disk: written as it arrives under a temporary name, flushed, and then linked to its own name, so
 * that a file with that name is whole and nothing is written over.
 */

import { randomBytes } from "node:crypto";
import { type FileHandle, link, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** An instance that is whole on the disk. */
export interface ReceivedInstance {
  readonly path: string;
  readonly SOPInstanceUID: string;
  readonly bytes: number;
}

/** Larger ones are no radiographs; the import would set them aside. */
export const maximumInstanceBytes = 512 * 2 ** 20;

/** The instance is larger than {@link maximumInstanceBytes}. */
export class InstanceTooLarge extends Error {
  override readonly name = "InstanceTooLarge";
}

/** A home sweeps files of such names away when it is opened. */
const temporaryMark = ".writing-";

/** A file being written in a folder. End it with `keep` or `discard`. */
export class InstanceFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #file: FileHandle;
  #bytes = 0;

  private constructor(folder: string, path: string, file: FileHandle) {
    this.#folder = folder;
    this.#path = path;
    this.#file = file;
  }

  static async create(folder: string): Promise<InstanceFile> {
    const path = join(folder, `${temporaryMark}${process.pid}-${randomBytes(6).toString("hex")}`);
    return new InstanceFile(folder, path, await open(path, "wx", 0o600));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws InstanceTooLarge, or the disk's error */
  async write(part: Uint8Array): Promise<void> {
    if (this.#bytes + part.length > maximumInstanceBytes) throw new InstanceTooLarge("The instance is too large.");
    for (let written = 0; written < part.length; ) {
      const { bytesWritten } = await this.#file.write(part, written);
      written += bytesWritten;
    }
    this.#bytes += part.length;
  }

  /** Makes the file whole: flushed, under its UID's name, or that with a mark where one of this name waits already. */
  async keep(SOPInstanceUID: string): Promise<ReceivedInstance> {
    try {
      await this.#file.sync();
      await this.#file.close();
      const path = await linkUnderFreeName(this.#path, join(this.#folder, SOPInstanceUID));
      await syncFolder(this.#folder);
      return { path, SOPInstanceUID, bytes: this.#bytes };
    } finally {
      await this.discard();
    }
  }

  /** Removes what has been written under the temporary name. */
  async discard(): Promise<void> {
    await this.#file.close().catch(() => {}); // it may be closed
    await rm(this.#path, { force: true }).catch(() => {}); // the home sweeps it away later
  }
}

const linkUnderFreeName = async (from: string, stem: string): Promise<string> => {
  for (let mark = ""; ; mark = `-${randomBytes(4).toString("hex")}`) {
    const path = `${stem}${mark}.dcm`;
    try {
      await linkOrReplace(from, path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
};

/** Some file systems know no second name of a file; there the name is taken first, and the file then put in its place. */
const linkOrReplace = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    await (await open(to, "wx", 0o600)).close();
    await rename(from, to);
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot flush a folder; the link itself is there.
  } finally {
    await handle.close();
  }
};

/** Whether an error says that the disk, or the quota of it, is full. */
export const isDiskFull = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT", "EFBIG"].includes((error as NodeJS.ErrnoException)?.code ?? "");
