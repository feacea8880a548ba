/** The table of `import radiographs --labels`: what the centre knows of each picture, one row per file. */

import { parse } from "csv-parse/sync";
import { OsteonError } from "../errors.ts";
import { type PatientId, patientId } from "./ids.ts";

/** What a row says of its picture; a column that is missing or empty says nothing. */
export interface LabelsRow {
  readonly patient?: PatientId;
  readonly label?: string;
  readonly entity?: string;
  readonly region?: string;
  readonly origin?: "internal" | "external";
  readonly ageYears?: number;
  readonly sex?: string;
  readonly site?: string;
  readonly position?: string;
}

/** Something in the table that a person should look at; the row or cell was left out. */
export interface LabelsProblem {
  readonly code: "no-image" | "repeated-image" | "bad-age" | "bad-origin";
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  readonly detail: string;
}

/** The table by file name. */
export interface LabelsTable {
  readonly rows: ReadonlyMap<string, LabelsRow>;
  readonly problems: readonly LabelsProblem[];
}

const textColumns = ["label", "entity", "region", "sex", "site", "position"] as const;

/**
 * Reads a table: UTF-8 or Latin-1; columns separated by comma, semicolon or tab; a byte order mark is passed over.
 *
 * @throws OsteonError `bad-input` when it is no table or has no column `image`
 */
export const parseLabelsTable = (content: Uint8Array): LabelsTable => {
  const text = decodeText(content);
  const records = parseRecords(text);
  const header = records[0]?.record.map((name) => name.trim().toLowerCase()) ?? [];
  if (!header.includes("image")) {
    const found = header.length > 0 ? `it has ${header.map((name) => `"${name}"`).join(", ")}` : "it is empty";
    throw new OsteonError("bad-input", `The labels table needs a column "image"; ${found}.`, { header });
  }
  const rows = new Map<string, LabelsRow>();
  const problems: LabelsProblem[] = [];
  for (const { record, line } of records.slice(1)) {
    const cells = Object.fromEntries(header.map((name, i) => [name, (record[i] ?? "").trim()]));
    const image = cells.image ?? "";
    if (image === "") problems.push({ code: "no-image", line, detail: "The row names no image." });
    else if (rows.has(image))
      problems.push({
        code: "repeated-image",
        line,
        detail: "An earlier row names the same image; this one was left out.",
      });
    else rows.set(image, readRow(cells, line, problems));
  }
  return { rows, problems };
};

const decodeText = (content: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return new TextDecoder("latin1").decode(content);
  }
};

const parseRecords = (text: string): { record: string[]; line: number }[] => {
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  const count = (separator: string): number => firstLine.split(separator).length;
  const delimiter = [",", ";", "\t"].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
  try {
    const parsed = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return parsed.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (cause) {
    throw new OsteonError(
      "bad-input",
      `The labels table cannot be read: ${(cause as { code?: string }).code ?? "it is no table"}.`,
      {},
      cause,
    );
  }
};

const readRow = (cells: Readonly<Record<string, string>>, line: number, problems: LabelsProblem[]): LabelsRow => {
  const row: { -readonly [Key in keyof LabelsRow]: LabelsRow[Key] } = {};
  if (cells.patient) row.patient = patientId(cells.patient);
  for (const column of textColumns) {
    const value = cells[column];
    if (value) row[column] = value;
  }
  if (cells.origin) {
    if (cells.origin === "internal" || cells.origin === "external") row.origin = cells.origin;
    else
      problems.push({
        code: "bad-origin",
        line,
        detail: 'The origin is neither "internal" nor "external"; it was left out.',
      });
  }
  if (cells.age) {
    const age = Number(cells.age.replace(",", "."));
    if (age >= 0 && age <= 120) row.ageYears = age;
    else
      problems.push({ code: "bad-age", line, detail: "The age is no number of years from 0 to 120; it was left out." });
  }
  return row;
};
