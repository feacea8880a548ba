/**
 * De-identifies files and folders into another folder: each file by deidentify-one.ts, written whole or not at all, in an order and
 * under names that follow from the key alone; started again after a kill it goes on, with the same files in the end.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { stringify } from "csv-stringify/sync";
import type { BurnedInChoice, DecidedRegions } from "../../../dicom/deidentify/deidentify-file.ts";
import { KeyedIdentity } from "../../../dicom/deidentify/keyed-identity.ts";
import type { ProfileOption } from "../../../dicom/deidentify/profile-options.ts";
import { OsteonError } from "../../../errors.ts";
import { checkChosenFile, exists, sweepTemporaryFiles, writeChosenFile } from "../../../store/index.ts";
import { findFiles } from "../find-files.ts";
import type { CleanFile, FolderSettings, OneOutcome } from "./deidentify-one.ts";
import { DeidentifyPool } from "./deidentify-pool.ts";
import { harmlessTerms } from "./harmless-terms.ts";
import { Journal, type JournalEntry, journalName, type WrittenEntry } from "./journal.ts";
import { liesWithin, readOrCreateKey } from "./key-file.ts";
import { lockFolder, lockName } from "./lock-folder.ts";
import { reportText } from "./report-text.ts";

/** What to do, and with what. */
export interface DeidentifyOptions {
  /** The folder for what was de-identified: empty, new, or left by an earlier run with the same key. */
  readonly to: string;
  /** The key; made where there is no such file. */
  readonly keyFile: string;
  readonly options?: readonly ProfileOption[];
  readonly burnedIn?: BurnedInChoice;
  /** What people decided on text in the pixels of files, by the hash of their content. */
  readonly decided?: ReadonlyMap<string, DecidedRegions>;
  /** A table that links pseudonyms to patients, for whoever may have it. Not in `to`. */
  readonly linkage?: string;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was done to a file that was written. */
export type ReportedFile = Pick<WrittenEntry, "file" | "changes" | "maskedRegions">;

/** What was done; without values and without names of sources, but for `sources`. */
export interface DeidentifyReport {
  readonly format: "osteon-deidentification/1";
  readonly options: readonly ProfileOption[];
  readonly burnedIn: BurnedInChoice;
  readonly files: readonly ReportedFile[];
  /** Sources whose object is in the output already, with the same content. */
  readonly duplicates: number;
  /** By a keyed mark of the path. */
  readonly setAside: readonly { readonly source: string; readonly code: string; readonly detail: string }[];
  /** Paths of what was set aside, for the person who called; never written to the output. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Changes to what is written make other files; an old journal then counts for nothing. */
const version = 2;

const checkOutput = async (to: string, sources: readonly string[]): Promise<void> => {
  for (const source of sources) {
    if ((await liesWithin(to, source)) || (await liesWithin(source, to))) {
      throw new OsteonError("bad-usage", `"${to}" and "${source}" lie in each other; name another folder with --to.`);
    }
  }
  if ((await exists(to)) && !(await stat(to)).isDirectory()) {
    throw new OsteonError("bad-usage", `"${to}" is no folder; name another with --to.`);
  }
  await mkdir(to, { recursive: true });
  const there = (await readdir(to)).filter((name) => name !== lockName && !name.startsWith(`${lockName}.`));
  if (there.length > 0 && !there.includes(journalName)) {
    throw new OsteonError("bad-usage", `"${to}" is not empty; name a new folder with --to.`);
  }
};

/** The columns of the linkage table. */
const linkageRow = (source: string, { original, uids, ...file }: CleanFile): readonly string[] => [
  ...[file.pseudonym ?? "", original?.patientId ?? "", original?.patientName ?? "", String(file.shiftDays ?? "")],
  ...[original?.studyInstanceUid ?? "", uids?.studyInstanceUid ?? "", original?.sopInstanceUid ?? ""],
  ...[uids?.sopInstanceUid ?? "", source, file.path],
];
const linkageHead = [
  ...["pseudonym", "patient", "name", "days moved back", "study", "new study", "instance", "new instance"],
  ...["source", "file"],
];

/** A file to be done, and keyed marks of it. */
interface Work {
  readonly path: string;
  /** Of path, size, time and settings. */
  readonly mark: string;
  readonly source: string;
  readonly settings: string;
}

/** Files one after another into the output, by their order and not by who is ready first. */
class Output {
  readonly #to: string;
  readonly #journal: Journal;
  readonly #written = new Map<string, string>();
  /** What earlier runs wrote, from these sources or others. */
  readonly #earlier: ReadonlyMap<string, WrittenEntry>;
  readonly files: WrittenEntry[] = [];
  readonly setAside: { mark: string; path: string; code: string; detail: string }[] = [];
  duplicates = 0;

