/**
 * The clinical data of a home: which tables were imported and what their rows say, and the patients and cases that follow
 * from them. Rows are kept as they were read, so that a corrected table takes the place of an earlier one and everything
 * follows anew. What the reading doubted is in doubts.ts.
 */

import { createHash } from "node:crypto";
import type { Insertable } from "kysely";
import type { CellFinding, CellRule, Contradiction } from "../clinic/findings.ts";
import { type PatientId, patientId } from "../clinic/ids.ts";
import type { CaseRecord, FollowUpRecord, PatientRecord, Treatment } from "../clinic/records.ts";
import type { CombinedRecords, PlacedValues } from "../clinic/tables/combine-rows.ts";
import type { TableMapping } from "../clinic/tables/mapping.ts";
import type { RowValues } from "../clinic/tables/row-values.ts";
import type { Database } from "./database.ts";
import { fromFindingRow, type StoredFinding } from "./doubts.ts";
import { clinicalRecordsWork, finishWork, workWanted } from "./pending-work.ts";
import type { CasesTable, CellFindingsTable } from "./schema.ts";

/** The clinical data of a home. */
export interface ClinicalRecords {
  readonly patients: readonly PatientRecord[];
  readonly cases: readonly CaseRecord[];
}

/** A table that was imported. */
export interface TableImportRecord {
  /** Hash of the name, the file, the mapping and the reader's version: the same one need not be read again. */
  readonly id: string;
  /** The table's name in this home, its file name by default; a later import under the name replaces an earlier one. */
  readonly table: string;
  readonly fileHash: string;
  readonly mapping: TableMapping;
  /** The day the table was taken. */
  readonly asOf: string;
  readonly rows: number;
}

/** Rows of a statement: PostgreSQL takes 65,535 values at most. */
const rowsAtOnce = 1000;

type Transaction = Parameters<Parameters<ReturnType<Database["transaction"]>["execute"]>[0]>[0];

/** PostgreSQL's text has no zero byte. */
const storable = (text: string): string => text.replaceAll("\0", "\uFFFD");

const inChunks = async <T>(items: readonly T[], write: (chunk: T[]) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < items.length; from += rowsAtOnce) await write(items.slice(from, from + rowsAtOnce));
};

const hashOf = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);

const findingId = ({ table, line, column, rule, original }: CellFinding): string =>
  hashOf(table, line, column, rule, original);
const contradictionId = ({ rule, patient, case: of, otherPatient, detail }: Contradiction): string =>
  hashOf(rule, patient, of, otherPatient, detail);

/** The import of a table that counts now; undefined where none of this name was imported. */
export const currentImport = async (
  database: Database,
  table: string,
): Promise<(TableImportRecord & { readonly importedAt: Date }) | undefined> => {
  const row = await database
    .selectFrom("table_imports")
    .selectAll()
    .where("table_name", "=", table)
    .where("state", "=", "current")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id, file_hash: fileHash, as_of: asOf, rows, imported_at: importedAt } = row;
  return { id, table, fileHash, mapping: JSON.parse(row.mapping), asOf, rows, importedAt };
};

/** Every table that counts now, in the order of their import. */
export const listTableImports = async (database: Database): Promise<TableImportRecord[]> => {
  const rows = await database
    .selectFrom("table_imports")
    .selectAll()
    .where("state", "=", "current")
    .orderBy("imported_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    table: row.table_name,
    fileHash: row.file_hash,
    mapping: JSON.parse(row.mapping) as TableMapping,
    asOf: row.as_of,
    rows: row.rows,
  }));
};

/** What the reading of some rows gave. */
export interface RowBatch {
  /** How many rows were looked at. */
  readonly rows: number;
  readonly values: readonly PlacedValues[];
  readonly findings: readonly CellFinding[];
}

