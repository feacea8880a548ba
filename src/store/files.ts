/** The files of a home: originals and pictures by the hash of their content, and a folder per run. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, link as linkFile, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OsteonError } from "../errors.ts";
import {
  exists,
  type FileContent,
  isTemporary,
  sweepTemporaryFiles,
  syncDirectory,
  writeFileAtomically,
} from "./atomic-file.ts";

/** SHA-256 of a file's content, in hexadecimal, read as a stream. */
export const hashFile = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
};

/** SHA-256 of bytes or text, in hexadecimal. */
export const hashContent = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");

/** SHA-256 of plain data one after another, in hexadecimal: of more than one text can hold. */
export const hashEach = (parts: Iterable<unknown>): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${JSON.stringify(part)}\n`);
  return hash.digest("hex");
};

/** Nothing for a file that is gone. */
const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
};

/** A file that is read from its first byte to its last. */
export interface FileInPieces {
  readonly byteLength: number;
  /** Fills an array with the next bytes. */
  read(into: Uint8Array): Promise<void>;
}

const lacking = (what: string, cause?: unknown): OsteonError =>
  new OsteonError("corrupt-store", `The home lacks ${what}; restore it from a backup or make it again.`, {}, cause);

/** The files below one home. */
export class HomeFiles {
  /** The home's folder: another thread reads the same files through a HomeFiles of its own. */
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** The folder in which instances from picture archives wait to be imported. */
  get incoming(): string {
    return join(this.root, "incoming");
  }

  /** The folder in which uploads lie until they are used. */
  get uploads(): string {
    return join(this.root, "uploads");
  }

  /** The folder of thumbnails, which can be made again from the pictures. */
  get thumbnails(): string {
    return join(this.root, "thumbnails");
  }

  /** Takes a file that waited in {@link incoming} and cannot be imported to where a person may look at it. Returns its path. */
  async setAside(path: string): Promise<string> {
    const folder = join(this.root, "set-aside");
    await mkdir(folder, { recursive: true });
    const kept = join(folder, basename(path));
    await rename(path, kept);
    await syncDirectory(folder);
    return kept;
  }

  /** Removes what a killed process left half-written; all of it for who holds the home alone, else what is from before a moment. */
  async sweep(before?: Date): Promise<void> {
    for (const folder of [this.root, this.incoming, this.thumbnails]) await sweepTemporaryFiles(folder, { before });
    for (const folder of ["files", "pictures", "runs", "set-aside", "queries"])
      await sweepTemporaryFiles(join(this.root, folder), { recursive: true, before });
  }

  /** Keeps an original file under its content's hash; a file that is already there is left alone. */
  async writeOriginal(id: string, content: Uint8Array): Promise<void> {
    const path = this.originalPath(id);
    if (!(await exists(path))) await writeFileAtomically(path, content);
  }

  /** The bytes of an original file. */
  readOriginal(id: string): Promise<Uint8Array> {
    return this.#read(this.originalPath(id), "an original file");
  }

  /** Keeps a file that was set aside under its content's hash, so that a person may look at it. */
  async writeSetAside(id: string, content: Uint8Array): Promise<void> {
    const path = this.setAsidePath(id);
    if (!(await exists(path))) await writeFileAtomically(path, content);
  }

  /** Where the file of this hash lies, if it was set aside and kept. */
  setAsidePath(id: string): string {
    return join(this.root, "set-aside", id.slice(0, 2), id);
  }

  /** How many bytes all kept set-aside files have. */
  async setAsideBytes(): Promise<number> {
    const folder = join(this.root, "set-aside");
    if (!(await exists(folder))) return 0;
    let bytes = 0;
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      // A person may delete one meanwhile.
      if (entry.isFile()) bytes += await sizeOf(join(entry.parentPath, entry.name));
    }
    return bytes;
  }

  /** What lies among the set-aside files: by hash, and under names of their own as pictures from archives may. */
  async listSetAside(): Promise<{ readonly hashed: readonly string[]; readonly named: readonly string[] }> {
    const folder = join(this.root, "set-aside");
    if (!(await exists(folder))) return { hashed: [], named: [] };
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const isHashed = (path: string): boolean => path === this.setAsidePath(basename(path));
    return {
      hashed: files.filter(isHashed).map((path) => basename(path)),
      named: files.filter((path) => !isHashed(path)),
    };
  }

  /** Puts a set-aside file that lies under a name of its own where its hash says. */
  async renameSetAside(path: string, id: string): Promise<void> {
    const kept = this.setAsidePath(id);
    await mkdir(dirname(kept), { recursive: true });
    await rename(path, kept);
    await syncDirectory(dirname(kept));
  }

  async removeSetAside(id: string): Promise<void> {
    await rm(this.setAsidePath(id), { force: true });
  }

  /** Where the original of this hash lies. */
  originalPath(id: string): string {
    return join(this.root, "files", id.slice(0, 2), id);
  }

  /** The folder of queries that have a file of their own, each in a folder by its id. */
  get queries(): string {
    return join(this.root, "queries");
  }

  /** Where a query's file lies, beside its small picture. */
  queryPath(id: string): string {
    return join(this.queries, id, "radiograph");
  }

  /** Keeps a query's file: as another name of the same bytes where the disk can, so that a large one is there at once. */
  async keepQueryFile(id: string, from: string): Promise<void> {
    const path = this.queryPath(id);
    await mkdir(dirname(path), { recursive: true });
    await linkFile(from, path).catch(() => copyFile(from, path));
    await syncDirectory(dirname(path));
    await syncDirectory(this.queries);
  }

  /** Keeps the small picture that a query is linked by, a PNG. */
  async writeQueryPicture(id: string, png: Uint8Array): Promise<void> {
    await writeFileAtomically(join(this.queries, id, "picture.png"), png);
  }

  readQueryPicture(id: string): Promise<Uint8Array> {
    return this.#read(join(this.queries, id, "picture.png"), "the picture of a query");
  }

  /** Removes what is kept of a query. */
  async removeQueryFiles(id: string): Promise<void> {
    await rm(join(this.queries, id), { recursive: true, force: true });
  }

  /** Keeps the small picture that training, indexing and pages read, a PNG. */
  async writePicture(id: string, png: Uint8Array): Promise<void> {
    await writeFileAtomically(this.#picturePath(id), png);
  }

  readPicture(id: string): Promise<Uint8Array> {
    return this.#read(this.#picturePath(id), "a picture");
  }

  /** Tells one writing of a small picture from another; undefined where there is none. */
  async pictureTag(id: string): Promise<string | undefined> {
    const found = await stat(this.#picturePath(id), { bigint: true }).catch(() => undefined);
    return found && `${found.size.toString(36)}-${found.mtimeNs.toString(36)}`;
  }

  /** Writes one artefact of a run, whole or not at all. */
  async writeArtefact(run: string, name: string, content: FileContent): Promise<void> {
    await writeFileAtomically(this.#artefactPath(run, name), content);
  }

  readArtefact(run: string, name: string): Promise<Uint8Array> {
    return this.#read(this.#artefactPath(run, name), `the artefact "${name}" of run ${run}`);
  }

  /** Reads an artefact from its first byte to its last, in pieces: it may be larger than what fits into one buffer. */
  async readThroughArtefact<Result>(
    run: string,
    name: string,
    read: (file: FileInPieces) => Promise<Result>,
  ): Promise<Result> {
    const what = `the artefact "${name}" of run ${run}`;
    const handle = await open(this.#artefactPath(run, name)).catch((cause) => {
      throw lacking(what, cause);
    });
    try {
      const { size } = await handle.stat();
      return await read({
        byteLength: size,
        read: async (into) => {
          for (let filled = 0; filled < into.length; ) {
            const { bytesRead } = await handle.read(into, filled, into.length - filled, null);
            if (bytesRead === 0) throw lacking(`the end of ${what}`);
            filled += bytesRead;
          }
        },
      });
    } finally {
      await handle.close();
    }
  }

  /** Removes an artefact that no longer serves. */
  async removeArtefact(run: string, name: string): Promise<void> {
    await rm(this.#artefactPath(run, name), { force: true });
  }

  hasArtefact(run: string, name: string): Promise<boolean> {
    return exists(this.#artefactPath(run, name));
  }

  /** The names of the files of given weights that somebody has put in the home's folder `weights`. */
  async listWeights(): Promise<string[]> {
    const entries = await readdir(join(this.root, "weights"), { withFileTypes: true }).catch(() => []);
    return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort();
  }

  /** @throws OsteonError `not-found` for a name that {@link listWeights} does not give */
  async readWeights(name: string): Promise<Uint8Array> {
    if (!(await this.listWeights()).includes(name)) {
      throw new OsteonError("not-found", "The home's folder `weights` has no file of this name; put it there first.");
    }
    return readFile(join(this.root, "weights", name));
  }

  /** The artefacts of a run by name, without those in folders, which can be made again. */
  async listArtefacts(run: string): Promise<{ readonly name: string; readonly bytes: number }[]> {
    const folder = join(this.root, "runs", run);
    if (!(await exists(folder))) return [];
    const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
    const sizes = files.map(async ({ name }) => ({ name, bytes: (await stat(join(folder, name))).size }));
    return (await Promise.all(sizes)).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The files in a folder of a run's artefacts, by the names of the artefacts; half-written ones are none. */
  async listArtefactFolder(run: string, folder: string): Promise<string[]> {
    const path = join(this.root, "runs", run, folder);
    if (!(await exists(path))) return [];
    const entries = await readdir(path, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !isTemporary(entry.name));
    return files.map(({ name }) => `${folder}/${name}`).sort();
  }

  /** Removes a folder of a run's artefacts with all that is in it. */
  async removeArtefactFolder(run: string, folder: string): Promise<void> {
    await rm(join(this.root, "runs", run, folder), { recursive: true, force: true });
  }

  async #read(path: string, what: string): Promise<Uint8Array> {
    try {
      return await readFile(path);
    } catch (cause) {
      throw lacking(what, cause);
    }
  }

  #picturePath(id: string): string {
    return join(this.root, "pictures", id.slice(0, 2), `${id}.png`);
  }

  #artefactPath(run: string, name: string): string {
    return join(this.root, "runs", run, name);
  }
}
