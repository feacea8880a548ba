/**
 * A run's work in pieces that several processes do at once: each piece by who claims it first, and by another one where that one has
 * said nothing for half a minute. To do one twice must do no harm: a process that is slow is not told from one that is dead.
 */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import { livesSql, thisProcess } from "./presence.ts";

/** A piece as it is laid out. */
export interface RunPiece {
  readonly number: number;
  /** How much it is, in what the run counts. */
  readonly size: number;
  /** What is to be done, as plain data. */
  readonly content: unknown;
}

/** How far the pieces of a run are. */
export interface PieceCount {
  /** How much of the work is done, by whomever. */
  readonly made: number;
  /** Pieces that are not, in work or not. */
  readonly open: number;
}

/** Whose piece is meant. */
interface Claim {
  readonly run: string;
  readonly number: number;
  /** By which who does it is known; drawn for each. */
  readonly claim: string;
}

/** Pieces in one statement: the content of one may have thousands of letters. */
const batch = 50;

/** Lays the pieces of a run out instead of any that it had; those of runs on which nobody works are forgotten. */
export const layOutPieces = async (database: Database, run: string, pieces: readonly RunPiece[]): Promise<void> => {
  await database.transaction().execute(async (transaction) => {
    const over = transaction
      .selectFrom("runs")
      .select("id")
      .where("state", "!=", "running")
      .where(livesSql("process_id"), "=", false);
    await transaction.deleteFrom("run_pieces").where("run_id", "in", over).execute();
    await clearPieces(transaction, run);
    for (let at = 0; at < pieces.length; at += batch) {
      const rows = pieces
        .slice(at, at + batch)
        .map(({ number, size, content }) => ({ run_id: run, number, size, content: JSON.stringify(content) }));
      await transaction.insertInto("run_pieces").values(rows).execute();
    }
  });
};

/** Takes the next piece of a run; undefined where none waits, though some may be in work. */
export const claimPiece = async (database: Database, run: string, claim: string): Promise<RunPiece | undefined> => {
  const next = database
    .selectFrom("run_pieces")
    .select("number")
    .where("run_id", "=", run)
    .where("is_made", "=", false)
    .where(sql<boolean>`(claim is null or not said_lately(said_at))`)
    .orderBy("number")
    .limit(1)
    .forUpdate()
    .skipLocked();
  const row = await database
    .updateTable("run_pieces")
    .set({ claim, process_id: thisProcess, said_at: sql<Date>`now()` })
    .where("run_id", "=", run)
    .where("number", "=", next)
    .returning(["number", "size", "content"])
    .executeTakeFirst();
  return row && { ...row, content: JSON.parse(row.content) };
};

/** Says that a piece is still in work; to be said every few seconds. */
export const sayPieceInWork = async (database: Database, claimed: Claim): Promise<void> => {
  await change(database, claimed).set({ said_at: sql<Date>`now()` }).execute();
};

/** Says that a piece is made. */
export const finishPiece = async (database: Database, claimed: Claim): Promise<void> => {
  await change(database, claimed).set({ is_made: true }).execute();
};

/** Gives a piece back that is not made. */
export const releasePiece = async (database: Database, claimed: Claim): Promise<void> => {
  await change(database, claimed).set({ claim: null, process_id: null, said_at: null }).execute();
};

export const countPieces = async (database: Database, run: string): Promise<PieceCount> => {
  const row = await database
    .selectFrom("run_pieces")
    .select([
      sql<string>`coalesce(sum(size) filter (where is_made), 0)`.as("made"),
      sql<string>`count(*) filter (where not is_made)`.as("open"),
    ])
    .where("run_id", "=", run)
    .executeTakeFirstOrThrow();
  return { made: Number(row.made), open: Number(row.open) };
};

/** Forgets the pieces of a run. */
export const clearPieces = async (database: Database, run: string): Promise<void> => {
  await database.deleteFrom("run_pieces").where("run_id", "=", run).execute();
};

/** Nothing where it has another owner by now. */
const change = (database: Database, { run, number, claim }: Claim) =>
  database
    .updateTable("run_pieces")
    .where("run_id", "=", run)
    .where("number", "=", number)
    .where("claim", "=", claim)
    .where("is_made", "=", false);
