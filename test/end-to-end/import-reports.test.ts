/** `osteon import reports` as its user runs it. The reports are made up. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-import-reports-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a table of reports comes in once, and nothing of a patient is told", async () => {
  const table = join(folder, "reports.csv");
  const home = join(folder, "home");
  await writeFile(
    table,
    "report;patient;date;text\nR1;Mustermann-77;12.03.2019;Präoperativ. V. a. Enchondrom.\nR2;;;Kein Osteosarkom.\nR3;P3;gestern;Z. n. Kürettage.\n",
  );
  const first = await osteon(["import", "reports", table, "--home", home]);
  expect(first.code).toBe(0);
  expect(first.stdout).toBe("2 reports imported, 0 updated, 0 unchanged.\n  untreated: 1\n  postoperative: 1\n");
  expect(first.stderr).toContain("line 3: The row names no patient; it was left out.");
  expect(first.stderr).toContain("line 4: The date is none of the calendar; it was left out.");
  expect(first.stdout + first.stderr).not.toMatch(/Mustermann|gestern|Enchondrom/);
  const again = jsonLines<{ unchanged: number }>(await osteon(["import", "reports", table, "--home", home, "--json"]));
  expect(again).toMatchObject([{ imported: 0, updated: 0, unchanged: 2 }]);
});

test("a folder without a list is refused with what it needs", async () => {
  const refused = await startOsteon(["import", "reports", folder, "--home", join(folder, "other")]).finished;
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("has no index.csv; it lists the reports: report, patient, case, date, kind.");
});
