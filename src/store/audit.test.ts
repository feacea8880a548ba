import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditRecord, appendAudit, listAudit, listAuditActions, verifyAudit } from "./audit.ts";
import { type Database, openDatabase } from "./database.ts";

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-audit-"));
  database = await openDatabase(join(folder, "database"));
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const record = (action: string, more: Partial<AuditRecord> = {}): AuditRecord => ({
  at: new Date("2026-05-01T10:00:00.123Z"),
  person: "anna",
  action,
  subject: null,
  address: "10.0.0.7",
  outcome: "done",
  ...more,
});

/** Changes rows as somebody might who has the database itself. */
const tamper = async (statement: string): Promise<void> => {
  await sql.raw("alter table audit_log disable trigger all").execute(database);
  await sql.raw(statement).execute(database);
  await sql.raw("alter table audit_log enable trigger all").execute(database);
};

test("an empty log holds", async () => {
  expect(await verifyAudit(database)).toEqual({ holds: true, entries: 0, head: "0".repeat(64) });
});

test("entries are numbered in their order, also those that come at once, and the chain holds", async () => {
  await Promise.all([
    appendAudit(database, [record("first"), record("second")]),
    appendAudit(database, [record("third", { subject: "an image", outcome: "refused" })]),
    appendAudit(database, [record("fourth", { person: null, address: null, at: new Date("2026-05-02T10:00:00Z") })]),
  ]);
  const entries = await listAudit(database, { limit: 10 });
  expect(entries.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  expect(await verifyAudit(database)).toMatchObject({ holds: true, entries: 4, head: entries[0]!.hash });
});

test("who knows the newest entry goes on from it; who knows an older one, from what is there", async () => {
  const folderOfOthers = await mkdtemp(join(tmpdir(), "osteon-audit-"));
  const other = await openDatabase(join(folderOfOthers, "database"));
  try {
    const first = await appendAudit(other, [record("first")]);
    const second = await appendAudit(other, [record("second")], first);
    const third = await appendAudit(other, [record("third"), record("fourth")], first); // somebody else was faster
    expect([first.number, second.number, third.number]).toEqual([1, 2, 4]);
    expect(await verifyAudit(other, third)).toMatchObject({ holds: true, entries: 4, head: third.hash });
  } finally {
    await other.destroy();
    await rm(folderOfOthers, { recursive: true, force: true });
  }
});

test("entries are found by everything that they say", async () => {
  const actions = async (filter: object): Promise<string[]> =>
    (await listAudit(database, { limit: 10, ...filter })).map(({ action }) => action);
  expect(await actions({ person: "anna" })).toHaveLength(3);
  expect(await actions({ subject: "an image" })).toEqual(["third"]);
  expect(await actions({ outcome: "refused" })).toEqual(["third"]);
  expect(await actions({ action: "second" })).toEqual(["second"]);
  expect(await actions({ from: new Date("2026-05-02T00:00:00Z") })).toEqual(["fourth"]);
  expect(await actions({ to: new Date("2026-05-02T00:00:00Z") })).toHaveLength(3);
  expect(await actions({ before: 3 })).toEqual(["second", "first"]);
  expect(await actions({ limit: 1 })).toEqual(["fourth"]);
  expect(await listAuditActions(database)).toEqual(["first", "fourth", "second", "third"]);
});

test.each([
  "update audit_log set person = 'somebody else'",
  "update audit_log set hash = hash where number = 1",
  "delete from audit_log where number = 4",
  "delete from audit_log",
  "truncate audit_log",
])("the database refuses: %s", async (statement) => {
  await expect(sql.raw(statement).execute(database)).rejects.toThrow("The audit log only grows.");
  expect((await verifyAudit(database)).holds).toBe(true);
});

test("no number is given twice, and no outcome is made up", async () => {
  await expect(
    sql.raw("insert into audit_log values (4, now(), null, 'x', null, null, 'done', 'h')").execute(database),
  ).rejects.toThrow();
  await expect(appendAudit(database, [record("odd", { outcome: "perhaps" as "done" })])).rejects.toThrow();
  expect((await verifyAudit(database)).entries).toBe(4);
});

test.each([
  [
    "a person",
    "update audit_log set person = 'otto' where number = 2",
    "update audit_log set person = 'anna' where number = 2",
  ],
  [
    "a moment",
    "update audit_log set at = at + interval '1 second' where number = 2",
    "update audit_log set at = at - interval '1 second' where number = 2",
  ],
  [
    "an outcome",
    "update audit_log set outcome = 'failed' where number = 2",
    "update audit_log set outcome = 'done' where number = 2",
  ],
  [
    "a number",
    "update audit_log set number = 20 where number = 2",
    "update audit_log set number = 2 where number = 20",
  ],
])("%s that was changed past the triggers shows where", async (_, change, back) => {
  await tamper(change);
  expect(await verifyAudit(database)).toEqual({ holds: false, entries: 1, brokenAt: 2 });
  await tamper(back);
  expect((await verifyAudit(database)).holds).toBe(true);
});

test("entries that were cut off at the end show to who kept the newest hash", async () => {
  const head = (await listAudit(database, { limit: 1 }))[0]!;
  expect((await verifyAudit(database, head)).holds).toBe(true);
  await tamper("delete from audit_log where number = 4");
  expect((await verifyAudit(database)).holds).toBe(true); // which is why the newest hash is worth keeping
  expect(await verifyAudit(database, head)).toEqual({ holds: false, entries: 3, brokenAt: 4 });
  await appendAudit(database, [record("another fourth")]);
  expect(await verifyAudit(database, head)).toEqual({ holds: false, entries: 3, brokenAt: 4 });
});
