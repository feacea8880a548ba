/** Proposes which column of a table holds what, from the headings and from what the first rows hold. */
import type { PartialDate } from "../records.ts";
import { foldTerm } from "../vocabulary/fold-term.ts";
import { composedHeadings } from "./composed-headings.ts";
import type { ColumnMapping, TableMapping } from "./mapping.ts";
import { isPlaceholder } from "./placeholders.ts";
import { readCell } from "./read-cell.ts";
import { ruleActions } from "./read-row.ts";
import { repairText } from "./repair-text.ts";
import { fieldNames, type TableField, tableFields } from "./table-fields.ts";

/** A table's beginning. */
export interface TableSample {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly asOf: PartialDate;
  readonly sheet?: string;
}

/** A proposal below this is left for the user to make; a heading that fits exactly is always above. */
const leastConfidence = 0.35;
/** Rows that are looked at. */
const sampleRows = 300;
/** Letters of a heading; what is longer is prose, whose every run of words would have to be compared. */
const longestHeading = 200;

const headingOf = new Map<string, TableField>();
for (const field of fieldNames) {
  for (const heading of [field, ...tableFields[field].headings.split("|")]) {
    const key = foldTerm(heading)[0]!;
    if (!headingOf.has(key)) headingOf.set(key, field);
  }
}
for (const [heading, field] of composedHeadings) {
  const key = foldTerm(heading)[0]!;
  if (!headingOf.has(key)) headingOf.set(key, field);
}

/** Fields that are told by their cells alone, without any heading, and how much to trust that. */
const toldByContent: Readonly<Partial<Record<TableField, number>>> = {
  finalEntity: 0.7,
  site: 0.7,
  sex: 0.65,
  side: 0.7,
  position: 0.7,
  malignancy: 0.65,
  icd10: 0.65,
  icdO3Morphology: 0.75,
  status: 0.6,
  confirmation: 0.6,
};

/** The proposal for a table: one field per column at most, and one column per field. */
export const proposeMapping = ({ header, rows, asOf, sheet }: TableSample): TableMapping => {
  const sample = rows.slice(0, sampleRows);
  const cells = header.map((_, at) =>
    sample.map((row) => (row[at] ?? "").trim()).filter((text) => text !== "" && !isPlaceholder(text)),
  );
  const candidates = header.flatMap((heading, at) =>
    candidatesOf(heading, cells[at]!, asOf).map((candidate) => ({ at, ...candidate })),
  );
  candidates.sort((a, b) => b.confidence - a.confidence || a.at - b.at);
  const chosen = new Map<number, { field: TableField; confidence: number }>();
  const taken = new Set<TableField>();
  for (const { at, field, confidence } of candidates) {
    if (chosen.has(at) || taken.has(field) || confidence < leastConfidence) continue;
    chosen.set(at, { field, confidence });
    taken.add(field);
  }
  const columns = header.map((column, at): ColumnMapping => {
    const choice = chosen.get(at);
    if (choice === undefined) return { column, field: null };
    const { field, confidence } = choice;
    return { column, field, confidence: Math.round(confidence * 100) / 100, ...formatOf(field, column, cells[at]!) };
  });
  return { format: "osteon-table-mapping", version: 1, ...(sheet === undefined ? {} : { sheet }), columns };
};

interface Candidate {
  readonly field: TableField;
  readonly confidence: number;
}

const candidatesOf = (heading: string, cells: readonly string[], asOf: PartialDate): Candidate[] => {
  const byHeading = fieldsOfHeading(repairText(heading) ?? heading);
  const candidates = byHeading.map(({ field, confidence }) => ({
    field,
    confidence: confidence * (cells.length === 0 ? 0.9 : 0.4 + 0.6 * shareThatFits(field, cells, asOf)),
  }));
  if (cells.length < 3) return candidates;
  for (const [field, trust] of Object.entries(toldByContent) as [TableField, number][]) {
    const share = shareThatFits(field, cells, asOf);
    if (share >= 0.8) candidates.push({ field, confidence: trust * share });
  }
  return candidates;
};

/** Exact headings first, then those that a longer heading holds: "Patient Birth Date (dd.mm.yyyy)". */
const fieldsOfHeading = (heading: string): Candidate[] => {
  if (heading.length > longestHeading) return [];
  const bare = heading.replace(/\([^)]*\)|\[[^\]]*\]/g, " ");
  for (const text of [heading, bare]) {
    for (const key of foldTerm(text)) {
      const field = headingOf.get(key);
      if (field !== undefined) return [{ field, confidence: 0.98 }];
    }
  }
  const words = heading.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word !== "");
  const found: Candidate[] = [];
  for (let length = words.length - 1; length >= 1; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      const key = foldTerm(words.slice(from, from + length).join(""))[0]!;
      const field = key.length < 3 ? undefined : headingOf.get(key);
      if (field !== undefined && !found.some((other) => other.field === field)) {
        found.push({ field, confidence: 0.6 + (0.25 * length) / words.length });
      }
    }
  }
  return found;
};

/** The share of the cells that the field takes, doubtful ones included. */
const shareThatFits = (field: TableField, cells: readonly string[], asOf: PartialDate): number => {
  if (cells.length === 0) return 0;
  const fitting = cells.filter(
    (text) =>
      !readCell(field, repairText(text) ?? text, { asOf }).rules.some((rule) => ruleActions[rule] === "dropped"),
  );
  return fitting.length / cells.length;
};

/** What the column's cells tell of how it writes dates, decimals and units. */
const formatOf = (
  field: TableField,
  heading: string,
  cells: readonly string[],
): Pick<ColumnMapping, "dateOrder" | "decimal" | "unit"> => {
  const { kind } = tableFields[field];
  if (kind === "date") {
    const slashed = cells.flatMap((text) => {
      const found = /^(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}$/.exec(text);
      return found === null ? [] : [[Number(found[1]), Number(found[2])] as const];
    });
    // Single cells in another style than the column's tell nothing of each other.
    if (slashed.length < cells.length / 2) return {};
    const dayFirst = slashed.some(([first]) => first > 12);
    const monthFirst = slashed.some(([, second]) => second > 12);
    return dayFirst === monthFirst ? {} : { dateOrder: dayFirst ? "day-first" : "month-first" };
  }
  if (kind !== "age" && kind !== "months" && kind !== "length") return {};
  const commas = cells.some((text) => /\d,\d{1,2}$/.test(text));
  const unit = /(?:^|[^\p{Letter}])[mM][mM](?!\p{Letter})|(?<=\p{Ll})M[Mm](?!\p{Letter})/u.test(heading) ? "mm" : "cm";
  return { ...(commas ? { decimal: "comma" as const } : {}), ...(kind === "length" ? { unit } : {}) };
};