/** How a table is written. */
export interface TableToWrite extends Omit<TableImportRecord, "rows"> {
  /** Read while they are written, so that a long table is never held as a whole. */
  readonly batches: AsyncIterable<RowBatch>;
  /** The rules that only change a spelling: their findings are kept, but need no decision. */
  readonly spelling: ReadonlySet<CellRule>;
}

/**
 * Writes a table, in one transaction with what follows from all tables. An earlier import under the same name is replaced;
 * decisions about cells that say the same of the same case as before stay. What the batches throw undoes everything.
 *
 * @param combine what follows from the rows of all tables, the decisions in them
 */
export const writeClinicalRecords = (
  database: Database,
  table: TableToWrite,
  combine: Combine,
): Promise<CombinedRecords> =>
  database.transaction().execute(async (transaction) => {
    const decided = await replaceImport(transaction, table);
    let rows = 0;
    let chunks = 0;
    for await (const batch of table.batches) {
      rows += batch.rows;
      await inChunks(batch.values, (chunk) =>
        transaction
          .insertInto("table_rows")
          .values(
            chunk.map(({ line, values }) => ({
              import_id: table.id,
              line,
              row_values: storable(JSON.stringify(values)),
            })),
          )
          .execute(),
      );
      const open = batch.findings.filter(({ rule }) => !table.spelling.has(rule));
      const found = new Map(open.map((finding) => [findingId(finding), findingRow(table.id, finding)]));
      const owners = new Map(batch.values.map(({ line, values }) => [line, ownerOf(values)]));
      const written = [...found].map(([id, row]) => {
        const earlier = decided.get(id);
        return earlier?.owner === owners.get(row.line) ? { ...row, ...earlier?.decision } : row;
      });
      await inChunks(written, (chunk) => transaction.insertInto("cell_findings").values(chunk).execute());
      chunks = await writeSpellingChanges(transaction, table, { findings: batch.findings, after: chunks });
    }
    await transaction.updateTable("table_imports").set({ rows }).where("id", "=", table.id).execute();
    const combined = combine(await currentRows(transaction), await correctedFindings(transaction));
    await writeFollowing(transaction, combined, await readClinicalRecords(transaction));
    return combined;
  });

/** What follows from the rows of all tables. */
export type Combine = (rows: readonly PlacedValues[], corrections: readonly StoredFinding[]) => CombinedRecords;

/**
 * Brings what follows from all tables up to date, as after a decision. All is worked out before the transaction, which writes
 * what has changed alone: others wait for it.
 */
export const rewriteClinicalRecords = async (database: Database, combine: Combine): Promise<CombinedRecords> => {
  for (;;) {
    const before = await stateOfTables(database);
    const combined = combine(await currentRows(database), await correctedFindings(database));
    const stored = await readClinicalRecords(database);
    const isWritten = await database.transaction().execute(async (transaction) => {
      if ((await stateOfTables(transaction)) !== before) return false;
      await writeFollowing(transaction, combined, stored);
      return true;
    });
    if (isWritten) return combined;
  }
};

/** Another text when a table was imported or a cell corrected. */
const stateOfTables = async (database: Database): Promise<string> => {
  const imports = await database
    .selectFrom("table_imports")
    .select(["id", "imported_at"])
    .where("state", "=", "current")
    .orderBy("id")
    .execute();
  return JSON.stringify([imports, await workWanted(database, clinicalRecordsWork)]);
};

/** A decision on a cell of an earlier import, and of whom its row spoke. */
interface EarlierDecision {
  readonly owner: string | undefined;
  readonly decision: Partial<Insertable<CellFindingsTable>>;
}

/** Of whom a row speaks: where rows have moved, another one may stand at the line and say the same. */
const ownerOf = ({ patient, case: of }: RowValues): string => JSON.stringify([patient, of]);

