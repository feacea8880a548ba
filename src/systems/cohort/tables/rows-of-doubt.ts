/** The rows that a doubt is about, cell by cell, as they were read: what a person looks at to decide. */
import type { PatientId } from "../../../clinic/ids.ts";
import {
  type Database,
  listFindings,
  listTableImports,
  rowAt,
  rowsOfPatients,
  type StoredContradiction,
  type StoredFinding,
  type StoredRow,
  type TableImportRecord,
} from "../../../store/index.ts";
import { valuesOfField } from "./correct-rows.ts";

/** A cell of a row. */
export interface ReadCell {
  /** The column's heading. */
  readonly column: string;
  /** What the column holds; null where it is not read. */
  readonly field: string | null;
  /** What was taken; null where nothing was. */
  readonly value: string | null;
  /** What the cell says, where it was doubted. */
  readonly original: string | null;
}

/** A row of a table. */
export interface ReadRow {
  readonly table: string;
  readonly line: number;
  readonly cells: readonly ReadCell[];
}

/** The row of a doubted cell, or every row of the patients of a contradiction, one case of it where it names one. */
export const rowsOfDoubt = async (
  database: Database,
  doubt: StoredFinding | StoredContradiction,
): Promise<ReadRow[]> => {
  const imports = await listTableImports(database);
  if ("table" in doubt) {
    const row = await rowAt(database, doubt.table, doubt.line);
    const none: StoredRow = { table: doubt.table, line: doubt.line, values: {}, importId: "" };
    return [await readRow(database, row ?? none, imports)];
  }
  const { patient, otherPatient, case: of } = doubt;
  const patients: PatientId[] = [patient, ...(otherPatient === undefined ? [] : [otherPatient])];
  const rows = await rowsOfPatients(database, patients);
  const wanted = rows.filter(({ values }) => of === undefined || values.case === undefined || values.case === of);
  return Promise.all(wanted.map((row) => readRow(database, row, imports)));
};

const readRow = async (
  database: Database,
  { table, line, values }: StoredRow,
  imports: readonly TableImportRecord[],
): Promise<ReadRow> => {
  const own = imports.find((one) => one.table === table);
  const doubted = own ? await listFindings(database, { table: own.id, line }) : [];
  const cells = (own?.mapping.columns ?? []).map(({ column, field }): ReadCell => {
    const finding = doubted.find((one) => one.column === column);
    const taken = field === null ? undefined : takenValue(values, field);
    return { column, field, value: taken ?? null, original: finding?.original ?? null };
  });
  const whole = doubted.find(({ column }) => column === "");
  return {
    table,
    line,
    cells: whole ? [{ column: "", field: null, value: null, original: whole.original }, ...cells] : cells,
  };
};

const takenValue = (values: StoredRow["values"], field: string): string | undefined => {
  const known: Readonly<Record<string, unknown>> = { ...values };
  const parts = valuesOfField(field).flatMap((name) => {
    const value = known[name];
    return value === undefined || typeof value === "boolean"
      ? []
      : [Array.isArray(value) ? value.join(", ") : String(value)];
  });
  return parts.length === 0 ? undefined : parts.join(", ");
};
