/** `osteon import table` and `osteon doubts` as their user runs them. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOsteon } from "../../scripts/osteon-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-table-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const osteon = (...words: string[]) => startOsteon([...words, "--home", join(folder, "home")]).finished;

test("a table is imported by the confirmed proposal; doubts are listed, exported without formulas, and decided", async () => {
  const table = join(folder, "cases.csv");
  const secret = "Geheimname";
  await writeFile(
    table,
    `Fallnummer;Patientennummer;Nachname;Endgültige Diagnose;Diagnosedatum\nF1;P1;${secret};Osteosarkmo;12.05.2016\nF2;P2;X;=HYPERLINK("x");12.05.16\n`,
    "latin1",
  );
  const proposed = await osteon("import", "table", table, "--json");
  expect([proposed.code, JSON.parse(proposed.stdout)]).toMatchObject([0, { imported: false }]);
  const mapping = JSON.parse(await readFile(`${table}.mapping.json`, "utf8"));
  expect(mapping.columns.map(({ field }: { field: string }) => field)).toEqual([
    "case",
    "patient",
    "familyName",
    "finalEntity",
    "diagnosisDate",
  ]);

  const imported = await osteon("import", "table", table, "--mapping", `${table}.mapping.json`, "--json");
  expect(JSON.parse(imported.stdout)).toMatchObject({
    imported: true,
    rows: 2,
    cases: 2,
    findings: { "misspelt-entity": 1, "unknown-entity": 1, "two-digit-year": 1, "date-format": 1 },
  });
  expect(imported.stdout + imported.stderr + proposed.stdout + proposed.stderr).not.toContain(secret);

  const listed = JSON.parse((await osteon("doubts", "list", "--json", "--state", "open")).stdout);
  const misspelt = listed.findings.find(({ rule }: { rule: string }) => rule === "misspelt-entity");
  expect(misspelt).toMatchObject({ table: "cases.csv", line: 2, original: "Osteosarkmo", value: "Osteosarcoma" });
  const decided = await osteon("doubts", "decide", misspelt.id, "--value", "Enchondrom", "--by", "A. Person");
  expect([decided.code, decided.stdout]).toEqual([0, `${misspelt.id} is corrected.\n`]);
  const still = JSON.parse((await osteon("doubts", "list", "--json", "--state", "corrected")).stdout);
  expect(still.findings).toMatchObject([{ decision: { state: "corrected", by: "A. Person", value: "Enchondrom" } }]);

  const csv = join(folder, "doubts.csv");
  await osteon("doubts", "list", "--csv", csv);
  const text = await readFile(csv, "utf8");
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  expect(text).not.toMatch(/(^|,)"?=/m);

  const misspeltRule = await osteon("doubts", "list", "--rule", "mispelt-entity");
  expect(misspeltRule.stderr).toContain("the rules are synonym");
  const wrong = await osteon("doubts", "decide", misspelt.id, "--by", "A. Person");
  expect([wrong.code, wrong.stderr]).toEqual([2, "osteon: Say one of --accept, --value and --reopen.\n"]);
});
