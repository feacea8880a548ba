/** Tables with a column per answer and a one in the column that holds: how public sets keep their labels. */
import { parse } from "csv-parse/sync";
import { OsteonError } from "../../errors.ts";

/** A row of such a table. */
export interface OneHotRow {
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  readonly image: string;
  text(column: string): string;
  /** Those of the columns that hold a one. */
  ones(columns: readonly string[]): string[];
}

/**
 * Reads a table.
 * @throws OsteonError `bad-input` when it is no table or lacks a column
 */
export const parseOneHotTable = (content: string, needed: readonly string[]): OneHotRow[] => {
  let records: Record<string, string>[];
  try {
    records = parse(content, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      relax_column_count: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (cause) {
    throw new OsteonError("bad-input", "The labels of the public set are no CSV table.", {}, cause);
  }
  const missing = needed.find((column) => !(column in (records[0] ?? {})));
  if (missing !== undefined) {
    throw new OsteonError("bad-input", `The labels of the public set have no column "${missing}".`, { missing });
  }
  return records.map((record, i) => ({
    line: i + 2,
    image: record.image_id ?? "",
    text: (column) => record[column] ?? "",
    ones: (columns) => columns.filter((column) => /^(1(\.0)?|true|yes)$/i.test(record[column] ?? "")),
  }));
};
