/** Writes the synthetic centre's tables and their truth without drawing anything. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RecordsOptions } from "./centre-truth.ts";
import { phantomRecords } from "./phantom-records.ts";
import { tableFilesOf } from "./record-files.ts";

/**
 * Writes `his/` and `truth/` into a folder.
 * @throws OsteonError `bad-usage` for fewer than one patient or more than 9999
 */
export const writeHisTables = async (directory: string, options: RecordsOptions): Promise<void> => {
  for (const { name, content } of await tableFilesOf(phantomRecords(options))) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
};
