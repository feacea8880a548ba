/** The rows of a small table in a file: separated by comma, semicolon or tab, whichever its first line has most of. */

import { parse } from "csv-parse/sync";
import type { OsteonError } from "../errors.ts";

/** A row as it stands. */
export interface DelimitedRow {
  readonly record: readonly string[];
  /** As an editor counts: 1 is the header. */
  readonly line: number;
}

/** What keeps a file from being a table. */
export interface TableDamage {
  /** The reader's word for it, such as `CSV_QUOTE_NOT_CLOSED`. */
  readonly code?: string;
  readonly lines?: number;
}

/**
 * Takes a table apart; empty lines are passed over, and so is a byte order mark.
 *
 * @param refuse the error for a file that is no table
 */
export const delimitedRows = (text: string, refuse: (damage: TableDamage) => OsteonError): DelimitedRow[] => {
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  const count = (separator: string): number => firstLine.split(separator).length;
  const delimiter = [",", ";", "\t"].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (cause) {
    throw refuse(cause as TableDamage);
  }
};
