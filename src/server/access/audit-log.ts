/** Writes the audit log: entries that come while others are being written go together in the next statement. */

import { type AuditHead, type AuditRecord, appendAudit, type Database } from "../../store/index.ts";

export interface AuditLog {
  /** Resolves when the entries are kept. */
  write(records: readonly Omit<AuditRecord, "at">[]): Promise<void>;
}

export const openAuditLog = (database: Database, now: () => Date): AuditLog => {
  let waiting: AuditRecord[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let head: AuditHead | undefined;
  const writeWaiting = async (): Promise<void> => {
    const records = waiting;
    waiting = [];
    next = null;
    const known = head;
    head = undefined; // whatever happens to these: what is not known is read
    head = await appendAudit(database, records, known);
  };
  return {
    write: (records) => {
      if (records.length === 0) return Promise.resolve();
      waiting.push(...records.map((record) => ({ ...record, at: now() })));
      if (next) return next;
      next = last.then(writeWaiting);
      last = next.catch(() => {}); // told to those whose entries they were
      return next;
    },
  };
};
