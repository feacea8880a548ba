/**
 * What was done so far, a line a file, in the output folder: after a kill the work goes on where it stopped. Files are named by keyed
 * marks, so that the journal tells nothing of where they came from.
 */
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AttributeChange } from "../../../dicom/deidentify/deidentify-tree.ts";
import { OsteonError } from "../../../errors.ts";

/** A file that was written. */
export interface WrittenEntry {
  /** Below the output folder. */
  readonly file: string;
  readonly sha256: string;
  readonly changes: readonly AttributeChange[];
  readonly maskedRegions: number;
  /** Keyed marks of the source's path and of the settings: another source under the same settings must not overwrite the file. */
  readonly source: string;
  readonly settings: string;
}

/** A file that needs a person, or that is in the output already. */
export interface SetAsideEntry {
  readonly code: string;
  readonly detail: string;
}

/** What became of a file, by the mark of its path, size, time and settings. */
export type JournalEntry = { readonly mark: string } & (WrittenEntry | SetAsideEntry);

/** The journal's name in the output folder. */
export const journalName = "journal.jsonl";
const format = "osteon-deidentification-journal/1";

/** Reads and writes the journal of one output folder. */
export class Journal {
  readonly #path: string;
  readonly entries: ReadonlyMap<string, JournalEntry>;

  private constructor(path: string, entries: ReadonlyMap<string, JournalEntry>) {
    this.#path = path;
    this.entries = entries;
  }

  /**
   * Opens the journal of a folder, or begins one.
   *
   * @param keyMark tells keys apart without telling the key
   * @throws OsteonError `bad-usage` where the folder was made with another key
   */
  static async open(folder: string, keyMark: string): Promise<Journal> {
    const path = join(folder, journalName);
    const content = await readFile(path, "utf8").catch(() => undefined);
    if (content === undefined) {
      await appendFile(path, `${JSON.stringify({ format, key: keyMark })}\n`);
      return new Journal(path, new Map());
    }
    const lines = content.split("\n").flatMap(parseLine);
    const [head] = lines;
    if (head?.key !== keyMark) {
      throw new OsteonError("bad-usage", `"${folder}" was made with another key; name its key or another folder.`);
    }
    // A line cut off by a kill must not swallow the next one.
    if (!content.endsWith("\n")) await appendFile(path, "\n");
    const entries = lines.slice(1) as unknown as JournalEntry[];
    return new Journal(path, new Map(entries.map((entry) => [entry.mark, entry])));
  }

  async add(entry: JournalEntry): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(entry)}\n`);
  }
}

/** A line, or nothing for one that a kill cut off. */
const parseLine = (line: string): { readonly key?: unknown }[] => {
  try {
    return line === "" ? [] : [JSON.parse(line) as { readonly key?: unknown }];
  } catch {
    return [];
  }
};
