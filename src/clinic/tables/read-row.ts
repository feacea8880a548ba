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
import { type CellValues, readCell } from "./read-cell.ts";
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
  const lookers = columns.map((column) => cellLooker(column, asOf));
  const patientColumn = columns.findIndex((column) => column?.field === "patient");
  /** In a row that has slipped, the names stand one column to the left or right. */
  const holdsName = (at: number, rule: CellRule): boolean =>
    (rule === "shifted-row" ? [at - 1, at, at + 1] : [at]).some((place) => isName(columns[place]));
  return ({ line, cells }) => {
    const whole = (rule: CellRule): RowReading => {
      const original = shortened(cells.map((cell, at) => (holdsName(at, rule) ? notKept : cell)).join(" | "));
      return { findings: [{ rule, action: ruleActions[rule], table, line, column: "", original }] };
    };
    const texts = cells.map((cell) => cell.trim());
    if (texts.every((text) => text === "")) return { findings: [] };
    const key = fingerprint(texts);
    if (seen.has(key)) return whole("repeated-row");
    seen.add(key);
    if (texts.slice(header.length).some((text) => text !== "") || isShifted(texts, lookers))
      return whole("shifted-row");
    const patient = texts[patientColumn] ?? "";
    if (patient === "" || isPlaceholder(patient)) return whole("no-patient");
    const findings: CellFinding[] = [];
    const values: Record<string, unknown> = {};
    const names: Record<string, string> = {};
    columns.forEach((column, at) => {
      const original = texts[at] ?? "";
      if (column === undefined || column.field === null || original === "") return;
      const { text, repaired, reading } = lookers[at]!(original);
      const note = (rule: CellRule, value?: string): void => {
        const cell = {
          table,
          line,
          column: header[at]!,
          original: isName(column) && rule !== "placeholder" ? notKept : shortened(original),
        };
        const finding = { rule, action: ruleActions[rule], ...cell };
        findings.push(value === undefined ? finding : { ...finding, value });
      };
      const { field } = column;
      const isOfPerson = isName(column);
      if (isOfPerson) names[field] = text;
      if (repaired !== undefined) note("broken-encoding", isOfPerson ? undefined : shortened(repaired));
      for (const rule of reading.rules) note(rule, reading.taken);
      Object.assign(values, reading.values);
    });
    const person = personOf(names);
    return { values: person === undefined ? values : { ...values, person }, findings };
  };
};

/** Stands for names, which are compared and not kept. */
const notKept = "(name)";

const isName = (column: ColumnMapping | undefined): boolean =>
  column?.field === "familyName" || column?.field === "givenName";

/** What a cell would say under one column. */
interface CellLook {
  /** The text that was read, repaired or as it stands. */
  readonly text: string;
  readonly repaired: string | undefined;
  readonly reading: CellValues;
  /** Whether it is such a cell as the column holds; undefined where the column's cells cannot be told from others'. */
  readonly suits: boolean | undefined;
}

type CellLooker = (text: string) => CellLook;

/** Cells that are remembered for each column: most columns hold few different ones. */
const mostRemembered = 5000;
/** Fields whose cells cannot be told from others'. */
const untold: ReadonlySet<string> = new Set(["patient", "case", "familyName", "givenName", "therapy"]);

const cellLooker = (column: ColumnMapping | undefined, asOf: PartialDate): CellLooker => {
  const known = new Map<string, CellLook>();
  const field = column?.field ?? null;
  const context = { ...column, asOf };
  return (original) => {
    const before = known.get(original);
    if (before !== undefined) return before;
    const repaired = field === null ? undefined : repairText(original);
    const text = repaired ?? original;
    const reading = field === null || text === "" ? { values: {}, rules: [] } : readCell(field, text, context);
    const tells = field !== null && !untold.has(field) && text !== "" && !reading.rules.includes("placeholder");
    const suits = tells
      ? !reading.rules.some((rule) => ruleActions[rule] === "dropped" && !outOfBounds.has(rule))
      : undefined;
    const look = { text, repaired, reading, suits };
    if (known.size >= mostRemembered) known.clear();
    known.set(original, look);
    return look;
  };
};

/** A date or an age is what it is, also where it cannot be right. */
const outOfBounds: ReadonlySet<CellRule> = new Set<CellRule>(["date-out-of-range", "implausible-age"]);

/** What is kept of a cell: the longest that a person would look at. */
const shortened = (text: string): string => (text.length > 2000 ? `${text.slice(0, 2000)}...` : text);

/** Stands for the names of a person, so that they need not be kept; undefined where one of them is missing. */
const personOf = ({ familyName, givenName }: Readonly<Record<string, string>>): string | undefined => {
  if (familyName === undefined || isPlaceholder(familyName)) return undefined;
  const folded = [familyName, givenName ?? ""].map((name) => foldTerm(name)[0]).join("|");
  return createHash("sha256").update(folded).digest("hex").slice(0, 32);
};

/** Rows are the same whatever the case and the space in and after their cells. */
const fingerprint = (texts: readonly string[]): string => {
  const last = texts.findLastIndex((text) => text !== "");
  const spaced = texts.slice(0, last + 1).map((text) => text.replace(/\s+/g, " ").toLowerCase());
  return createHash("sha256").update(spaced.join("\u2063")).digest("base64").slice(0, 24);
};

/** How many cells fit their column, and how many do not. */
interface Fit {
  readonly fits: number;
  readonly misfits: number;
}

/**
 * Whether the cells from some place on stand one column too far left or right: at least two do not fit where they stand,
 * and nearly all would fit one column on.
 */
const isShifted = (texts: readonly string[], lookers: readonly CellLooker[]): boolean => {
  const suits = (at: number, under: number): boolean | undefined => lookers[under]!(texts[at] ?? "").suits;
  const width = Math.min(lookers.length, widestShift);
  const places = Array.from({ length: width }, (_, at) => at);
  const standing = places.map((at) => suits(at, at));
  const stands = count(standing);
  if (stands.misfits < 2) return false;
  return [1, -1].some((shift) => {
    const moved = places.map((under) => suits(under + shift, under));
    let better = count(moved);
    for (const from of places) {
      // Where a cell was lost, nothing stands for its heading.
      const lost = shift === -1 ? count([moved[from]]) : { fits: 0, misfits: 0 };
      const misfits = better.misfits - lost.misfits;
      const fits = better.fits - lost.fits;
      if (misfits <= Math.floor(stands.misfits / 4) && fits >= stands.fits + 2) return true;
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
