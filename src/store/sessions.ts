/** Logins that last. The home knows only hashes of their tokens: who reads the database cannot log in with what is there. */

import type { Selectable } from "kysely";
import { type Account, getAccount } from "./accounts.ts";
import type { Database } from "./database.ts";
import type { SessionsTable } from "./schema.ts";

/** A login in one browser. */
export interface StoredSession {
  /** Names the session on pages; nobody can log in with it. */
  readonly id: string;
  readonly tokenHash: string;
  readonly account: string;
  readonly createdAt: Date;
  /** The last use, to about a minute. */
  readonly usedAt: Date;
  readonly address: string;
  /** What the browser calls itself. */
  readonly browser: string;
}

/** Which sessions: one, or all of an account, perhaps without the one that asks. */
export type SessionChoice =
  | { readonly id: string }
  | { readonly tokenHash: string }
  | { readonly account: string; readonly except?: string };

export const insertSession = async (database: Database, session: StoredSession): Promise<void> => {
  await database
    .insertInto("sessions")
    .values({
      id: session.id,
      token_hash: session.tokenHash,
      account_id: session.account,
      created_at: session.createdAt,
      used_at: session.usedAt,
      address: session.address,
      browser: session.browser,
    })
    .execute();
};

/** The session of a token and whose it is; null where there is none. */
export const findSession = async (
  database: Database,
  tokenHash: string,
): Promise<{ readonly session: StoredSession; readonly account: Account } | null> => {
  const row = await database.selectFrom("sessions").selectAll().where("token_hash", "=", tokenHash).executeTakeFirst();
  return row ? { session: fromRow(row), account: await getAccount(database, row.account_id) } : null;
};

/** The sessions of an account, the last used first. */
export const listSessions = async (database: Database, account: string): Promise<StoredSession[]> => {
  const rows = await database
    .selectFrom("sessions")
    .selectAll()
    .where("account_id", "=", account)
    .orderBy("used_at", "desc")
    .execute();
  return rows.map(fromRow);
};

export const touchSession = async (database: Database, id: string, usedAt: Date): Promise<void> => {
  await database.updateTable("sessions").set({ used_at: usedAt }).where("id", "=", id).execute();
};

/** Ends sessions; gives the accounts whose they were. */
export const deleteSessions = async (database: Database, choice: SessionChoice): Promise<string[]> => {
  const all = database.deleteFrom("sessions").returning("account_id");
  const chosen = (() => {
    if ("id" in choice) return all.where("id", "=", choice.id);
    if ("tokenHash" in choice) return all.where("token_hash", "=", choice.tokenHash);
    return all.where("account_id", "=", choice.account).where("token_hash", "!=", choice.except ?? "");
  })();
  const rows = await chosen.execute();
  return [...new Set(rows.map(({ account_id }) => account_id))];
};

/** Removes what can no longer be used: begun or last used too long ago. */
export const sweepSessions = async (
  database: Database,
  { createdBefore, usedBefore }: { readonly createdBefore: Date; readonly usedBefore: Date },
): Promise<void> => {
  await database
    .deleteFrom("sessions")
    .where((row) => row.or([row("created_at", "<", createdBefore), row("used_at", "<", usedBefore)]))
    .execute();
};

const fromRow = (row: Selectable<SessionsTable>): StoredSession => ({
  id: row.id,
  tokenHash: row.token_hash,
  account: row.account_id,
  createdAt: row.created_at,
  usedAt: row.used_at,
  address: row.address,
  browser: row.browser,
});
