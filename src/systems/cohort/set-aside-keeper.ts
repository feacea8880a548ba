/**
 * Keeps the bytes of files that are set aside, so that a person can look at them at the review desk: within bounds, since a
 * folder of films of the wrong kind would fill the home's disk.
 */

import { deletedFiles, exists, type Home, hashContent, type SetAsideKept } from "../../store/index.ts";
import { readWholeFile } from "./read-file.ts";

/** A larger file is not kept: a plate of 8,000 by 4,000 pixels fits. */
const mostFileBytes = 64 * 2 ** 20;
/** All kept files together. */
const mostBytes = 8 * 2 ** 30;

/** What is done with a file: whether it is kept, and its way to the disk. */
export interface Keeping {
  /** Undefined where a person said that it is not to be kept. */
  readonly kept?: SetAsideKept;
  readonly write?: Promise<void>;
}

/** Keeps files for one import. */
export class SetAsideKeeper {
  readonly #home: Home;
  readonly #deleted: ReadonlySet<string>;
  #bytes: number | undefined;

  private constructor(home: Home, deleted: ReadonlySet<string>) {
    this.#home = home;
    this.#deleted = deleted;
  }

  static async open(home: Home): Promise<SetAsideKeeper> {
    return new SetAsideKeeper(home, await deletedFiles(home.database));
  }

  /**
   * Begins to keep a file.
   *
   * @param id the hash of its content
   * @param known its bytes; without them the file is read again, as after a decoder that crashed on it
   */
  async keep(id: string, path: string, known?: Uint8Array<ArrayBuffer>): Promise<Keeping> {
    if (this.#deleted.has(id)) return {};
    const bytes = known ?? (await this.#readAgain(id, path));
    if (bytes === undefined) return { kept: "unreadable" };
    if (await exists(this.#home.files.setAsidePath(id))) return { kept: "kept" };
    if (bytes.length > mostFileBytes) return { kept: "too large" };
    this.#bytes ??= await this.#home.files.setAsideBytes();
    if (this.#bytes + bytes.length > mostBytes) return { kept: "store full" };
    this.#bytes += bytes.length;
    return { kept: "kept", write: this.#home.files.writeSetAside(id, bytes) };
  }

  async #readAgain(id: string, path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = await readWholeFile(path);
    return file.ok && hashContent(file.bytes) === id ? file.bytes : undefined;
  }
}
