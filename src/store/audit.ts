/**
 * The audit log: who did what, when and from where. It only grows, which triggers of the database hold, and each entry is
 * hashed together with the hash before it: a row that was changed or taken out past the triggers breaks the chain.
 */

import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import type { Database } from "./database.ts";
import type { AuditLogTable } from "./schema.ts";

/** What is to be written down. */
export interface AuditRecord {
  readonly at: Date;
  /** An account's id, `local`, or `command line`; null where nobody had logged in. */
  readonly person: string | null;
  /** What was done, in the past tense: `viewed image`. */
  readonly action: string;
  /** The id of what it was done to; never a name. */
  readonly subject: string | null;
  readonly address: string | null;
  readonly outcome: "done" | "refused" | "failed";
}

/** What the next entry is chained to. */
export interface AuditHead {
  /** From 1 up, without a gap. */
  readonly number: number;
  readonly hash: string;
}

/** An entry as it stands. */
export interface AuditEntry extends AuditRecord, AuditHead {}

/** Which entries; the newest come first. */
export interface AuditFilter {
  readonly from?: Date;
  /** Entries before this moment. */
  readonly to?: Date;
  readonly person?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly outcome?: AuditRecord["outcome"];
  /** Entries older than this number. */
  readonly before?: number;
  readonly limit: number;
}

/** Whether the chain holds; where it does not, the first entry that is not what it was. */
export type AuditChain =
  | { readonly holds: true; readonly entries: number; readonly head: string }
  | { readonly holds: false; readonly entries: number; readonly brokenAt: number };

/** What the first entry is chained to. */
const beginning = "0".repeat(64);

/**
 * Appends entries in their order, all or none. It is one statement where the newest entry is known: if somebody else has appended
 * since, the number is taken, and it begins again with what is there.
 *
 * @param known the newest entry, as far as the caller knows
 * @returns the newest entry now
 */
export const appendAudit = async (
  database: Database,
  records: readonly AuditRecord[],
  known?: AuditHead,
): Promise<AuditHead> => {
  let head = known;
  for (let attempt = 1; ; attempt++) {
    head ??= await headOf(database);
    let { number, hash } = head;
    const rows = records.map((record) => {
      number += 1;
      hash = hashEntry(hash, number, record);
      return { ...record, number, hash };
    });
    try {
      await database.insertInto("audit_log").values(rows).execute();
      return { number, hash };
    } catch (error) {
      if ((error as { readonly code?: string }).code !== numberIsTaken || attempt === mostAttempts) throw error;
      head = undefined;
    }
  }
};

/** PostgreSQL's `unique_violation`. */
const numberIsTaken = "23505";
/** Each was in vain because another process was faster. */
const mostAttempts = 50;

const headOf = async (database: Database): Promise<AuditHead> =>
  (await database
    .selectFrom("audit_log")
    .select(["number", "hash"])
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst()) ?? { number: 0, hash: beginning };

/** Entries that match, the newest first. */
export const listAudit = async (database: Database, filter: AuditFilter): Promise<AuditEntry[]> => {
  let query = database.selectFrom("audit_log").selectAll().orderBy("number", "desc").limit(filter.limit);
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  if (filter.before !== undefined) query = query.where("number", "<", filter.before);
  for (const column of ["person", "action", "subject", "outcome"] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, "=", value);
  }
  return (await query.execute()).map(fromRow);
};

/** Every action that the log knows, by name. */
export const listAuditActions = async (database: Database): Promise<string[]> => {
  const rows = await database.selectFrom("audit_log").select("action").distinct().orderBy("action").execute();
  return rows.map(({ action }) => action);
};

const pageSize = 5000;

/**
 * Reads the whole log and hashes it again. `known` is an entry that somebody wrote down elsewhere: only with it can it be told
 * that the newest entries were cut off, or the whole chain made anew.
 */
export const verifyAudit = async (database: Database, known?: AuditHead): Promise<AuditChain> => {
  let entries = 0;
  let head = beginning;
  for (;;) {
    const rows = await database
      .selectFrom("audit_log")
      .selectAll()
      .where("number", ">", entries)
      .orderBy("number")
      .limit(pageSize)
      .execute();
    for (const row of rows) {
      const number = entries + 1;
      head = hashEntry(head, number, row);
      const isKnown = known?.number !== number || known.hash === head;
      if (row.number !== number || row.hash !== head || !isKnown) return { holds: false, entries, brokenAt: number };
      entries = number;
    }
    if (rows.length < pageSize) break;
  }
  if (known && known.number > entries) return { holds: false, entries, brokenAt: entries + 1 };
  return { holds: true, entries, head };
};

const hashEntry = (previous: string, number: number, { at, person, action, subject, address, outcome }: AuditRecord) =>
  createHash("sha256")
    .update(JSON.stringify([previous, number, at.toISOString(), person, action, subject, address, outcome]))
    .digest("hex");

const fromRow = (row: Selectable<AuditLogTable>): AuditEntry => ({ ...row });