/** Takes the place of the table's earlier import; returns the decisions taken on its cells. */
const replaceImport = async (
  transaction: Transaction,
  { id, table, fileHash, mapping, asOf }: TableToWrite,
): Promise<Map<string, EarlierDecision>> => {
  const decided = new Map<string, EarlierDecision>();
  const earlier = await transaction.selectFrom("table_imports").select("id").where("table_name", "=", table).execute();
  for (const { id: old } of earlier) {
    const kept = await transaction
      .selectFrom("cell_findings")
      .leftJoin("table_rows", (join) =>
        join
          .onRef("table_rows.import_id", "=", "cell_findings.import_id")
          .onRef("table_rows.line", "=", "cell_findings.line"),
      )
      .select(["id", "decision", "decided_by", "decided_at", "decided_value", "row_values"])
      .where("cell_findings.import_id", "=", old)
      .where("decision", "!=", "open")
      .execute();
    for (const { id: finding, row_values: values, ...decision } of kept) {
      const owner = values === null ? undefined : ownerOf(JSON.parse(values) as RowValues);
      decided.set(finding, { owner, decision });
    }
    await transaction.deleteFrom("cell_findings").where("import_id", "=", old).execute();
    await transaction.deleteFrom("spelling_changes").where("import_id", "=", old).execute();
    await transaction.deleteFrom("table_rows").where("import_id", "=", old).execute();
    await transaction.updateTable("table_imports").set({ state: "replaced" }).where("id", "=", old).execute();
  }
  await transaction.deleteFrom("table_imports").where("id", "=", id).execute();
  await transaction
    .insertInto("table_imports")
    .values({
      id,
      table_name: table,
      file_hash: fileHash,
      mapping: JSON.stringify(mapping),
      as_of: asOf,
      rows: 0,
      state: "current",
    })
    .execute();
  return decided;
};

const findingRow = (importId: string, finding: CellFinding): Insertable<CellFindingsTable> => ({
  id: findingId(finding),
  import_id: importId,
  rule: finding.rule,
  action: finding.action,
  table_name: finding.table,
  line: finding.line,
  column_name: storable(finding.column),
  original: storable(finding.original),
  value: finding.value === undefined ? null : storable(finding.value),
  decision: "open",
  decided_by: null,
  decided_at: null,
  decided_value: null,
});

/** Returns how many chunks of changes the table has now. */
const writeSpellingChanges = async (
  transaction: Transaction,
  { id, spelling }: TableToWrite,
  { findings, after }: { readonly findings: readonly CellFinding[]; readonly after: number },
): Promise<number> => {
  const changes = findings.filter(({ rule }) => spelling.has(rule));
  const byColumn = Map.groupBy(changes, ({ column, rule }) => JSON.stringify([column, rule]));
  const rows = [...byColumn.values()].map((list, i) => ({
    import_id: id,
    number: after + i + 1,
    column_name: storable(list[0]!.column),
    rule: list[0]!.rule,
    cells: storable(JSON.stringify(list.map(({ line, original, value }) => [line, original, value ?? null]))),
  }));
  await inChunks(rows, (chunk) => transaction.insertInto("spelling_changes").values(chunk).execute());
  return after + rows.length;
};

