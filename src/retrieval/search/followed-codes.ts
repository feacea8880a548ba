/**
 * Codes of a file to which another process adds: what is in it is searched in this thread's memory, and what was added since is read
 * before each search. The file says all there is to say, so the two need know nothing of each other, and either may be killed.
 */

import type { Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { OsteonError } from "../../errors.ts";
import { type LoadedCodes, type LoadOptions, loadCodes, loadMore } from "./load-codes.ts";
import { StoredCodes } from "./stored-codes.ts";

interface Opened {
  readonly file: FileHandle;
  readonly loaded: LoadedCodes;
  readonly codes: StoredCodes;
}

/** The one who reads. */
export class FollowedCodes {
  readonly #path: string;
  readonly #options: LoadOptions;
  #opened: Opened;
  #reading: Promise<void> | null = null;

  private constructor(path: string, options: LoadOptions, opened: Opened) {
    this.#path = path;
    this.#options = options;
    this.#opened = opened;
  }

  /**
   * Opens the file at `path`; null where there is none.
   *
   * @throws OsteonError `bad-input` where it is of codes of another making, `corrupt-store` where it was changed
   */
  static async open(path: string, options: LoadOptions): Promise<FollowedCodes | null> {
    const opened = await openFile(path, options);
    return opened && new FollowedCodes(path, options, opened);
  }

  /** How many codes can be found. */
  get count(): number {
    const { table, removed } = this.#opened.loaded;
    return table.codes.count - removed;
  }

  /** The search among all that is in the file by now. */
  async current(): Promise<StoredCodes> {
    this.#reading ??= this.#catchUp().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
    return this.#opened.codes;
  }

  async close(): Promise<void> {
    await closeFile(this.#opened);
  }

  async #catchUp(): Promise<void> {
    const { file, loaded } = this.#opened;
    const [{ ino }, now] = await Promise.all([file.stat(), statOf(this.#path)]);
    if (!now) return; // what was there is all that is known
    if (ino === now.ino && now.size === loaded.end) return;
    const isLonger = ino === now.ino && now.size > loaded.end;
    if (!isLonger || !(await this.#hadRoom())) await this.#openAnew();
  }

  async #hadRoom(): Promise<boolean> {
    try {
      await loadMore(this.#opened.file, this.#opened.loaded);
      return true;
    } catch (error) {
      if (error instanceof OsteonError && error.code === "no-room") return false;
      throw error;
    }
  }

  /** Another file is there: the writer puts one in place when much was taken out. Or there is more in it than room was made for. */
  async #openAnew(): Promise<void> {
    const opened = await openFile(this.#path, this.#options);
    if (!opened) return;
    const before = this.#opened;
    this.#opened = opened;
    await closeFile(before);
  }
}

const statOf = (path: string): Promise<Stats | null> => stat(path).catch(() => null);

const openFile = async (path: string, options: LoadOptions): Promise<Opened | null> => {
  for (;;) {
    const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (!file) return null;
    try {
      const loaded = await loadCodes(file, options);
      const codes = new StoredCodes({ path, table: loaded.table.share(), buckets: null });
      const [{ ino }, now] = await Promise.all([file.stat(), statOf(path)]);
      if (ino === now?.ino) return { file, loaded, codes };
      codes.close(); // its names would be read from another file
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
  }
};

const closeFile = async ({ file, codes }: Opened): Promise<void> => {
  codes.close();
  await file.close();
};
