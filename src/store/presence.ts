/**
 * Who has an archive open on a database server: each process writes every few seconds that it lives, so that the work of one
 * that was killed is taken over, wherever it ran.
 */

import { hostname } from "node:os";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** How often a process writes that it lives. SQL's `process_lives` gives it up after six times that. */
const beatMs = 5_000;

/** A process that has said that it is there. */
export interface Presence {
  /** Says that it is gone, so that nobody waits for it. */
  end(): Promise<void>;
}

/** Says that this process is there, under an id that is its own, until it ends. */
export const announce = async (
  database: Database,
  { process: id, command }: { readonly process: string; readonly command: string },
): Promise<Presence> => {
  const beat = async (): Promise<void> => {
    await database
      .insertInto("processes")
      .values({ id, command, host: hostname(), pid: process.pid })
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ seen_at: sql<Date>`now()` }))
      .execute();
  };
  await beat();
  await database.deleteFrom("processes").where("seen_at", "<", sql<Date>`now() - interval '1 day'`).execute();
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = beat().catch(() => {}); // the server is away; the next one may come through
  }, beatMs);
  timer.unref();
  return {
    end: async () => {
      clearInterval(timer);
      await last;
      await database
        .deleteFrom("processes")
        .where("id", "=", id)
        .execute()
        .catch(() => {}); // it is forgotten by itself
    },
  };
};

/** How many workers there are besides the process that asks; none where the database is in the home's folder. */
export const countWorkers = async (database: Database): Promise<number> => {
  const { count } = await database
    .selectFrom("processes")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("command", "=", "worker")
    .where("id", "is distinct from", thisProcess)
    .where(livesSql("id"), "=", true)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** The process that asks, in SQL; null on the embedded database, which only one has open. */
export const thisProcess = sql<string | null>`current_setting('osteon.process', true)`;

/** Whether a process lives, in SQL; nobody of no name does. */
export const livesSql = (column: string) => sql<boolean>`coalesce(process_lives(${sql.ref(column)}), false)`;
