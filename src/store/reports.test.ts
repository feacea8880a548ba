import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patientId } from "../clinic/ids.ts";
import { readReport } from "../clinic/reports/read-report.ts";
import { type Database, openDatabase } from "./database.ts";
import { migrations } from "./migrations.ts";
import { listReports, reportFingerprints, type StoredReport, writeReports } from "./reports.ts";

let folder: string;
let database: Database;

/** The database begins as one of an earlier version, with a picture in it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-stored-reports-"));
  const client = await PGlite.create(join(folder, "database"));
  await client.exec("create table osteon_version (version integer primary key)");
  for (const { version, statements } of migrations.filter((migration) => migration.version < 5)) {
    for (const statement of statements) await client.exec(statement);
    await client.exec(`insert into osteon_version values (${version})`);
  }
  await client.exec("insert into quarantine (id, file_name, code, detail) values ('q', 'f', 'c', 'd')");
  await client.close();
  database = await openDatabase(join(folder, "database"));
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const report = (id: string, more: Partial<StoredReport> = {}): StoredReport => ({
  id,
  patient: patientId("P"),
  case: null,
  date: null,
  kind: null,
  text: "V. a. Enchondrom.",
  fields: readReport("V. a. Enchondrom."),
  stage: null,
  fingerprint: `of ${id}`,
  ...more,
});

test("a home of an earlier version takes reports and keeps what it had", async () => {
  await writeReports(database, []);
  expect(await listReports(database)).toEqual([]);
  expect(await database.selectFrom("quarantine").select("id").execute()).toEqual([{ id: "q" }]);
});

test("reports come back as they were, by date and by patient; a number written again takes the place", async () => {
  const late = report("a", { date: "2019-03", kind: "pathology", case: "C", stage: "postoperative" });
  const early = report("b", { date: "2018-01-02" });
  await writeReports(database, [late, early, report("c", { patient: patientId("Q") })]);
  expect(await listReports(database, patientId("P"))).toEqual([early, late]);
  await writeReports(database, [{ ...late, text: "Enchondrom.", fingerprint: "new" }]);
  expect((await listReports(database)).map(({ id }) => id)).toEqual(["b", "a", "c"]);
  expect((await reportFingerprints(database)).get("a")).toBe("new");
});

test("what fails leaves nothing behind", async () => {
  await expect(writeReports(database, [report("x"), report("y", { text: "\0" })])).rejects.toThrow();
  expect((await reportFingerprints(database)).has("x")).toBe(false);
});