/** Writes the patients who are not as they are stored, with their cases. */
const writeFollowing = async (
  transaction: Transaction,
  combined: CombinedRecords,
  stored: ClinicalRecords,
): Promise<void> => {
  const [before, after] = [rowsByPatient(stored), rowsByPatient(combined)];
  const changed = [...before.keys()].filter((patient) => before.get(patient)!.text !== after.get(patient)?.text);
  await inChunks(changed, async (patients) => {
    const own = transaction.selectFrom("cases").select("id").where("patient_id", "in", patients);
    for (const table of ["follow_ups", "treatments"] as const)
      await transaction.deleteFrom(table).where("case_id", "in", own).execute();
    await transaction.deleteFrom("cases").where("patient_id", "in", patients).execute();
    await transaction.deleteFrom("patients").where("id", "in", patients).execute();
  });
  const fresh = [...after].filter(([patient, { text }]) => before.get(patient)?.text !== text).map(([, rows]) => rows);
  const all = <Row>(of: (rows: PatientRows) => readonly Row[]): Row[] => fresh.flatMap(of);
  await inChunks(
    all(({ patients }) => patients),
    (chunk) => transaction.insertInto("patients").values(chunk).execute(),
  );
  await inChunks(
    all(({ cases }) => cases),
    (chunk) => transaction.insertInto("cases").values(chunk).execute(),
  );
  await inChunks(
    all(({ treatments }) => treatments),
    (chunk) => transaction.insertInto("treatments").values(chunk).execute(),
  );
  await inChunks(
    all(({ followUps }) => followUps),
    (chunk) => transaction.insertInto("follow_ups").values(chunk).execute(),
  );
  await settleCenturies(transaction, combined.settledCenturies);
  await writeContradictions(transaction, combined.contradictions);
  await finishWork(transaction, clinicalRecordsWork);
};

/** What is written of one patient. */
interface PatientRows {
  readonly patients: ReturnType<typeof patientRow>[];
  readonly cases: ReturnType<typeof caseRow>[];
  readonly treatments: ReturnType<typeof treatmentRow>[];
  readonly followUps: ReturnType<typeof followUpRow>[];
  /** The same for the same rows. */
  readonly text: string;
}

const rowsByPatient = ({ patients, cases }: ClinicalRecords): Map<string, PatientRows> => {
  const casesOf = Map.groupBy(cases, ({ patient }) => patient);
  return new Map(
    patients.map((record) => {
      const own = casesOf.get(record.patient) ?? [];
      const rows = {
        patients: [patientRow(record)],
        cases: own.map(caseRow),
        treatments: own.flatMap((one) => one.treatments.map((treatment, i) => treatmentRow(one.case, i, treatment))),
        followUps: own.flatMap((one) => one.followUps.map((visit, i) => followUpRow(one.case, i, visit))),
      };
      return [storable(record.patient), { ...rows, text: JSON.stringify(rows) }];
    }),
  );
};

/** Birth dates whose century the other rows of the patient told. */
const settleCenturies = async (
  transaction: Transaction,
  settled: CombinedRecords["settledCenturies"],
): Promise<void> => {
  const birthDates = new Map(settled.map(({ table, line, birthDate }) => [`${line} ${table}`, birthDate]));
  const guessed = await transaction
    .selectFrom("cell_findings")
    .select(["id", "table_name", "line", "value"])
    .where("rule", "=", "two-digit-year")
    .execute();
  for (const { id, table_name: table, line, value } of guessed) {
    const birthDate = birthDates.get(`${line} ${table}`);
    if (birthDate === undefined || !value?.startsWith(String(Number(birthDate.slice(0, 4)) + 100))) continue;
    await transaction.updateTable("cell_findings").set({ value: birthDate }).where("id", "=", id).execute();
  }
};

/** Contradictions that are gone are removed, those that stay keep what was decided. */
const writeContradictions = async (
  transaction: Transaction,
  contradictions: readonly Contradiction[],
): Promise<void> => {
  const byId = new Map(contradictions.map((contradiction) => [contradictionId(contradiction), contradiction]));
  const known = await transaction.selectFrom("contradictions").select("id").execute();
  await inChunks(
    known.filter(({ id }) => !byId.has(id)),
    (gone) =>
      transaction
        .deleteFrom("contradictions")
        .where(
          "id",
          "in",
          gone.map(({ id }) => id),
        )
        .execute(),
  );
  const old = new Set(known.map(({ id }) => id));
  const fresh = [...byId].filter(([id]) => !old.has(id));
  await inChunks(fresh, (chunk) =>
    transaction
      .insertInto("contradictions")
      .values(
        chunk.map(([id, { rule, patient, case: of, otherPatient, detail }]) => ({
          id,
          rule,
          patient_id: patient,
          case_id: of ?? null,
          other_patient_id: otherPatient ?? null,
          detail: storable(detail),
          decision: "open" as const,
          decided_by: null,
          decided_at: null,
          decided_value: null,
        })),
      )
      .execute(),
  );
};

