/** Jobs: what was asked for, how far it came and what became of it. Who is next is the queue's matter (job-queue.ts). */

import { type Selectable, sql } from "kysely";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import { livesSql, thisProcess } from "./presence.ts";
import type { JobState, JobsTable } from "./schema.ts";

/** How far a job has come; `total` is 0 where that is not known. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

/** Why a job did not finish. */
export interface JobProblem {
  readonly code: string;
  readonly detail: string;
}

/** A job as plain data. */
export interface StoredJob {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly settings: unknown;
  readonly progress: JobProgress | null;
  readonly result: unknown;
  readonly problem: JobProblem | null;
  readonly startedBy: { readonly id: string; readonly name: string };
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Writes a new job down. */
export const insertJob = async (database: Database, job: StoredJob): Promise<void> => {
  await database.insertInto("jobs").values(toRow(job)).execute();
};

/** How a job is changed. */
export interface JobChange {
  /** The states in which it may be for that. */
  readonly from: readonly JobState[];
  readonly to: Partial<StoredJob>;
  /** Only where this process works on it: another one may have taken it over. */
  readonly own?: boolean;
}

/** Changes a job and answers what it is now; undefined where it may not be changed so. Who sets it `running` works on it. */
export const updateJob = async (
  database: Database,
  id: string,
  { from, to, own = false }: JobChange,
): Promise<StoredJob | undefined> => {
  const worker = { process_id: to.state === "running" ? thisProcess : null, cancel_wanted: false };
  let query = database
    .updateTable("jobs")
    .set({ ...toRow(to), ...(to.state === undefined ? {} : worker) })
    .where("id", "=", id)
    .where("state", "in", from);
  if (own) query = query.where("process_id", "is not distinct from", thisProcess);
  const row = await query.returningAll().executeTakeFirst();
  return row && fromRow(row);
};

/** Asks the process that works on a job to stop it; undefined where nobody does. */
export const wantCancelled = async (database: Database, id: string): Promise<StoredJob | undefined> => {
  const row = await database
    .updateTable("jobs")
    .set({ cancel_wanted: true })
    .where("id", "=", id)
    .where("state", "=", "running")
    .returningAll()
    .executeTakeFirst();
  return row && fromRow(row);
};

/** Takes over a job whose process is no more; undefined where it lives, or another process was first. */
export const takeOverJob = async (database: Database, id: string): Promise<StoredJob | undefined> => {
  const row = await database
    .updateTable("jobs")
    .set({ process_id: thisProcess })
    .where("id", "=", id)
    .where("state", "=", "running")
    .where(livesSql("process_id"), "=", false)
    .returningAll()
    .executeTakeFirst();
  return row && fromRow(row);
};

/** Whether this process works on a job that has not ended, or on the embedded database none does. */
export const worksOn = async (database: Database, id: string): Promise<boolean> => {
  const row = await database
    .selectFrom("jobs")
    .select("id")
    .where("id", "=", id)
    .where("state", "in", ["waiting", "running"])
    .where("process_id", "is not distinct from", thisProcess)
    .executeTakeFirst();
  return row !== undefined;
};

/** A job that has not ended, as the processes that share a database see it. */
export interface SharedJob {
  readonly job: StoredJob;
  /** Whether this process works on it. */
  readonly isOwn: boolean;
  /** Whether it runs and its process is no more. */
  readonly isAbandoned: boolean;
  readonly isCancelWanted: boolean;
}

/** Every job that has not ended. */
export const listSharedJobs = async (database: Database): Promise<SharedJob[]> => {
  const rows = await database
    .selectFrom("jobs")
    .selectAll()
    .select([
      sql<boolean>`process_id is not distinct from ${thisProcess}`.as("is_own"),
      sql<boolean>`not ${livesSql("process_id")}`.as("is_orphan"),
    ])
    .where("state", "in", ["waiting", "running"])
    .execute();
  return rows.map(({ is_own, is_orphan, ...row }) => ({
    job: fromRow(row),
    isOwn: row.state === "running" && is_own,
    isAbandoned: row.state === "running" && is_orphan,
    isCancelWanted: row.cancel_wanted,
  }));
};

/** @throws OsteonError `not-found` when no job has this id */
export const getJob = async (database: Database, id: string): Promise<StoredJob> => {
  const row = await database.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new OsteonError("not-found", "There is no such job.", { id });
  return fromRow(row);
};

/** Which jobs are listed. */
export interface JobFilter {
  readonly states?: readonly JobState[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

/** Jobs, the newest first. */
export const listJobs = async (database: Database, { states, kinds, limit }: JobFilter = {}): Promise<StoredJob[]> => {
  let query = database.selectFrom("jobs").selectAll().orderBy("created_at", "desc").orderBy("id");
  if (states) query = query.where("state", "in", states);
  if (kinds) query = query.where("kind", "in", kinds);
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(fromRow);
};

/** How many jobs are in each state; a state without one is left out. */
export const countJobs = async (database: Database): Promise<Partial<Record<JobState, number>>> => {
  const rows = await database
    .selectFrom("jobs")
    .select(({ fn }) => ["state", fn.countAll<string>().as("count")])
    .groupBy("state")
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
};

const fromRow = (row: Selectable<JobsTable>): StoredJob => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  settings: JSON.parse(row.settings),
  progress: parse(row.progress) as JobProgress | null,
  result: parse(row.result),
  problem: parse(row.problem) as JobProblem | null,
  startedBy: JSON.parse(row.started_by),
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

/** What a job says of itself; who works on it is written elsewhere. */
type JobColumns = Omit<JobsTable, "process_id" | "cancel_wanted">;

/** The columns of what is given of a job; kysely leaves out what is undefined. */
const toRow = (job: Partial<StoredJob>): JobColumns => {
  const text = (value: unknown): string | null | undefined => (value == null ? (value as null) : JSON.stringify(value));
  const columns: { readonly [Column in keyof JobColumns]: JobColumns[Column] | undefined } = {
    id: job.id,
    kind: job.kind,
    state: job.state,
    settings: job.settings === undefined ? undefined : JSON.stringify(job.settings),
    progress: text(job.progress),
    result: text(job.result),
    problem: text(job.problem),
    started_by: job.startedBy && JSON.stringify(job.startedBy),
    created_at: job.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
  };
  return columns as JobColumns;
};
