/**
 * Instances that came over the network and wait in the home to be imported. They lie whole on the disk before anybody is told
 * so, and leave only when what became of them is written down: a process that is killed between finds them again.
 */

import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  exists,
  type Home,
  hashContent,
  type Origin,
  type StoredInstance,
  storageError,
  writeInstances,
} from "../../../store/index.ts";
import { importRadiographs, type QuarantinedPath } from "../import-radiographs.ts";
import { RadiographReader } from "../read-radiograph.ts";

/** What became of instances. */
export interface SpoolReport {
  imported: number;
  duplicates: number;
  /** Files that are kept in the home's folder set-aside, with the reason. */
  readonly quarantined: { readonly file: string; readonly reason: string }[];
}

/** How a spool imports. */
export interface SpoolOptions {
  /** Names where the instances come from, for the home's own bookkeeping. */
  readonly source: string;
  readonly origin?: Origin;
  readonly signal?: AbortSignal | undefined;
}

/** Files that are imported before the next ones are looked for. */
const filesAtOnce = 256;

/** The spool of one home. Close it when done. */
export class IncomingSpool {
  readonly folder: string;
  readonly report: SpoolReport = { imported: 0, duplicates: 0, quarantined: [] };
  readonly #home: Home;
  readonly #options: SpoolOptions;
  readonly #reader = new RadiographReader();

  private constructor(home: Home, options: SpoolOptions) {
    this.#home = home;
    this.#options = options;
    this.folder = home.files.incoming;
  }

  static async open(home: Home, options: SpoolOptions): Promise<IncomingSpool> {
    await mkdir(home.files.incoming, { recursive: true }).catch((error) => {
      throw storageError(error);
    });
    return new IncomingSpool(home, options);
  }

  /**
   * Imports what waits now and what arrives meanwhile. Not to be called while it runs.
   *
   * @throws OsteonError as an import does; what was not imported goes on waiting
   */
  async importWaiting(): Promise<void> {
    for (;;) {
      const waiting = (await readdir(this.folder)).filter((name) => name.endsWith(".dcm") && !name.startsWith("."));
      const files = waiting.sort().slice(0, filesAtOnce);
      if (files.length === 0) return;
      await this.#import(files.map((name) => join(this.folder, name)));
    }
  }

  async #import(files: readonly string[]): Promise<void> {
    const { origin, signal, source } = this.#options;
    const report = await importRadiographs(this.#home, files, {
      reader: this.#reader,
      ...(origin ? { origin } : {}),
      ...(signal ? { signal } : {}),
    });
    const setAside = new Map(report.quarantined.map((one) => [one.file, one]));
    const outcome = (file: string): StoredInstance => ({
      SOPInstanceUID: uidOf(file),
      source: hashContent(source),
      state: setAside.has(file) ? "set aside" : "imported",
    });
    await writeInstances(this.#home.database, files.map(outcome));
    for (const file of files) {
      const one = setAside.get(file);
      if (one === undefined) await rm(file);
      else this.report.quarantined.push({ file: await this.#kept(one), reason: one.reason });
    }
    this.report.imported += report.imported;
    this.report.duplicates += report.duplicates;
  }

  /** Where a file that was set aside lies: the import has kept it, or it is taken there as it is. */
  async #kept({ file, id }: QuarantinedPath): Promise<string> {
    const kept = this.#home.files.setAsidePath(id);
    if (!(await exists(kept))) return this.#home.files.setAside(file);
    await rm(file);
    return kept;
  }

  close(): Promise<void> {
    return this.#reader.close();
  }
}

/** The UID in the name of a file of the spool: before the extension, or the mark that tells namesakes apart. */
const uidOf = (file: string): string => basename(file, ".dcm").split("-")[0]!;
