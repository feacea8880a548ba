/** Which row of a labels table speaks of which file. */

import { imageKey, type LabelsRow, type LabelsTable } from "./labels-table.ts";

/** The rows of a table and the files of one import. */
export interface LabelsMatch {
  /** The row that names a file, by the file's path as it was given. */
  readonly rowOf: ReadonlyMap<string, LabelsRow>;
  /** Rows that name several files: whose they are shows only in what the files hold. */
  readonly shared: ReadonlySet<LabelsRow>;
  /** Rows that name none of the files, by what they name instead. */
  readonly unmatched: ReadonlyMap<string, LabelsRow>;
}

/**
 * Matches rows with files. A row names a file by its name, or by the end of its path; where several rows name one file, the
 * one that names it by the most folders counts.
 *
 * @param paths absolute, so that a row may name folders above the one that is imported
 * @example
 * matchLabels(table, ["/archive/left/1.png"]).rowOf.get("/archive/left/1.png"); // the row of "left/1.png", or of "1.png"
 */
export const matchLabels = ({ rows }: LabelsTable, paths: readonly string[]): LabelsMatch => {
  const unmatched = new Map(rows);
  const rowOf = new Map<string, LabelsRow>();
  const named = new Set<LabelsRow>();
  const shared = new Set<LabelsRow>();
  for (const path of paths) {
    const key = endsOf(path).find((end) => rows.has(end));
    const row = key === undefined ? undefined : rows.get(key);
    if (key === undefined || row === undefined) continue;
    unmatched.delete(key);
    rowOf.set(path, row);
    if (named.has(row)) shared.add(row);
    named.add(row);
  }
  return { rowOf, shared, unmatched };
};

/** The path, the path without its first folder, and so on to the bare name. */
const endsOf = (path: string): string[] => {
  const names = imageKey(path).split("/");
  return names.map((_, i) => names.slice(i).join("/"));
};
