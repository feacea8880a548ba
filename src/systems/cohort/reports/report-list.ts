/** The list of reports to import: a folder of texts with its `index.csv`, or one table that holds the texts itself. */

import { delimitedRows, type TableDamage } from "../../../clinic/delimited-rows.ts";
import { isPartialDate } from "../../../clinic/partial-dates.ts";
import type { PartialDate } from "../../../clinic/records.ts";
import type { ReportKind } from "../../../clinic/reports/report-fields.ts";
import { OsteonError } from "../../../errors.ts";

/** One row of the list. */
export interface ListedReport {
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  readonly report: string;
  readonly patient: string;
  readonly case?: string;
  readonly date?: PartialDate;
  readonly kind?: ReportKind;
  /** Where the table holds the texts. */
  readonly text?: string;
}

/** Something about a row that a person should look at; the row or cell was left out. No patient data. */
export interface ReportProblem {
  readonly code:
    | "no-report"
    | "no-patient"
    | "no-text"
    | "repeated-report"
    | "extra-cells"
    | "bad-date"
    | "bad-kind"
    | "bad-name"
    | "missing-file"
    | "unreadable-file"
    | "not-listed";
  /** As an editor counts: 1 is the header; absent for a file that no row names. */
  readonly line?: number;
  readonly detail: string;
}

/** The rows that can be used, and what was left out. */
export interface ReportList {
  readonly rows: readonly ListedReport[];
  readonly problems: readonly ReportProblem[];
}

type Column = "report" | "patient" | "case" | "date" | "kind" | "text";

const headings: Readonly<Record<Column, readonly string[]>> = {
  report: ["report", "report id", "report number", "bericht", "berichtsnummer", "befundnummer", "befund-id", "id"],
  patient: ["patient", "patient id", "patient number", "patientennummer", "patienten-id", "patientid"],
  case: ["case", "case id", "case number", "fall", "fallnummer"],
  date: ["date", "report date", "datum", "befunddatum", "berichtsdatum"],
  kind: ["kind", "type", "report type", "art", "berichtsart", "befundart"],
  text: ["text", "report text", "befundtext", "berichtstext", "befund"],
};

const kinds: Readonly<Record<ReportKind, readonly string[]>> = {
  radiology: [
    "radiology",
    "radiologie",
    "radiologiebefund",
    "radiologischer befund",
    "röntgen",
    "bildgebung",
    "imaging",
  ],
  pathology: ["pathology", "pathologie", "pathologiebefund", "pathologischer befund", "histologie", "histology"],
  "tumour board": [
    "tumour board",
    "tumor board",
    "tumorboard",
    "tumour-board",
    "tumorkonferenz",
    "board",
    "tumorboardprotokoll",
    "sarkomboard",
    "mdt",
  ],
};

const columnOf: ReadonlyMap<string, Column> = new Map(
  Object.entries(headings).flatMap(([column, names]) => names.map((name) => [name, column as Column] as const)),
);
const kindOf: ReadonlyMap<string, ReportKind> = new Map(
  Object.entries(kinds).flatMap(([kind, names]) => names.map((name) => [name, kind as ReportKind] as const)),
);

/**
 * Reads a list: UTF-8 or Windows-1252; columns separated by comma, semicolon or tab, with German or English headings.
 *
 * @throws OsteonError `bad-input` when it is no table, or lacks the columns of report and patient, or that of the texts
 */
export const parseReportList = (content: Uint8Array, { withTexts }: { readonly withTexts: boolean }): ReportList => {
  const records = delimitedRows(decodeText(content), refuseList);
  const header = records[0]?.record.map((name) => columnOf.get(name.trim().toLowerCase().replaceAll("_", " "))) ?? [];
  for (const column of withTexts ? (["report", "patient", "text"] as const) : (["report", "patient"] as const)) {
    const found = header.filter((name) => name === column).length;
    if (found === 1) continue;
    const state = found === 0 ? `needs a column "${column}"` : `has the column "${column}" more than once`;
    throw new OsteonError(
      "bad-input",
      `The list of reports ${state}; its columns are report, patient, case, date and kind${withTexts ? ", and text" : ""}.`,
    );
  }
  const rows = new Map<string, ListedReport>();
  const problems: ReportProblem[] = [];
  for (const { record, line } of records.slice(1)) {
    const row = readRow(header, record, { line, withTexts, problems });
    if (!row) continue;
    if (rows.has(row.report)) {
      problems.push({
        code: "repeated-report",
        line,
        detail: "An earlier row has the same report; this one was left out.",
      });
    } else rows.set(row.report, row);
  }
  return { rows: [...rows.values()], problems };
};

const readRow = (
  header: readonly (Column | undefined)[],
  record: readonly string[],
  { line, withTexts, problems }: { line: number; withTexts: boolean; problems: ReportProblem[] },
): ListedReport | undefined => {
  const leaveOut = (code: ReportProblem["code"], detail: string): undefined => {
    problems.push({ code, line, detail });
  };
  if (record.length > header.length) {
    return leaveOut(
      "extra-cells",
      `The row has ${record.length} cells under ${header.length} columns; it was left out.`,
    );
  }
  const cell = (column: Column): string => (record[header.indexOf(column)] ?? "").trim();
  const report = cell("report");
  const patient = cell("patient");
  if (report === "") return leaveOut("no-report", "The row names no report; it was left out.");
  if (patient === "") return leaveOut("no-patient", "The row names no patient; it was left out.");
  if (withTexts && cell("text") === "") return leaveOut("no-text", "The row has no text; it was left out.");
  const date = readDate(cell("date"));
  if (date === undefined && cell("date") !== "") {
    problems.push({ code: "bad-date", line, detail: "The date is none of the calendar; it was left out." });
  }
  const kind = kindOf.get(cell("kind").toLowerCase());
  if (kind === undefined && cell("kind") !== "") {
    problems.push({ code: "bad-kind", line, detail: "The kind of report is unknown; it was told from the text." });
  }
  return {
    line,
    report,
    patient,
    ...(cell("case") === "" ? {} : { case: cell("case") }),
    ...(date === undefined ? {} : { date }),
    ...(kind === undefined ? {} : { kind }),
    ...(withTexts ? { text: record[header.indexOf("text")]! } : {}),
  };
};

/** `2016-05-12`, `2016-05`, `2016`, `12.05.2016`, `5.2016`; a time behind it is passed over. */
const readDate = (text: string): PartialDate | undefined => {
  const day = text.replace(/[T ]\d{1,2}:\d\d.*$/, "");
  const german = /^(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})$/.exec(day);
  const date = german
    ? [german[3]!, german[2]!.padStart(2, "0"), german[1]?.padStart(2, "0")]
        .filter((part) => part !== undefined)
        .join("-")
    : day;
  return isPartialDate(date) ? date : undefined;
};

/** UTF-8 or, where it is not, Windows-1252; what no database can hold is marked as unreadable. */
export const decodeText = (content: Uint8Array): string => {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    text = new TextDecoder("windows-1252").decode(content);
  }
  return text.replaceAll("\0", "\ufffd").toWellFormed();
};

const refuseList = (damage: TableDamage): OsteonError =>
  new OsteonError(
    "bad-input",
    `The list of reports cannot be read${damage.lines === undefined ? "" : ` at line ${damage.lines}`}; look for a quotation mark that is not closed or stands within a cell, or save it as CSV again.`,
    {},
    damage,
  );
