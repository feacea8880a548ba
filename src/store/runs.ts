/** Runs: what was told, how far it came, what it measured. One that did not finish can be gone on with. */

import { type Selectable, sql } from "kysely";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import { livesSql, thisProcess } from "./presence.ts";
import type { RunState, RunsTable } from "./schema.ts";

/** A run as plain data. */
export interface Run {
  readonly id: string;
  readonly system: string;
  readonly state: RunState;
  readonly settings: unknown;
  readonly fingerprint: string;
  readonly metrics: unknown;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Null from the command line. */
  readonly startedBy: RunStarter["person"] | null;
  /** The job that works on it, or did last. */
  readonly job: string | null;
  /** Why it failed. */
  readonly problem: RunProblem | null;
}

/** Who has a run made, and by which job. */
export interface RunStarter {
  readonly person: { readonly id: string; readonly name: string };
  readonly job: string;
}

/** Why a run failed. */
export interface RunProblem {
  readonly code: string;
  readonly detail: string;
}

/** What a run is named and found by. */
export interface RunPlan {
  /** Such as `precedents/train`. */
  readonly system: string;
  readonly settings: unknown;
  /** Hash of the settings and of what the run reads. */
  readonly fingerprint: string;
  readonly startedBy?: RunStarter | undefined;
}

/**
 * The unfinished run of this plan, or a new one; in one transaction, as several jobs may begin at once.
 *
 * @throws OsteonError `conflict` when another job works on the very run: two would write over each other's checkpoints
 */
export const continueOrCreateRun = (database: Database, plan: RunPlan): Promise<{ run: Run; isNew: boolean }> =>
  database.transaction().execute(async (transaction) => {
    const unfinished = await transaction
      .selectFrom("runs")
      .leftJoin("jobs", "jobs.id", "runs.job_id")
      .select(["runs.id", "runs.state", "runs.job_id", "jobs.state as job_state"])
      .select(isElsewhere.as("is_elsewhere"))
      .where("system", "=", plan.system)
      .where("fingerprint", "=", plan.fingerprint)
      .where("runs.state", "!=", "finished")
      .orderBy("runs.created_at", "desc")
      .executeTakeFirst();
    if (!unfinished) return { run: await createRun(transaction, plan), isNew: true };
    const { id, state, job_id, job_state, is_elsewhere } = unfinished;
    // The job of a killed server still says that it runs; its runs were stopped when the home was opened.
    const isOfAnotherJob = job_state === "running" && job_id !== plan.startedBy?.job;
    if (state === "running" && (isOfAnotherJob || is_elsewhere)) {
      throw new OsteonError("conflict", `The run ${id} does the same and is under way; wait for it, or stop it.`, {
        id,
      });
    }
    const row = await transaction
      .updateTable("runs")
      .set({
        state: "running",
        finished_at: null,
        problem: null,
        job_id: plan.startedBy?.job ?? null,
        process_id: thisProcess,
      })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { run: fromRow(row), isNew: false };
  });

const createRun = async (database: Database, { system, settings, fingerprint, startedBy }: RunPlan): Promise<Run> => {
  const { count } = await database
    .selectFrom("runs")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  const row = await database
    .insertInto("runs")
    .values({
      id: `${system.replace("/", "-")}-${Number(count) + 1}`,
      system,
      state: "running",
      settings: JSON.stringify(settings),
      fingerprint,
      metrics: null,
      started_by: startedBy ? JSON.stringify(startedBy.person) : null,
      job_id: startedBy?.job ?? null,
      problem: null,
      process_id: thisProcess,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
};

/** Whether another process works on a run, and lives. */
const isElsewhere = sql<boolean>`runs.process_id <> ${thisProcess} and ${livesSql("runs.process_id")}`;

/** Writes a run's measurements down and closes it. */
export const finishRun = async (
  database: Database,
  id: string,
  { metrics, at }: { metrics: unknown; at: Date },
): Promise<void> => {
  await database
    .updateTable("runs")
    .set({ state: "finished", metrics: JSON.stringify(metrics), finished_at: at })
    .where("id", "=", id)
    .execute();
};

/** Closes a run that did not come to its end: stopped by a person, or failed by a problem. */
export const breakOffRun = async (
  database: Database,
  id: string,
  { problem, at }: { readonly problem: RunProblem | null; readonly at: Date },
): Promise<void> => {
  await database
    .updateTable("runs")
    .set({
      state: problem ? "failed" : "stopped",
      problem: problem && JSON.stringify(problem),
      finished_at: at,
    })
    .where("id", "=", id)
    .execute();
};

/**
 * Runs whose process was killed are stopped, and not running. For who has just opened the home; on a database server those of
 * processes that live are left alone.
 */
export const stopAbandonedRuns = async (database: Database): Promise<void> => {
  await database
    .updateTable("runs")
    .set({ state: "stopped" })
    .where("state", "=", "running")
    .where(livesSql("process_id"), "=", false)
    .execute();
};

/** The newest finished run of a system; undefined when there is none. */
export const latestFinishedRun = async (database: Database, system: string): Promise<Run | undefined> => {
  const row = await database
    .selectFrom("runs")
    .selectAll()
    .where("system", "=", system)
    .where("state", "=", "finished")
    .orderBy("finished_at", "desc")
    .executeTakeFirst();
  return row && fromRow(row);
};

/** The run that a job works on; undefined before it has begun and after it has finished. */
export const findUnfinishedRun = async (database: Database, job: string): Promise<Run | undefined> => {
  const row = await database
    .selectFrom("runs")
    .selectAll()
    .where("job_id", "=", job)
    .where("state", "!=", "finished")
    .executeTakeFirst();
  return row && fromRow(row);
};

/** Every run, the newest first. */
export const listRuns = async (database: Database): Promise<Run[]> =>
  (await database.selectFrom("runs").selectAll().orderBy("created_at", "desc").execute()).map(fromRow);

/** @throws OsteonError `not-found` when no run has this id */
export const getRun = async (database: Database, id: string): Promise<Run> => {
  const row = await database.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new OsteonError("not-found", `There is no run "${id}"; \`osteon runs\` lists them.`, { id });
  return fromRow(row);
};

const fromRow = (row: Selectable<RunsTable>): Run => ({
  id: row.id,
  system: row.system,
  state: row.state,
  settings: JSON.parse(row.settings),
  fingerprint: row.fingerprint,
  metrics: row.metrics === null ? null : JSON.parse(row.metrics),
  createdAt: row.created_at,
  finishedAt: row.finished_at,
  startedBy: row.started_by === null ? null : JSON.parse(row.started_by),
  job: row.job_id,
  problem: row.problem === null ? null : JSON.parse(row.problem),
});
