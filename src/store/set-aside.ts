/** Files that an import set aside, and what people made of them. Their bytes lie beside the originals (files.ts). */

import type { Database } from "./database.ts";
import type { SetAsideDecision, SetAsideKept } from "./schema.ts";

/** A file that is, or was, set aside. */
export interface SetAsideFile {
  /** Hash of its content, or of its path where it could not be read. */
  readonly id: string;
  readonly fileName: string;
  readonly code: string;
  readonly detail: string;
  readonly setAsideAt: Date;
  /** Whether its bytes lie in the home, or why not; null where it was set aside before they were kept. */
  readonly kept: SetAsideKept | null;
  readonly decision: { readonly decision: SetAsideDecision; readonly by: string; readonly at: Date } | null;
}

/** Which files are wanted. */
export interface SetAsideFilter {
  readonly state?: "open" | "decided";
  readonly code?: string;
  /** The whole sentence: files of one reason. */
  readonly detail?: string;
}

/** Files of one reason. */
export interface SetAsideGroup {
  readonly code: string;
  readonly detail: string;
  readonly open: number;
  readonly decided: number;
}

/** Every file that is set aside, and those that left by a decision; `imported` beside a file still there was broken off. */
const everyFile = (database: Database) =>
  database
    .selectFrom("quarantine")
    .leftJoin("set_aside_decisions as decided", (join) =>
      join.onRef("decided.id", "=", "quarantine.id").on("decided.decision", "<>", "imported"),
    )
    .select([
      "quarantine.id as id",
      "quarantine.file_name as file_name",
      "quarantine.code as code",
      "quarantine.detail as detail",
      "quarantine.set_aside_at as set_aside_at",
      "quarantine.kept as kept",
      "decided.decision as decision",
      "decided.decided_by as decided_by",
      "decided.decided_at as decided_at",
    ])
    .unionAll(
      database
        .selectFrom("set_aside_decisions as decided")
        .leftJoin("quarantine", "quarantine.id", "decided.id")
        .where("quarantine.id", "is", null)
        .select([
          "decided.id as id",
          "decided.file_name as file_name",
          "decided.code as code",
          "decided.detail as detail",
          "decided.set_aside_at as set_aside_at",
          "quarantine.kept as kept",
          "decided.decision as decision",
          "decided.decided_by as decided_by",
          "decided.decided_at as decided_at",
        ]),
    );

const filtered = (database: Database, { state, code, detail }: SetAsideFilter) => {
  let query = database.selectFrom(everyFile(database).as("files"));
  if (state !== undefined) query = query.where("decision", state === "open" ? "is" : "is not", null);
  if (code !== undefined) query = query.where("code", "=", code);
  if (detail !== undefined) query = query.where("detail", "=", detail);
  return query;
};

/** A page of set-aside files: those of one reason together, the newest first. */
export const listSetAside = async (
  database: Database,
  { offset, limit, ...filter }: SetAsideFilter & { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly files: readonly SetAsideFile[] }> => {
  const { total } = await filtered(database, filter)
    .select(({ fn }) => fn.countAll<string>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await filtered(database, filter)
    .selectAll()
    .orderBy("code")
    .orderBy("detail")
    .orderBy("set_aside_at", "desc")
    .orderBy("id")
    .offset(offset)
    .limit(limit)
    .execute();
  return { total: Number(total), files: rows.map(fromRow) };
};

/** The files of these ids that are there. */
export const readSetAside = async (database: Database, ids: readonly string[]): Promise<SetAsideFile[]> => {
  if (ids.length === 0) return [];
  const rows = await filtered(database, {}).selectAll().where("id", "in", ids).orderBy("id").execute();
  return rows.map(fromRow);
};

/** How many files there are of each reason, the most open ones first. */
export const countSetAside = async (database: Database): Promise<SetAsideGroup[]> => {
  const rows = await filtered(database, {})
    .select(({ fn }) => ["code", "detail", fn.countAll<string>().as("all"), fn.count<string>("decision").as("decided")])
    .groupBy(["code", "detail"])
    .execute();
  return rows
    .map(({ code, detail, all, decided }) => ({
      code,
      detail,
      open: Number(all) - Number(decided),
      decided: Number(decided),
    }))
    .sort((a, b) => b.open - a.open || (`${a.code} ${a.detail}` < `${b.code} ${b.detail}` ? -1 : 1));
};

/** Writes down what a person decided on files. */
export const decideSetAside = (
  database: Database,
  files: readonly SetAsideFile[],
  { decision, by, at }: { readonly decision: SetAsideDecision; readonly by: string; readonly at: Date },
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    for (const { id, fileName, code, detail, setAsideAt } of files) {
      const row = { decision, decided_by: by, decided_at: at };
      await transaction
        .insertInto("set_aside_decisions")
        .values({ id, file_name: fileName, code, detail, set_aside_at: setAsideAt, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
      if (decision === "deleted")
        await transaction.updateTable("quarantine").set({ kept: null }).where("id", "=", id).execute();
    }
  });

/** Takes decisions back; what was imported or deleted stays so. */
export const reopenSetAside = async (database: Database, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await database.deleteFrom("set_aside_decisions").where("id", "in", ids).where("decision", "=", "left out").execute();
};

/** The set-aside files whose bytes are, or may once have been, kept, and are wanted: their ids and names. */
export const wantedSetAside = async (
  database: Database,
): Promise<{ readonly id: string; readonly fileName: string; readonly kept: boolean }[]> => {
  const rows = await database
    .selectFrom("quarantine")
    .leftJoin("set_aside_decisions as decided", (join) =>
      join.onRef("decided.id", "=", "quarantine.id").on("decided.decision", "=", "deleted"),
    )
    .where("decided.id", "is", null)
    .where((where) => where.or([where("kept", "is", null), where("kept", "=", "kept")]))
    .select(["quarantine.id as id", "quarantine.file_name as file_name", "kept"])
    .execute();
  return rows.map(({ id, file_name: fileName, kept }) => ({ id, fileName, kept: kept === "kept" }));
};

/** Notes that the bytes of a file lie in the home. */
export const noteKept = async (database: Database, id: string): Promise<void> => {
  await database.updateTable("quarantine").set({ kept: "kept" }).where("id", "=", id).execute();
};

/** The files whose bytes a person did not want to be kept. */
export const deletedFiles = async (database: Database): Promise<Set<string>> => {
  const rows = await database
    .selectFrom("set_aside_decisions")
    .select("id")
    .where("decision", "=", "deleted")
    .execute();
  return new Set(rows.map(({ id }) => id));
};

const fromRow = (row: {
  readonly id: string;
  readonly file_name: string;
  readonly code: string;
  readonly detail: string;
  readonly set_aside_at: Date;
  readonly kept: SetAsideKept | null;
  readonly decision: SetAsideDecision | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}): SetAsideFile => ({
  id: row.id,
  fileName: row.file_name,
  code: row.code,
  detail: row.detail,
  setAsideAt: row.set_aside_at,
  kept: row.kept,
  decision: row.decision === null ? null : { decision: row.decision, by: row.decided_by!, at: row.decided_at! },
});
