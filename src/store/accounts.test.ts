import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAccount, changeAccount, renewIssuedAccount } from "./accounts.ts";
import { type Database, openDatabase } from "./database.ts";

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-accounts-"));
  database = await openDatabase(join(folder, "database"));
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

test("two people of one name are told apart by their logins, whoever comes in and however they are renamed", async () => {
  const createdAt = new Date("2026-01-01T00:00:00Z");
  const add = (id: string, login: string, name: string) =>
    addAccount(database, { id, login, name, role: "annotator", createdAt, proof: { issuer: "here", subject: id } });
  expect((await add("1", "anna", "Anna Meier")).name).toBe("Anna Meier");
  expect((await add("2", "AMEIER", "Anna Meier")).name).toBe("Anna Meier (ameier)");
  const renew = (id: string) =>
    renewIssuedAccount(database, id, { name: "Anna Meier", role: "annotator", loggedInAt: createdAt });
  expect((await renew("1")).name).toBe("Anna Meier");
  expect((await renew("2")).name).toBe("Anna Meier (ameier)");
  await add("3", "otto", "Otto Weiss");
  expect((await changeAccount(database, "3", { name: "Anna Meier" })).name).toBe("Anna Meier (otto)");
  expect((await changeAccount(database, "3", { name: "Otto Weiss" })).name).toBe("Otto Weiss");
});
