/** The tables of test/fixtures/tables, which were written by hand, each with errors of every kind and ordinary oddities. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { CellFinding, Contradiction } from "../../../clinic/findings.ts";
import { type CombinedRecords, combineRows, type PlacedValues } from "../../../clinic/tables/combine-rows.ts";
import type { TableMapping } from "../../../clinic/tables/mapping.ts";
import { proposeTableMapping, readBatches } from "./import-table.ts";
import { openTable } from "./open-table.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "..", "test", "fixtures", "tables");
const asOf = "2026-11-26";
const ordinary: ReadonlySet<string> = new Set(["synonym", "date-format", "number-format"]);
const mappings = JSON.parse(await readFile(join(folder, "mappings.json"), "utf8")) as Record<string, TableMapping>;

type Written = Partial<Omit<CellFinding, "rule"> & Omit<Contradiction, "rule">> & { readonly rule: string };
const keyOf = ({ rule, table, line, column, patient, otherPatient, case: of }: Written): string =>
  line === undefined
    ? [rule, ...[patient, otherPatient].filter((one) => one !== undefined).sort(), of ?? ""].join(" ")
    : [rule, table, line, column].join(" ");
const linesOf = async <T>(name: string): Promise<T[]> =>
  (await readFile(join(folder, name), "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

let found: string[];
let records: CombinedRecords;

beforeAll(async () => {
  const values: PlacedValues[] = [];
  const findings: CellFinding[] = [];
  for (const [name, mapping] of Object.entries(mappings)) {
    for await (const batch of readBatches(await openTable(join(folder, name)), { mapping, asOf })) {
      values.push(...batch.values);
      findings.push(...batch.findings.filter(({ rule }) => !ordinary.has(rule)));
    }
  }
  records = combineRows(values);
  found = [...findings, ...records.contradictions].map(keyOf).sort();
});

test.each(Object.keys(mappings))("every heading of %s is proposed as it is meant", async (name) => {
  const { columns } = await proposeTableMapping(join(folder, name), { asOf });
  const fields = ({ columns: some }: Pick<TableMapping, "columns">) =>
    some.map(({ column, field }) => `${column}: ${field}`);
  expect(fields({ columns })).toEqual(fields(mappings[name]!));
});

test("every error is found, and nothing else is taken for one", async () => {
  const truth = (await linesOf<Written>("truth.jsonl")).map(keyOf).sort();
  expect(truth).toHaveLength(201);
  expect(found).toEqual(truth);
});

test("the records hold what the tables say", async () => {
  const patients = new Map(records.patients.map((record) => [record.patient as string, record]));
  const cases = new Map(records.cases.map((record) => [record.case, record]));
  const wanted = await linesOf<{ patient?: string; case?: string; field: string; value: unknown }>("values.jsonl");
  const read = wanted.map(({ patient, case: of, field }) => {
    const record: unknown = of === undefined ? patients.get(patient!) : cases.get(of);
    const value = field
      .split(".")
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], record);
    return { ...(of === undefined ? { patient } : { case: of }), field, value };
  });
  expect(read).toEqual(wanted);
});
