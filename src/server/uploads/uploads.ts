/** Files that come in over the network: whole and flushed to the disk under a random id before they are acknowledged, or not there. */

import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import {
  getUploads,
  type Home,
  insertUpload,
  keepUploads,
  removeUploads,
  type StoredUpload,
  storageError,
  sweepStrayUploads,
  sweepUploads,
  syncDirectory,
} from "../../store/index.ts";

interface UploadsOptions {
  readonly home: Home;
  readonly now: () => Date;
  /** The largest file that is taken, in bytes. */
  readonly mostBytes: () => number;
  /** Room on the disk that uploads leave to the database, in bytes. */
  readonly reservedBytes?: number;
}

/** What is said of a file before its bytes come. */
export interface IncomingFile {
  readonly name: string;
  /** As the sender announces it; undefined where it does not. */
  readonly announcedBytes: number | undefined;
  readonly person: Person;
}

interface Writing {
  readonly place: string;
  readonly most: number;
  /** Of this file. */
  readonly awaited: { bytes: number };
}

const hourMs = 3_600_000;
const keptMs = 24 * hourMs;
const usualReserve = 2 ** 28;

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #sweeping: NodeJS.Timeout;
  #received = 0;
  /** Bytes that may still come of uploads on their way. */
  #awaited = 0;

  private constructor(options: UploadsOptions) {
    this.#options = options;
    this.#sweeping = setInterval(() => this.sweep().catch(() => {}), hourMs); // the next sweep tries again
    this.#sweeping.unref();
  }

  /** Makes the folder of uploads ready: what a killed server left half-way is gone. */
  static async open(options: UploadsOptions): Promise<Uploads> {
    await sweepStrayUploads(options.home);
    const uploads = new Uploads(options);
    await uploads.sweep();
    return uploads;
  }

  /** Bytes that came in since the server started. */
  get receivedBytes(): number {
    return this.#received;
  }

  /**
   * Takes a file in as it comes.
   *
   * @throws OsteonError `too-large`, `no-room` on the disk, `bad-input` for an empty file, `interrupted` for one that breaks off
   */
  async receive(body: Readable, { name, announcedBytes, person }: IncomingFile): Promise<StoredUpload> {
    const { home, now, mostBytes } = this.#options;
    const most = mostBytes();
    if ((announcedBytes ?? 0) > most) throw tooLarge(most);
    const awaited = await this.#reserve(announcedBytes ?? most);
    const id = randomBytes(16).toString("hex");
    const place = join(home.files.uploads, id);
    try {
      const bytes = await this.#write(body, { place: `${place}.part`, most, awaited });
      if (bytes === 0) throw new OsteonError("bad-input", "The file is empty.");
      await rename(`${place}.part`, place);
      await syncDirectory(home.files.uploads);
      const upload = { id, name, bytes, person: person.id, uploadedAt: now() };
      await insertUpload(home.database, upload);
      return upload;
    } catch (cause) {
      for (const path of [place, `${place}.part`]) await rm(path, { force: true }).catch(() => {});
      throw uploadError(cause);
    } finally {
      this.#awaited -= awaited.bytes;
    }
  }

  /**
   * An upload of this person, or of anybody for an administrator.
   *
   * @throws OsteonError `not-found`, also where it is another's
   */
  async get(id: string, person: Person): Promise<StoredUpload> {
    return (await this.getAll([id], person))[0]!;
  }

  /** As {@link get}, of several. */
  async getAll(ids: readonly string[], person: Person): Promise<StoredUpload[]> {
    const uploads = await getUploads(this.#options.home.database, ids);
    if (person.role === "administrator" || uploads.every((upload) => upload.person === person.id)) return uploads;
    throw new OsteonError("not-found", "There is no such upload, or no longer; upload the file again.");
  }

  /** Where the file of an upload lies; see {@link get}. */
  async path(id: string, person: Person): Promise<string> {
    await this.get(id, person);
    return join(this.#options.home.files.uploads, id);
  }

  /** Keeps an upload from the sweep until it is released or removed. */
  keep(id: string, keptFor: string): Promise<void> {
    return keepUploads(this.#options.home.database, [id], { keptFor, at: this.#options.now() });
  }

  /** Lets an upload go with the next sweep after a day. */
  release(id: string): Promise<void> {
    return keepUploads(this.#options.home.database, [id], { keptFor: null, at: this.#options.now() });
  }

  remove(id: string): Promise<void> {
    return removeUploads(this.#options.home, [id]);
  }

  /** Removes what nothing needs and is older than a day. */
  async sweep(): Promise<void> {
    const { home, now } = this.#options;
    await sweepUploads(home, new Date(now().getTime() - keptMs));
  }

  close(): void {
    clearInterval(this.#sweeping);
  }

  /** Counts what is to come among the awaited; many that come at once must fit together. */
  async #reserve(bytes: number): Promise<{ bytes: number }> {
    const { home, reservedBytes = usualReserve } = this.#options;
    const { uploads } = home.files;
    await mkdir(uploads, { recursive: true });
    const { bavail, bsize } = await statfs(uploads);
    if (bavail * bsize < this.#awaited + bytes + reservedBytes) throw noRoom();
    this.#awaited += bytes;
    return { bytes };
  }

  /** Leaves the body to the caller where it stops early: the answer must still go out on its connection. */
  async #write(body: Readable, { place, most, awaited }: Writing): Promise<number> {
    const file = await open(place, "wx", 0o600);
    try {
      let bytes = 0;
      for await (const chunk of body.iterator({ destroyOnReturn: false })) {
        bytes += (chunk as Uint8Array).byteLength;
        if (bytes > most) throw tooLarge(most);
        await file.writeFile(chunk as Uint8Array);
        const came = Math.min((chunk as Uint8Array).byteLength, awaited.bytes);
        awaited.bytes -= came;
        this.#awaited -= came;
        this.#received += (chunk as Uint8Array).byteLength;
      }
      await file.sync();
      return bytes;
    } finally {
      await file.close();
    }
  }
}

const tooLarge = (most: number): OsteonError =>
  new OsteonError("too-large", `The file is larger than the ${Math.floor(most / 2 ** 20)} MiB that this server takes.`);

const noRoom = (cause?: unknown): OsteonError =>
  new OsteonError("no-room", "The server's disk is full; tell an administrator.", {}, cause);

const uploadError = (cause: unknown): unknown => {
  const { code } = cause as { code?: unknown };
  if (code === "ENOSPC" || code === "EDQUOT") return noRoom(cause);
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE")
    return new OsteonError("interrupted", "The upload broke off.", {}, cause);
  return storageError(cause);
};
