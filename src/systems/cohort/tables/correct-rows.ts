/** The rows of all tables with the corrections that people decided on: a corrected cell is read as if the table said so. */
import type { PlacedValues } from "../../../clinic/tables/combine-rows.ts";
import { type CellValues, readCell } from "../../../clinic/tables/read-cell.ts";
import { ruleActions } from "../../../clinic/tables/read-row.ts";
import type { StoredFinding, TableImportRecord } from "../../../store/index.ts";

/**
 * What a corrected cell says; undefined where its column is not read or the correction itself cannot be taken. An empty
 * correction takes back what was read.
 */
export const readCorrection = (
  { table, column }: Pick<StoredFinding, "table" | "column">,
  value: string,
  imports: readonly Omit<TableImportRecord, "rows">[],
): CellValues | undefined => {
  const { mapping, asOf } = imports.find((one) => one.table === table) ?? {};
  const mapped = mapping?.columns.find((one) => one.column === column);
  if (mapped === undefined || mapped.field === null || asOf === undefined) return undefined;
  if (value.trim() === "") return { values: emptyOf(mapped.field), rules: [] };
  const reading = readCell(mapped.field, value.trim(), { ...mapped, asOf });
  const isTaken = reading.taken !== undefined && !reading.rules.some((rule) => ruleActions[rule] === "dropped");
  // Whatever the cell said before is gone, also what it only hinted at.
  return isTaken ? { ...reading, values: { ...emptyOf(mapped.field), ...reading.values } } : undefined;
};

const emptyOf = (field: string): CellValues["values"] =>
  Object.fromEntries(valuesOfField(field).map((name) => [name, undefined]));

const fieldValues: Readonly<Record<string, readonly string[]>> = {
  age: ["ageYears"],
  tumourSize: ["tumourSizeMm"],
  therapy: ["therapies", "therapyDetail"],
  tnm: ["tnmPrefix", "t", "n", "m"],
  site: ["site", "sideOfSite"],
  finalEntity: ["finalEntity", "finalUnread"],
  birthDate: ["birthDate", "birthCenturyGuessed"],
};

/** The names of the values that a column of a field gives. */
export const valuesOfField = (field: string): readonly string[] => fieldValues[field] ?? [field];

/** The rows, corrected. */
export const correctRows = (
  rows: readonly PlacedValues[],
  corrections: readonly StoredFinding[],
  imports: readonly Omit<TableImportRecord, "rows">[],
): readonly PlacedValues[] => {
  const byRow = Map.groupBy(
    corrections.filter(({ column }) => column !== ""),
    ({ table, line }) => JSON.stringify([table, line]),
  );
  if (byRow.size === 0) return rows;
  return rows.map((row) => {
    const own = byRow.get(JSON.stringify([row.table, row.line]));
    if (own === undefined) return row;
    let { values } = row;
    for (const finding of own) {
      const { decision } = finding;
      const text = decision.state === "corrected" ? (decision.value ?? "") : "";
      const correction = readCorrection(finding, text, imports);
      if (correction !== undefined) values = { ...values, ...correction.values };
    }
    return { ...row, values };
  });
};
