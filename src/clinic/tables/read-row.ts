/**
 * Reads one row of a table by its mapping: the values it gives, and a finding for every cell that was not taken as it
 * stands. Rows that lost their place under the headings, that repeat another or that name no patient give no values.
 */
import { createHash } from "node:crypto";
import type { CellFinding, CellRule } from "../findings.ts";
import type { PartialDate } from "../records.ts";
import { foldTerm } from "../vocabulary/fold-term.ts";
import type { ColumnMapping } from "./mapping.ts";
import { isPlaceholder } from "./placeholders.ts";
import { readCell } from "./read-cell.ts";
import { repairText } from "./repair-text.ts";
import type { RowValues } from "./row-values.ts";

/** What each rule does to a cell. */
export const ruleActions: Readonly<Record<CellRule, CellFinding["action"]>> = {
  synonym: "changed",
  "number-format": "changed",
  "date-format": "changed",
  "broken-encoding": "changed",
  placeholder: "changed",
  "misspelt-entity": "doubted",
  "misspelt-site": "doubted",
  "two-digit-year": "doubted",
  "ambiguous-date": "doubted",
  "approximate-value": "doubted",
  "unknown-entity": "dropped",
  "unknown-site": "dropped",
  "unknown-sex": "dropped",
  "unknown-word": "dropped",
  "unreadable-number": "dropped",
  "unreadable-date": "dropped",
  "date-out-of-range": "dropped",
  "implausible-age": "dropped",
  "invalid-tnm": "dropped",
  "invalid-icd-code": "dropped",
  "repeated-row": "dropped",
  "shifted-row": "dropped",
  "no-patient": "dropped",
};

/** The rules that only change a spelling: a table in German has one for nearly every cell. */
export const spellingRules: ReadonlySet<CellRule> = new Set<CellRule>(["synonym", "number-format", "date-format"]);

/** A row as the file has it. */
export interface TableRow {
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a row gave. */
export interface RowReading {
  /** Absent where the row was left out. */
  readonly values?: RowValues;
  readonly findings: readonly CellFinding[];
}

/** The table whose rows are read. */
export interface RowReaderOptions {
  readonly table: string;
  readonly header: readonly string[];
  /** In the order of the header. */
  readonly columns: readonly (ColumnMapping | undefined)[];
  /** The day the table was taken. */
  readonly asOf: PartialDate;
}

/** A function that reads the rows of one table in their order: it remembers them, for rows repeat themselves. */
export const rowReader = ({ table, header, columns, asOf }: RowReaderOptions): ((row: TableRow) => RowReading) => {
  const seen = new Set<string>();
  const patientColumn = columns.findIndex((column) => column?.field === "patient");
  return ({ line, cells }) => {
    const whole = (rule: CellRule): RowReading => ({
      findings: [
        { rule, action: ruleActions[rule], table, line, column: "", original: cells.join(" | ").slice(0, 2000) },
      ],
    });
    if (cells.every((cell) => cell.trim() === "")) return { findings: [] };
    const key = fingerprint(cells);
    if (seen.has(key)) return whole("repeated-row");
    seen.add(key);
    const texts = cells.map((cell) => cell.trim());
    if (texts.slice(header.length).some((text) => text !== "") || isShifted(texts, columns, asOf))
      return whole("shifted-row");
    const patient = texts[patientColumn] ?? "";
    if (patient === "" || isPlaceholder(patient)) return whole("no-patient");
    const findings: CellFinding[] = [];
    const values: Record<string, unknown> = {};
    const names: Record<string, string> = {};
    columns.forEach((column, at) => {
      const original = texts[at] ?? "";
      if (column === undefined || column.field === null || original === "") return;
      const note = (rule: CellRule, value?: string): void => {
        const finding = { rule, action: ruleActions[rule], table, line, column: header[at]!, original };
        findings.push(value === undefined ? finding : { ...finding, value });
      };
      const repaired = repairText(original);
      if (repaired !== undefined) note("broken-encoding", repaired);
      const text = repaired ?? original;
      const { field } = column;
      if (field === "familyName" || field === "givenName") names[field] = text;
      const reading = readCell(field, text, { ...column, asOf });
      for (const rule of reading.rules) note(rule, reading.taken);
      // A side out of the cell of the site counts less than the column of the side.
      for (const [name, value] of Object.entries(reading.values))
        if (name === field || !(name in values)) values[name] = value;
    });
    const person = personOf(names);
    return { values: person === undefined ? values : { ...values, person }, findings };
  };
};

/** Stands for the names of a person, so that they need not be kept; undefined where one of them is missing. */
const personOf = ({ familyName, givenName }: Readonly<Record<string, string>>): string | undefined => {
  if (familyName === undefined || isPlaceholder(familyName)) return undefined;
  const folded = [familyName, givenName ?? ""].map((name) => foldTerm(name)[0]).join("|");
  return createHash("sha256").update(folded).digest("hex").slice(0, 32);
};

const separator = "\u2063";
const trailing = new RegExp(`${separator}+$`, "u");

/** Rows are the same whatever the case and the space around their cells. */
const fingerprint = (cells: readonly string[]): string => {
  const text = cells.map((cell) => cell.trim().replace(/\s+/g, " ").toLowerCase()).join(separator);
  return createHash("sha256").update(text.replace(trailing, "")).digest("base64").slice(0, 24);
};

/** Fields whose cells can be told from others', so that a cell under the wrong heading shows. */
const telling = (column: ColumnMapping | undefined): boolean =>
  column !== undefined &&
  column.field !== null &&
  !["patient", "case", "familyName", "givenName", "therapy"].includes(column.field);

/** How many cells fit their column, and how many do not. */
interface Fit {
  readonly fits: number;
  readonly misfits: number;
}

/**
 * Whether the cells from some place on stand one column too far left or right: at least two do not fit where they stand,
 * and nearly all would fit one column on.
 */
const isShifted = (
  texts: readonly string[],
  columns: readonly (ColumnMapping | undefined)[],
  asOf: PartialDate,
): boolean => {
  const suits = (at: number, under: number): boolean | undefined => {
    const column = columns[under];
    const text = texts[at] ?? "";
    if (!telling(column) || text === "" || isPlaceholder(text)) return undefined;
    const { rules } = readCell(column!.field!, repairText(text) ?? text, { ...column, asOf });
    return !rules.some(
      (rule) => ruleActions[rule] === "dropped" && rule !== "date-out-of-range" && rule !== "implausible-age",
    );
  };
  const width = Math.min(columns.length, widestShift);
  const places = Array.from({ length: width }, (_, at) => at);
  const standing = places.map((at) => suits(at, at));
  const stands = count(standing);
  if (stands.misfits < 2) return false;
  return [1, -1].some((shift) => {
    const moved = places.map((under) => suits(under + shift, under));
    let better = count(moved);
    for (const from of places) {
      if (better.misfits <= Math.floor(stands.misfits / 4) && better.fits >= stands.fits + 2) return true;
      const [straight, shifted] = [count([standing[from]]), count([moved[from]])];
      better = {
        fits: better.fits + straight.fits - shifted.fits,
        misfits: better.misfits + straight.misfits - shifted.misfits,
      };
    }
    return false;
  });
};

/** Columns further right are not looked at: no hospital's table has so many that are read. */
const widestShift = 300;

const count = (fits: readonly (boolean | undefined)[]): Fit => ({
  fits: fits.filter((one) => one === true).length,
  misfits: fits.filter((one) => one === false).length,
});
