import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fhirTable } from "./fhir-table.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-fhir-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a line that is no resource gives a row without a patient, so that it is told of; other resources give none", async () => {
  const patient = { resourceType: "Patient", id: "1", gender: "female" };
  const lines = [
    JSON.stringify(patient),
    JSON.stringify({ ...patient, birthDate: null }),
    '{"resourceType": "Patient", "id": "2"',
    "",
    JSON.stringify({ resourceType: "Medication", id: "3" }),
    JSON.stringify({ ...patient, id: "4", note: "x".repeat(3 * 2 ** 20) }),
    JSON.stringify({ ...patient, id: "5" }),
  ];
  const path = join(folder, "resources.ndjson");
  await writeFile(path, lines.join("\r\n"));
  const table = fhirTable(path);
  const rows = await Array.fromAsync(table.rows());
  const column = (name: string) => table.header.indexOf(name);
  expect(rows.map(({ line, cells }) => [line, cells[column("patient")]])).toEqual([
    [1, "1"],
    [2, ""],
    [3, ""],
    [6, ""],
    [7, "5"],
  ]);
  expect(rows[1]!.cells[column("case")]).toBe("(line 2 is no resource that can be read)");
});