const currentRows = async (database: Database | Transaction): Promise<PlacedValues[]> => {
  const rows = await database
    .selectFrom("table_rows")
    .innerJoin("table_imports", "table_imports.id", "table_rows.import_id")
    .select(["table_name", "line", "row_values"])
    .where("state", "=", "current")
    .orderBy("imported_at")
    .orderBy("table_imports.id")
    .orderBy("line")
    .execute();
  return rows.map(({ table_name: table, line, row_values: values }) => ({
    table,
    line,
    values: JSON.parse(values) as RowValues,
  }));
};

/** The latest last: of two corrections of one cell it counts. */
const correctedFindings = async (database: Database | Transaction): Promise<StoredFinding[]> => {
  const rows = await database
    .selectFrom("cell_findings")
    .selectAll()
    .where("decision", "=", "corrected")
    .orderBy("decided_at")
    .orderBy("id")
    .execute();
  return rows.map(fromFindingRow);
};

const patientRow = ({ patient, sex, birthDate, deathDate, origin }: PatientRecord) => ({
  id: storable(patient),
  sex: sex ?? null,
  birth_date: birthDate ?? null,
  death_date: deathDate ?? null,
  origin: origin ?? null,
});

/** What has no column of its own: the diagnoses and codes, as JSON. */
const caseRow = ({
  patient,
  case: id,
  treatments: _,
  followUps: __,
  ...record
}: CaseRecord): Insertable<CasesTable> => ({
  id: storable(id),
  patient_id: storable(patient),
  preliminary_entity: record.preliminary?.entity ?? null,
  final_entity: record.final?.entity ?? null,
  diagnosis_date: (record.final ?? record.preliminary)?.date ?? null,
  site: record.site ?? null,
  record: storable(JSON.stringify(record)),
});

const treatmentRow = (id: string, number: number, { kind, detail, startDate, endDate }: Treatment) => ({
  case_id: storable(id),
  number,
  kind,
  detail: detail === undefined ? null : storable(detail),
  start_date: startDate ?? null,
  end_date: endDate ?? null,
});

const followUpRow = (id: string, number: number, { date, months, status }: FollowUpRecord) => ({
  case_id: storable(id),
  number,
  visit_date: date ?? null,
  months: months ?? null,
  status,
});