  constructor(to: string, journal: Journal) {
    this.#to = to;
    this.#journal = journal;
    const entries = [...journal.entries.values()].filter((entry) => "file" in entry);
    this.#earlier = new Map(entries.map((entry) => [entry.file, entry]));
  }

  /** Takes over what an earlier run did. */
  resume(path: string, entry: JournalEntry): void {
    if (!("file" in entry)) this.#note(path, entry.mark, entry);
    else {
      this.#written.set(entry.file, entry.sha256);
      const { mark: _, ...written } = entry;
      this.files.push(written);
    }
  }

  async take({ path, mark, source, settings }: Work, outcome: OneOutcome): Promise<void> {
    if (!outcome.ok) {
      const { code, detail } = outcome;
      this.#note(path, mark, { code, detail });
      await this.#journal.add({ mark, code, detail });
      return;
    }
    const { path: file, bytes, changes, maskedRegions } = outcome.file;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const target = join(this.#to, file);
    const before = this.#earlier.get(file);
    const isOfAnother = before && before.settings === settings && before.source !== source;
    const there = this.#written.get(file) ?? (isOfAnother && (await exists(target)) ? before.sha256 : undefined);
    if (there !== undefined) {
      const detail = "Another file with the same SOPInstanceUID and other content was written.";
      const entry = there === sha256 ? { code: "duplicate", detail: "" } : { code: "same-uid", detail };
      this.#note(path, mark, entry);
      await this.#journal.add({ mark, ...entry });
      return;
    }
    await mkdir(dirname(target), { recursive: true });
    await writeChosenFile(target, bytes);
    this.#written.set(file, sha256);
    const entry: WrittenEntry = { file, sha256, changes, maskedRegions, source, settings };
    this.files.push(entry);
    await this.#journal.add({ mark, ...entry });
  }

  #note(path: string, mark: string, { code, detail }: { code: string; detail: string }): void {
    if (code === "duplicate") this.duplicates++;
    else this.setAside.push({ mark, path, code, detail });
  }
}

/**
 * De-identifies what lies at some paths.
 *
 * @throws OsteonError `bad-usage` where output, key or linkage lie where they must not, `bad-input` for paths and keys that cannot be
 * used, `interrupted` by the signal, after which it can be started again, `home-locked` where another process writes to the output
 * @example
 * await deidentifyFolder(["pacs"], { to: "clean", keyFile: "centre.key", options: ["retain-longitudinal"] });
 */
export const deidentifyFolder = async (
  sources: readonly string[],
  options: DeidentifyOptions,
): Promise<DeidentifyReport> => {
  const { to, linkage } = options;
  const paths = await findFiles(sources);
  await checkOutput(to, sources);
  if (linkage !== undefined) {
    if (await liesWithin(linkage, to)) {
      throw new OsteonError("bad-usage", `The linkage "${linkage}" would lie with the data; name a file elsewhere.`);
    }
    await checkChosenFile(linkage);
  }
  const lock = await lockFolder(to);
  try {
    return await deidentifyFiles(paths, options);
  } finally {
    await lock.release();
  }
};

const deidentifyFiles = async (paths: readonly string[], options: DeidentifyOptions): Promise<DeidentifyReport> => {
  const { to, keyFile, linkage, signal, onProgress, decided = new Map<string, DecidedRegions>() } = options;
  const profile = [...new Set(options.options ?? [])].sort();
  const burnedIn = options.burnedIn ?? "judge";
  const { key } = await readOrCreateKey(keyFile, to);
  const identity = new KeyedIdentity(key);
  await sweepTemporaryFiles(to, { recursive: true });
  const journal = await Journal.open(to, identity.mark("key"));
  const settings: FolderSettings = { key, options: profile, burnedIn, decided, moreHarmlessWords: harmlessTerms };
  const output = new Output(to, journal);
  const links: (readonly string[])[] = [];
  const pool = new DeidentifyPool(settings, options.workers);
  const secret = new Set([resolve(keyFile), ...(linkage === undefined ? [] : [resolve(linkage)])]);
  const work = paths.filter((path) => !secret.has(resolve(path)));
  // Other decisions make other files.
  const decisions = decided.size > 0 ? [identity.mark(JSON.stringify([...decided].sort()))] : [];
  const told = [profile, burnedIn, version, ...decisions];
  const settingsMark = identity.mark(JSON.stringify(told));
  const workOn = async (path: string): Promise<Work> => {
    const { size, mtimeMs } = await stat(path).catch(() => ({ size: -1, mtimeMs: 0 }));
    const mark = identity.mark(JSON.stringify([resolve(path), size, mtimeMs, ...told]));
    return { path, mark, source: identity.mark(resolve(path)), settings: settingsMark };
  };
  const queue: { one: Work; entry?: JournalEntry; outcome?: Promise<OneOutcome> }[] = [];
  let done = 0;
  const settle = async (): Promise<void> => {
    const { one, entry, outcome } = queue.shift()!;
    if (entry) output.resume(one.path, entry);
    else {
      const result = await outcome!;
      await output.take(one, result);
      if (linkage !== undefined && result.ok) links.push(linkageRow(one.path, result.file));
    }
    onProgress?.(++done, work.length);
  };
  try {
    for (const path of work) {
      if (signal?.aborted) break;
      const one = await workOn(path);
      const entry = linkage === undefined ? journal.entries.get(one.mark) : undefined;
      const isDone = entry && (!("file" in entry) || (await exists(join(to, entry.file))));
      queue.push(isDone ? { one, entry } : { one, outcome: pool.run(path) });
      if (queue.length > 2 * pool.size) await settle();
    }
    while (queue.length > 0) await settle();
  } finally {
    await Promise.allSettled(queue.map(({ outcome }) => outcome));
    await pool.close();
  }
  if (signal?.aborted && done < work.length) {
    throw new OsteonError("interrupted", `Stopped after ${done} of ${work.length} files; start again to go on.`);
  }
  const report = {
    format: "osteon-deidentification/1" as const,
    ...{ options: profile, burnedIn, duplicates: output.duplicates },
    files: output.files.map(({ file, changes, maskedRegions }) => ({ file, changes, maskedRegions })),
    setAside: output.setAside.map(({ mark, code, detail }) => ({ source: mark, code, detail })),
  };
  await writeChosenFile(join(to, "report.json"), `${JSON.stringify(report, undefined, 1)}\n`);
  await writeChosenFile(join(to, "report.txt"), reportText(report));
  if (linkage !== undefined) await writeLinkage(linkage, links);
  return { ...report, sources: new Map(output.setAside.map(({ mark, path }) => [mark, path])) };
};

/** Readable for its owner alone, from its first byte on. */
const writeLinkage = async (path: string, rows: readonly (readonly string[])[]): Promise<void> => {
  const before = process.umask(0o077);
  try {
    await writeChosenFile(path, stringify([linkageHead, ...rows]));
  } finally {
    process.umask(before);
  }
};
