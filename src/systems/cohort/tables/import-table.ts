/**
 * A table of clinical data into the home: every cell is read by the mapping, what is doubted is written down, and patients
 * and cases follow from the rows of all tables. The same table is taken once; a corrected one takes the earlier one's place.
 */
import type { CellFinding, CellRule } from "../../../clinic/findings.ts";
import { type CombinedRecords, combineRows, type PlacedValues } from "../../../clinic/tables/combine-rows.ts";
import { columnsOf, type TableMapping } from "../../../clinic/tables/mapping.ts";
import { proposeMapping } from "../../../clinic/tables/propose-mapping.ts";
import { rowReader, spellingRules } from "../../../clinic/tables/read-row.ts";
import { OsteonError } from "../../../errors.ts";
import {
  type Combine,
  currentImport,
  type Home,
  hashContent,
  listTableImports,
  type RowBatch,
  rewriteClinicalRecords,
  type TableImportRecord,
  writeClinicalRecords,
} from "../../../store/index.ts";
import { correctRows } from "./correct-rows.ts";
import { type OpenTable, openTable } from "./open-table.ts";

/** What an import is told. */
export interface TableImportOptions {
  readonly mapping: TableMapping;
  /** The day of the import. */
  readonly today: string;
  /** The day the table was taken, where it is known: no date lies after it. Today by default. */
  readonly asOf?: string;
  /** The table's name in the home; its file name by default. A later import under the name replaces an earlier one. */
  readonly name?: string;
  /** Stops before anything is written. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

/** What became of a table. */
export interface TableImport {
  readonly table: string;
  /** False where the home has this very table already. */
  readonly imported: boolean;
  /** Whether an earlier table of this name was replaced. */
  readonly replaced: boolean;
  readonly rows: number;
  /** Of the whole home. */
  readonly patients: number;
  readonly cases: number;
  /** Cells of this table by rule. */
  readonly findings: Readonly<Partial<Record<CellRule, number>>>;
  /** Contradictions of the whole home by rule. */
  readonly contradictions: Readonly<Record<string, number>>;
}

/** A higher number when the reader gives other values for the same cells: tables are then read anew. */
const readerVersion = 2;
/** Rows that a proposal looks at. */
const sampleRows = 300;
/** No register has more. */
const mostRows = 5_000_000;

/** Proposes the mapping of a table. */
export const proposeTableMapping = async (
  path: string,
  { asOf, sheet }: { readonly asOf: string; readonly sheet?: string },
): Promise<TableMapping> => {
  const table = await openTable(path, sheet === undefined ? {} : { sheet });
  const rows: (readonly string[])[] = [];
  for await (const { cells } of table.rows()) {
    rows.push(cells);
    if (rows.length >= sampleRows) break;
  }
  return proposeMapping({ header: table.header, rows, asOf, ...(sheet === undefined ? {} : { sheet }) });
};

/**
 * Imports a table.
 *
 * @throws OsteonError `bad-input` where it cannot be read or the mapping is another table's, `interrupted` when the signal
 *   stops it
 */
export const importTable = async (home: Home, path: string, options: TableImportOptions): Promise<TableImport> => {
  const { mapping } = options;
  const opened = await openTable(path, mapping.sheet === undefined ? {} : { sheet: mapping.sheet });
  const name = options.name ?? opened.name;
  const asOf = options.asOf ?? options.today;
  // The same table on another day is the same table.
  const identity = [readerVersion, name, opened.hash, mapping, options.asOf];
  const id = hashContent(Buffer.from(JSON.stringify(identity))).slice(0, 16);
  const earlier = await currentImport(home.database, name);
  if (earlier?.id === id) {
    const combined = await rewriteClinicalRecords(home.database, await combiner(home));
    return { ...summary(name, earlier.rows, combined), imported: false, replaced: false, findings: {} };
  }
  const counts = { rows: 0, findings: {} as Partial<Record<CellRule, number>> };
  const batches = counted(readBatches(opened, { ...options, asOf, name }), counts);
  const table = { id, table: name, fileHash: opened.hash, mapping, asOf };
  const combine = await combiner(home, table);
  const combined = await writeClinicalRecords(home.database, { ...table, batches, spelling: spellingRules }, combine);
  const { rows, findings } = counts;
  return { ...summary(name, rows, combined), imported: true, replaced: earlier !== undefined, findings };
};

/** Passes batches on and counts what is in them. */
async function* counted(
  batches: AsyncIterable<RowBatch>,
  counts: { rows: number; findings: Partial<Record<CellRule, number>> },
): AsyncIterable<RowBatch> {
  for await (const batch of batches) {
    counts.rows += batch.rows;
    for (const { rule } of batch.findings) counts.findings[rule] = (counts.findings[rule] ?? 0) + 1;
    yield batch;
  }
}

/** Brings patients, cases and contradictions up to date with the decisions. */
export const refreshClinicalRecords = async (home: Home): Promise<CombinedRecords> =>
  rewriteClinicalRecords(home.database, await combiner(home));

/** What follows from the rows, the corrections of people in them. */
const combiner = async (home: Home, fresh?: Omit<TableImportRecord, "rows">): Promise<Combine> => {
  const imports = (await listTableImports(home.database)).filter(({ table }) => table !== fresh?.table);
  const all = fresh === undefined ? imports : [...imports, fresh];
  return (rows, corrections) => combineRows(correctRows(rows, corrections, all));
};

const summary = (
  table: string,
  rows: number,
  { patients, cases, contradictions }: CombinedRecords,
): Pick<TableImport, "table" | "rows" | "patients" | "cases" | "contradictions"> => ({
  table,
  rows,
  patients: patients.length,
  cases: cases.length,
  contradictions: countBy(contradictions, ({ rule }) => rule),
});

const countBy = <T, K extends string>(items: readonly T[], of: (item: T) => K): Record<K, number> => {
  const counts = {} as Record<K, number>;
  for (const item of items) counts[of(item)] = (counts[of(item)] ?? 0) + 1;
  return counts;
};

/** Rows that are read before what they give is handed on. */
const rowsAtOnce = 2000;

/** What a reading is told. */
type ReadingOptions = Omit<TableImportOptions, "today" | "asOf"> & { readonly asOf: string };

/**
 * Reads the rows of a table, some at a time.
 * @throws OsteonError `interrupted` when the signal stops it, `bad-input` where the table has no end
 */
export async function* readBatches(
  table: OpenTable,
  { mapping, asOf, name = table.name, signal, onProgress }: ReadingOptions,
): AsyncIterable<RowBatch> {
  const read = rowReader({ table: name, header: table.header, columns: columnsOf(mapping, table.header), asOf });
  let values: PlacedValues[] = [];
  let findings: CellFinding[] = [];
  let rows = 0;
  let given = 0;
  for await (const row of table.rows()) {
    if (signal?.aborted) {
      throw new OsteonError("interrupted", "The import was interrupted before anything was written; start it again.");
    }
    const reading = read(row);
    if (reading.values !== undefined) values.push({ table: name, line: row.line, values: reading.values });
    for (const finding of reading.findings) findings.push(finding);
    if (++rows > mostRows) throw new OsteonError("bad-input", `"${name}" has more than ${mostRows} rows; split it.`);
    if (rows % rowsAtOnce > 0) continue;
    onProgress?.(rows);
    yield { rows: rows - given, values, findings };
    given = rows;
    values = [];
    findings = [];
  }
  yield { rows: rows - given, values, findings };
}
