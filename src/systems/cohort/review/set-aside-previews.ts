/** Small pictures of set-aside files, for a person to judge them by; hostile files are decoded in a thread of their own. */
import type { HomeFiles } from "../../../store/index.ts";
import { readWholeFile } from "../read-file.ts";
import { RadiographReader } from "../read-radiograph.ts";

/** Reads and decodes one file after another, so that one at most is held. Close it when done. */
export class SetAsidePreviews {
  readonly #files: HomeFiles;
  #reader: RadiographReader | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(files: HomeFiles) {
    this.#files = files;
  }

  /** A PNG of at most 512 pixels a side; undefined where the file was not kept, or is no picture. */
  picture(id: string): Promise<Uint8Array | undefined> {
    const picture = this.#last.then(() => this.#decode(id));
    this.#last = picture.catch(() => {}); // told to who asked
    return picture;
  }

  async #decode(id: string): Promise<Uint8Array | undefined> {
    const file = await readWholeFile(this.#files.setAsidePath(id));
    if (!file.ok) return undefined;
    this.#reader ??= new RadiographReader({ workers: 1, timeoutMs: 20_000 });
    const outcome = await this.#reader.readBytes(file.bytes, { anyway: true });
    return outcome.ok ? outcome.radiograph.png : undefined;
  }

  async close(): Promise<void> {
    await this.#reader?.close();
  }
}
