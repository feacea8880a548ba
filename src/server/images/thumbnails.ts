/** Thumbnails of the archive: made when they are first asked for, kept on the disk, a few at a time. */

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { OsteonError } from "../../errors.ts";
import { encodeThumbnail, isWholeThumbnail } from "../../imaging/thumbnail.ts";
import type { HomeFiles } from "../../store/index.ts";

/** How many are made at once: the links of others need the processor too. */
const atOnce = 2;

/** Which thumbnail is wanted. */
export interface ThumbnailRequest {
  /** The image. */
  readonly id: string;
  /** The longer side in pixels. */
  readonly side: number;
  /** What the browser has of it already, as {@link Thumbnail.tag} told. */
  readonly known?: string | undefined;
  /** Whether it is still wanted when its turn comes: a browser forgets what was scrolled away. */
  readonly isWanted: () => boolean;
}

export interface Thumbnail {
  /** Another one as soon as the picture is written anew. */
  readonly tag: string;
  /** Undefined where the browser has it. */
  readonly bytes?: Uint8Array;
}

/** Grows when thumbnails of the same picture are to look different. */
const look = 1;

export class Thumbnails {
  readonly #files: HomeFiles;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #written = 0;

  constructor(files: HomeFiles) {
    this.#files = files;
  }

  /** @throws OsteonError `corrupt-store` where the picture is not there, `interrupted` where nobody wants it any more */
  async get({ id, side, known, isWanted }: ThumbnailRequest): Promise<Thumbnail> {
    const tag = `${await this.#files.pictureTag(id)}-${side}-${look}`;
    if (tag === known) return { tag };
    const path = join(this.#files.thumbnails, id.slice(0, 2), `${id}-${tag}.webp`);
    const kept = await readFile(path).catch(() => undefined);
    if (kept && isWholeThumbnail(kept)) return { tag, bytes: kept };
    return this.#inTurn(async () => {
      if (!isWanted()) throw new OsteonError("interrupted", "Nobody waits for the thumbnail any more.");
      const made = await encodeThumbnail(await this.#files.readPicture(id), side);
      await this.#keep(path, made);
      return { tag, bytes: made };
    });
  }

  /** The newest request first: what was asked for last is what is looked at. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      this.#waiting.pop()?.();
    }
  }

  /** Not flushed to the disk, for it can be made again: one that a failing power cut off is known by its length. */
  async #keep(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(this.#files.thumbnails, `.writing-${process.pid}-${this.#written++}`);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, bytes);
      await rename(temporary, path);
    } catch {
      // A full disk takes nothing away from who looks at the archive; the next request makes it again.
      await rm(temporary, { force: true }).catch(() => {});
    }
  }
}