/** Every patient and case of the home, or those of some patients, in the order of patients, then cases. */
export const readClinicalRecords = async (database: Database, of?: readonly PatientId[]): Promise<ClinicalRecords> => {
  let [patientRows, caseRows] = [database.selectFrom("patients").selectAll(), database.selectFrom("cases").selectAll()];
  let treatmentRows = database.selectFrom("treatments").selectAll();
  let followUpRows = database.selectFrom("follow_ups").selectAll();
  if (of !== undefined) {
    const own = database.selectFrom("cases").select("id").where("patient_id", "in", of);
    patientRows = patientRows.where("id", "in", of);
    caseRows = caseRows.where("patient_id", "in", of);
    treatmentRows = treatmentRows.where("case_id", "in", own);
    followUpRows = followUpRows.where("case_id", "in", own);
  }
  const [patients, cases, treatments, followUps] = await Promise.all([
    patientRows.execute(),
    caseRows.execute(),
    treatmentRows.orderBy("case_id").orderBy("number").execute(),
    followUpRows.orderBy("case_id").orderBy("number").execute(),
  ]);
  const treatmentsOf = Map.groupBy(treatments, ({ case_id: id }) => id);
  const followUpsOf = Map.groupBy(followUps, ({ case_id: id }) => id);
  return {
    patients: patients
      .map(({ id, sex, birth_date, death_date, origin }) => ({
        patient: patientId(id),
        ...(sex !== null && { sex }),
        ...(birth_date !== null && { birthDate: birth_date }),
        ...(death_date !== null && { deathDate: death_date }),
        ...(origin !== null && { origin }),
      }))
      .sort((a, b) => compare(a.patient, b.patient)),
    cases: cases
      .map(({ id, patient_id, record }) => ({
        patient: patientId(patient_id),
        case: id,
        ...(JSON.parse(record) as Omit<CaseRecord, "patient" | "case" | "treatments" | "followUps">),
        treatments: (treatmentsOf.get(id) ?? []).map(({ kind, detail, start_date, end_date }) => ({
          kind,
          ...(detail !== null && { detail }),
          ...(start_date !== null && { startDate: start_date }),
          ...(end_date !== null && { endDate: end_date }),
        })),
        followUps: (followUpsOf.get(id) ?? []).map(({ visit_date, months, status }) => ({
          ...(visit_date !== null && { date: visit_date }),
          ...(months !== null && { months }),
          status,
        })),
      }))
      .sort((a, b) => compare(a.patient, b.patient) || compare(a.case, b.case)),
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The cells whose spelling alone was changed, in the order of tables and lines. */
export const listSpellingChanges = async (database: Database): Promise<CellFinding[]> => {
  const rows = await database
    .selectFrom("spelling_changes")
    .innerJoin("table_imports", "table_imports.id", "spelling_changes.import_id")
    .select(["table_name", "column_name", "rule", "cells"])
    .orderBy("table_name")
    .orderBy("number")
    .execute();
  return rows
    .flatMap(({ table_name: table, column_name: column, rule, cells }) =>
      (JSON.parse(cells) as [number, string, string | null][]).map(([line, original, value]) => ({
        rule,
        action: "changed" as const,
        table,
        line,
        column,
        original,
        ...(value !== null && { value }),
      })),
    )
    .sort((a, b) => compare(a.table, b.table) || a.line - b.line);
};

/** A row as it was read. */
export interface StoredRow extends PlacedValues {
  readonly importId: string;
}

/** Most rows of patients that are shown. */
const mostRows = 200;

/** How many patients the tables name. */
export const countRecordedPatients = async (database: Database): Promise<number> => {
  const { count } = await database
    .selectFrom("patients")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** The rows of some patients, in every current table. */
export const rowsOfPatients = async (database: Database, patients: readonly PatientId[]): Promise<StoredRow[]> => {
  const rows = await storedRows(database)
    .where(({ eb, fn, val, or }) =>
      // As the rows' JSON has it: to look for the text takes a tenth of the time of reading every row.
      or(
        patients.map((patient) =>
          eb(fn("strpos", ["row_values", val(`"patient":${JSON.stringify(patient)}`)]), ">", 0),
        ),
      ),
    )
    .limit(mostRows)
    .execute();
  return rows.map(toStoredRow);
};

/** The row at a line of a current table; undefined where it was left out. */
export const rowAt = async (database: Database, table: string, line: number): Promise<StoredRow | undefined> => {
  const row = await storedRows(database).where("table_name", "=", table).where("line", "=", line).executeTakeFirst();
  return row && toStoredRow(row);
};

const storedRows = (database: Database) =>
  database
    .selectFrom("table_rows")
    .innerJoin("table_imports", "table_imports.id", "table_rows.import_id")
    .select(["table_name", "import_id", "line", "row_values"])
    .where("state", "=", "current")
    .orderBy("imported_at")
    .orderBy("table_imports.id")
    .orderBy("line");

const toStoredRow = (row: {
  readonly table_name: string;
  readonly import_id: string;
  readonly line: number;
  readonly row_values: string;
}): StoredRow => ({
  table: row.table_name,
  importId: row.import_id,
  line: row.line,
  values: JSON.parse(row.row_values) as RowValues,
});
