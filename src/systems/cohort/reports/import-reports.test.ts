/** Reports from a folder and from a table, once and again; a home of an earlier version. The reports are made up. */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patientId } from "../../../clinic/ids.ts";
import { type Home, listReports, openHome } from "../../../store/index.ts";
import { importReports } from "./import-reports.ts";
import { parseReportList } from "./report-list.ts";

let folder: string;
let home: Home;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-reports-"));
  home = await openHome(join(folder, "home"), { command: "a test", create: true, since: "2020-01-01T00:00:00.000Z" });
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const write = async (name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> => {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
  return path;
};

test("a folder comes in once, is corrected, and tells what is wrong with it", async () => {
  const latin = Buffer.from("Präoperativ. V. a. Enchondrom der Tibia links, Größe 3 cm.", "latin1");
  const path = await write("centre", {
    "index.csv": [
      "report,patient,case,date,kind",
      "R1,P1,C1,2019-03-12,radiology",
      "R2,P1,C1,12.05.2019,Pathologie",
      "R3,P2,,2019-02-30,fax",
      "R4,P3,,,radiology",
      ",P4,,,",
      "R5,,,,",
      "R1,P9,,,",
      "../R6,P6,,,",
    ].join("\n"),
    "R1.txt": latin,
    "R2.txt": "Resektat: Osteosarkom.\0",
    "R3.txt": "Kein Anhalt für ein Osteosarkom.",
    "stray.txt": "Not in the list.",
  });
  const first = await importReports(home, path);
  expect(first).toMatchObject({
    imported: 3,
    updated: 0,
    unchanged: 0,
    stages: { untreated: 1, postoperative: 1, "not told": 1, pretreated: 0, "under therapy": 0 },
  });
  expect(first.problems.map(({ code, line }) => [code, line])).toEqual([
    ["bad-date", 4],
    ["bad-kind", 4],
    ["no-report", 6],
    ["no-patient", 7],
    ["repeated-report", 8],
    ["not-listed", undefined],
    ["missing-file", 5],
    ["missing-file", 9],
  ]);
  const stored = await listReports(home.database, patientId("P1"));
  expect(stored.map(({ id, case: case_, date, kind, stage }) => [id, case_, date, kind, stage])).toEqual([
    ["R1", "C1", "2019-03-12", "radiology", "untreated"],
    ["R2", "C1", "2019-05-12", "pathology", "postoperative"],
  ]);
  expect(stored[0]!.fields).toMatchObject({ site: { value: "tibia" }, sizeMm: { value: [30] } });
  expect(stored[0]!.text).toContain("Größe");

  expect(await importReports(home, path)).toMatchObject({ imported: 0, updated: 0, unchanged: 3 });
  await writeFile(join(path, "R3.txt"), "V. a. Osteosarkom.");
  expect(await importReports(home, path)).toMatchObject({ imported: 0, updated: 1, unchanged: 2 });
  const [corrected] = await listReports(home.database, patientId("P2"));
  expect(corrected?.fields.diagnoses.map(({ value }) => value)).toEqual([
    { entity: "Osteosarcoma", certainty: "suspected" },
  ]);
});

test("a table of texts comes in; a killed import goes on", async () => {
  const rows = Array.from({ length: 250 }, (_, i) =>
    `T${i};Q${i};Z. n. Kürettage. "Zitat" Nr. ${i}`.replaceAll('"', ""),
  );
  const table = await write("table", { "texts.csv": ["Befundnummer;Patientennummer;Befundtext", ...rows].join("\n") });
  const interrupt = new AbortController();
  const half = importReports(home, join(table, "texts.csv"), {
    signal: interrupt.signal,
    onProgress: (done) => {
      if (done === 120) interrupt.abort();
    },
  });
  await expect(half).rejects.toMatchObject({ code: "interrupted" });
  const rest = await importReports(home, join(table, "texts.csv"));
  expect(rest.unchanged).toBeGreaterThanOrEqual(120);
  expect(rest.imported + rest.unchanged).toBe(250);
  expect((await listReports(home.database)).filter(({ id }) => id.startsWith("T"))).toHaveLength(250);
});

test("what is no list of reports is refused in a sentence", async () => {
  await expect(importReports(home, join(folder, "nowhere"))).rejects.toThrow("There is no file or folder");
  await expect(importReports(home, await write("empty", {}))).rejects.toThrow("has no index.csv");
  const parse = (text: string) => parseReportList(new TextEncoder().encode(text), { withTexts: true });
  expect(() => parse("report,patient\nR1,P1")).toThrow('needs a column "text"');
  expect(() => parse("report,report,patient,text")).toThrow('has the column "report" more than once');
  expect(() => parse("")).toThrow('needs a column "report"');
  expect(() => parse('report;patient;text\nR1;P1;"offen\nR2;P2;b')).toThrow(/at line \d+; look for a quotation mark/);
});

test("cells may have line breaks and quotes; too many cells leave a row out", () => {
  const { rows, problems } = parseReportList(
    new TextEncoder().encode(
      '\ufeffreport\tpatient\ttext\nR1\tP1\t"Befund:\nEnchondrom ""klein"""\nR2\tP2\ta\tb\nR3\tP3\t',
    ),
    { withTexts: true },
  );
  expect(rows.map(({ report, text }) => [report, text])).toEqual([["R1", 'Befund:\nEnchondrom "klein"']]);
  expect(problems.map(({ code }) => code)).toEqual(["extra-cells", "no-text"]);
});
