/**
 * Which job is next: pg-boss on the home's own database. A job that is taken and neither finished nor put back was in work
 * when its process ended; it goes on when the queue is opened again, but not for ever.
 */

import { CompiledQuery } from "kysely";
import { type Db, PgBoss } from "pg-boss";
import type { Database } from "./database.ts";
import type { Home } from "./home.ts";

/** A queue of its own, so that short work does not wait for long work. */
export type JobLane = "light" | "heavy";
const lanes: readonly JobLane[] = ["light", "heavy"];

/** A job that breaks its process off is begun this many times in all; then it is left to a person. */
export const mostAttempts = 3;

const dayInSeconds = 24 * 3600;

/** The queue of one home, from which each process that has it open takes jobs. */
export class JobQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** Opens the queue; who works on jobs watches over them, so nothing runs by a timer here. */
  static async open({ database, sharing }: Pick<Home, "database" | "sharing">): Promise<JobQueue> {
    const boss = new PgBoss({
      db: takingTurns(database),
      backend: sharing ? "postgres" : "pglite",
      schema: "job_queue",
      supervise: false,
      schedule: false,
      registerInstance: false,
    });
    boss.on("error", () => {}); // each call rejects with the same error
    await boss.start();
    for (const lane of lanes) {
      await boss.createQueue(lane, {
        retryLimit: mostAttempts - 1,
        expireInSeconds: dayInSeconds, // the longest that is allowed; without supervision nothing expires
        retentionSeconds: 365 * dayInSeconds,
        deleteAfterSeconds: 7 * dayInSeconds,
      });
    }
    return new JobQueue(boss);
  }

  /** Puts a job at the end. With a transaction, together with what else it writes. */
  async add(lane: JobLane, id: string, transaction: Database): Promise<void> {
    await this.#boss.send(lane, { id }, { id, db: within(transaction) });
  }

  /** Takes the next job; undefined when none waits. */
  async take(lane: JobLane): Promise<string | undefined> {
    return (await this.#boss.fetch(lane))[0]?.id;
  }

  /** Where a job is; after a killed process, one may be taken that nobody works on. */
  async find(lane: JobLane, id: string): Promise<"waiting" | "taken" | "gone"> {
    const [job] = await this.#boss.findJobs(lane, { id });
    if (job?.state === "active") return "taken";
    return job?.state === "created" || job?.state === "retry" ? "waiting" : "gone";
  }

  /** A job is done, or is to be forgotten while it waits. */
  async remove(lane: JobLane, id: string, transaction: Database): Promise<void> {
    await this.#boss.deleteJob(lane, id, { db: within(transaction) });
  }

  /** A job that was broken off waits again; false when that happened too often. */
  async retry(lane: JobLane, id: string): Promise<boolean> {
    await this.#boss.fail(lane, id);
    return (await this.find(lane, id)) === "waiting";
  }

  /** A job whose work stops because the server does is the first to go on, and that counts for nothing. */
  async putBack(lane: JobLane, id: string, transaction: Database): Promise<void> {
    await this.remove(lane, id, transaction);
    await this.#boss.send(lane, { id }, { id, priority: 1, db: within(transaction) });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

/** pg-boss sends several statements in one text, some of which begin a transaction: each text has the connection alone. */
const takingTurns = (database: Database): Db => ({
  executeSql: (text, values) =>
    database.connection().execute(async (connection) => {
      try {
        return await within(connection).executeSql(text, values);
      } catch (error) {
        await connection.executeQuery(CompiledQuery.raw("rollback")); // what the text may have begun
        throw error;
      }
    }),
});

const within = (connection: Database): Db => ({
  executeSql: async (text, values = []) => {
    const { rows } = await connection.executeQuery(CompiledQuery.raw(text, [...values]));
    return { rows: [...rows] };
  },
});
