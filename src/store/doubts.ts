/** What the reading of tables doubted or found contradictory, and the decisions that people took. */

import type { Selectable } from "kysely";
import type { CellFinding, CellRule, Contradiction, ContradictionRule } from "../clinic/findings.ts";
import { patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import { clinicalRecordsWork, wantWork } from "./pending-work.ts";
import type { CellFindingsTable, Schema } from "./schema.ts";

/** What a person made of a doubt. */
export type Decision =
  | { readonly state: "open" }
  | { readonly state: "accepted" | "corrected"; readonly by: string; readonly at: Date; readonly value?: string };

/** A finding with its number and what was decided. */
export interface StoredFinding extends CellFinding {
  readonly id: string;
  readonly decision: Decision;
}

/** A contradiction with its number and what was decided. */
export interface StoredContradiction extends Contradiction {
  readonly id: string;
  readonly decision: Decision;
}

/** Which findings or contradictions are wanted; all of them by default. */
export interface DoubtFilter {
  readonly rule?: string;
  readonly state?: Decision["state"];
  /** The number of an import: cells of this table alone, and no contradictions. */
  readonly table?: string;
  readonly line?: number;
}

const findings = (database: Database, { rule, state, table, line }: DoubtFilter) => {
  let query = database.selectFrom("cell_findings");
  if (rule !== undefined) query = query.where("rule", "=", rule as CellRule);
  if (state !== undefined) query = query.where("decision", "=", state);
  if (table !== undefined) query = query.where("import_id", "=", table);
  if (line !== undefined) query = query.where("line", "=", line);
  return query;
};

const contradictions = (database: Database, { rule, state, table }: DoubtFilter) => {
  let query = database.selectFrom("contradictions");
  if (rule !== undefined) query = query.where("rule", "=", rule as ContradictionRule);
  if (state !== undefined) query = query.where("decision", "=", state);
  if (table !== undefined) query = query.where((where) => where.lit(false));
  return query;
};

const orderedFindings = (database: Database, filter: DoubtFilter) =>
  findings(database, filter)
    .selectAll()
    .orderBy("table_name")
    .orderBy("line")
    .orderBy("column_name")
    .orderBy("rule")
    .orderBy("id");

const orderedContradictions = (database: Database, filter: DoubtFilter) =>
  contradictions(database, filter).selectAll().orderBy("patient_id").orderBy("case_id").orderBy("rule").orderBy("id");

/** The findings of the current tables but for mere changes of spelling, in the order of tables and lines. */
export const listFindings = async (database: Database, filter: DoubtFilter = {}): Promise<StoredFinding[]> =>
  (await orderedFindings(database, filter).execute()).map(fromFindingRow);

/** The contradictions within and across the tables, in the order of patients. */
export const listContradictions = async (
  database: Database,
  filter: DoubtFilter = {},
): Promise<StoredContradiction[]> =>
  (await orderedContradictions(database, filter).execute()).map(fromContradictionRow);

/** A page of doubts: cells first, then contradictions. */
export const pageOfDoubts = async (
  database: Database,
  filter: DoubtFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly doubts: readonly (StoredFinding | StoredContradiction)[] }> => {
  const [cells, others] = [await count(findings(database, filter)), await count(contradictions(database, filter))];
  const page: (StoredFinding | StoredContradiction)[] = [];
  if (offset < cells) {
    const rows = await orderedFindings(database, filter).offset(offset).limit(limit).execute();
    page.push(...rows.map(fromFindingRow));
  }
  if (page.length < limit) {
    const rows = await orderedContradictions(database, filter)
      .offset(Math.max(offset - cells, 0))
      .limit(limit - page.length)
      .execute();
    page.push(...rows.map(fromContradictionRow));
  }
  return { total: cells + others, doubts: page };
};

const count = async (query: ReturnType<typeof findings> | ReturnType<typeof contradictions>): Promise<number> => {
  const { count } = await (query as ReturnType<typeof findings>)
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** One doubt; undefined where nothing has the number. */
export const readDoubt = async (
  database: Database,
  id: string,
): Promise<StoredFinding | StoredContradiction | undefined> => {
  const cell = await database.selectFrom("cell_findings").selectAll().where("id", "=", id).executeTakeFirst();
  if (cell) return fromFindingRow(cell);
  const other = await database.selectFrom("contradictions").selectAll().where("id", "=", id).executeTakeFirst();
  return other && fromContradictionRow(other);
};

/** How many doubts there are. */
export interface DoubtCount {
  readonly total: number;
  readonly open: number;
}

/** How many doubts each table and each rule has. */
export const countDoubts = async (
  database: Database,
): Promise<{
  readonly tables: readonly (DoubtCount & { readonly id: string; readonly name: string })[];
  readonly rules: readonly (DoubtCount & { readonly rule: string; readonly kind: "cell" | "contradiction" })[];
}> => {
  const cells = await database
    .selectFrom("cell_findings")
    .select(({ fn }) => ["import_id", "table_name", "rule", "decision", fn.countAll<string>().as("count")])
    .groupBy(["import_id", "table_name", "rule", "decision"])
    .execute();
  const others = await database
    .selectFrom("contradictions")
    .select(({ fn }) => ["rule", "decision", fn.countAll<string>().as("count")])
    .groupBy(["rule", "decision"])
    .execute();
  const sum = (rows: readonly { readonly decision: string; readonly count: string }[]): DoubtCount => {
    const of = (some: typeof rows): number => some.reduce((total, row) => total + Number(row.count), 0);
    return { total: of(rows), open: of(rows.filter(({ decision }) => decision === "open")) };
  };
  const byRule = <Row extends { readonly rule: string; readonly decision: string; readonly count: string }>(
    rows: readonly Row[],
    kind: "cell" | "contradiction",
  ) => [...Map.groupBy(rows, ({ rule }) => rule)].map(([rule, own]) => ({ rule: String(rule), kind, ...sum(own) }));
  return {
    tables: [...Map.groupBy(cells, ({ import_id: id }) => id)]
      .map(([id, own]) => ({ id, name: own[0]!.table_name, ...sum(own) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    rules: [...byRule(cells, "cell"), ...byRule(others, "contradiction")].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
};

/** A decision to be written, and what refuses it by throwing: who decided before may have a say. */
export interface DecisionToWrite<Made> {
  readonly decision: Made;
  readonly check?: (decidedBy: string | null) => void;
}

/**
 * Writes down what a person decided; what follows from the rows is rewritten apart.
 *
 * @returns whether there is one with this number
 */
export const decideFinding = (
  database: Database,
  id: string,
  { decision, check }: DecisionToWrite<Decision>,
): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    for (const table of ["cell_findings", "contradictions"] as const) {
      const before = await transaction
        .selectFrom(table)
        .select(["decision", "decided_by"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (before === undefined) continue;
      check?.(before.decided_by);
      await transaction.updateTable(table).set(decisionColumns(decision)).where("id", "=", id).execute();
      const isRead = before.decision === "corrected" || decision.state === "corrected";
      if (isRead) await wantWork(transaction, clinicalRecordsWork);
      return true;
    }
    return false;
  });

/**
 * Accepts every open doubt of one rule.
 *
 * @throws OsteonError `conflict` where there are not as many as the person saw
 */
export const acceptRule = (
  database: Database,
  filter: DoubtFilter & { readonly rule: string },
  { by, at, expected }: { readonly by: string; readonly at: Date; readonly expected: number },
): Promise<number> =>
  database.transaction().execute(async (transaction) => {
    const open = { ...filter, state: "open" as const };
    const there = (await count(findings(transaction, open))) + (await count(contradictions(transaction, open)));
    if (there !== expected) {
      throw new OsteonError("conflict", `There are ${there} open doubts of this rule now; look at them again.`);
    }
    const columns = decisionColumns({ state: "accepted", by, at });
    for (const [table, of] of [
      ["cell_findings", findings],
      ["contradictions", contradictions],
    ] as const) {
      await transaction
        .updateTable(table)
        .set(columns)
        .where("id", "in", (of as typeof findings)(transaction, open).select("id"))
        .execute();
    }
    return there;
  });

/** Takes back what a person decided last, all of what was decided with it. Returns how many are open again. */
export const undoLastDecision = (database: Database, by: string): Promise<number> =>
  database.transaction().execute(async (transaction) => {
    const tables = ["cell_findings", "contradictions"] as const;
    const times = await Promise.all(
      tables.map((table) =>
        transaction
          .selectFrom(table)
          .select(({ fn }) => fn.max("decided_at").as("at"))
          .where("decided_by", "=", by)
          .executeTakeFirstOrThrow(),
      ),
    );
    const last = times.flatMap(({ at }) => (at === null ? [] : [at])).sort((a, b) => b.getTime() - a.getTime())[0];
    if (last === undefined) return 0;
    let reopened = 0;
    for (const table of tables) {
      const own = transaction.selectFrom(table).select("decision").where("decided_by", "=", by);
      const rows = await own.where("decided_at", "=", last).execute();
      if (rows.some(({ decision }) => decision === "corrected")) await wantWork(transaction, clinicalRecordsWork);
      reopened += rows.length;
      await transaction
        .updateTable(table)
        .set(decisionColumns({ state: "open" }))
        .where("decided_by", "=", by)
        .where("decided_at", "=", last)
        .execute();
    }
    return reopened;
  });

/** PostgreSQL's text has no zero byte. */
const storable = (text: string): string => text.replaceAll("\0", "\uFFFD");

const decisionColumns = (decision: Decision): DecisionColumns =>
  decision.state === "open"
    ? { decision: "open", decided_by: null, decided_at: null, decided_value: null }
    : {
        decision: decision.state,
        decided_by: storable(decision.by),
        decided_at: decision.at,
        decided_value: decision.value === undefined ? null : storable(decision.value),
      };

/** A finding as it is kept. */
export const fromFindingRow = (row: Selectable<CellFindingsTable>): StoredFinding => ({
  id: row.id,
  rule: row.rule,
  action: row.action,
  table: row.table_name,
  line: row.line,
  column: row.column_name,
  original: row.original,
  ...(row.value !== null && { value: row.value }),
  decision: decisionOf(row),
});

type DecisionColumns = Pick<
  Selectable<Schema["contradictions"]>,
  "decision" | "decided_by" | "decided_at" | "decided_value"
>;

const decisionOf = ({ decision, decided_by, decided_at, decided_value }: DecisionColumns): Decision =>
  decision === "open"
    ? { state: "open" }
    : {
        state: decision,
        by: decided_by!,
        at: decided_at!,
        ...(decided_value !== null && { value: decided_value }),
      };

const fromContradictionRow = (row: Selectable<Schema["contradictions"]>): StoredContradiction => ({
  id: row.id,
  rule: row.rule,
  patient: patientId(row.patient_id),
  ...(row.case_id !== null && { case: row.case_id }),
  ...(row.other_patient_id !== null && { otherPatient: patientId(row.other_patient_id) }),
  detail: row.detail,
  decision: decisionOf(row),
});
