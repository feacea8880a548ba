/**
 * The reading of the tables of test/fixtures/tables, which were written by hand before their writer had seen the reader: all
 * errors together, each kind apart, and the share of values that are right. Part of `npm run bench -- his`.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CellFinding, Contradiction } from "../src/clinic/findings.ts";
import { type CombinedRecords, combineRows, type PlacedValues } from "../src/clinic/tables/combine-rows.ts";
import type { TableMapping } from "../src/clinic/tables/mapping.ts";
import { openTable, proposeTableMapping, readBatches } from "../src/systems/cohort/index.ts";
import type { BenchOptions, Figure } from "./figure.ts";

/** An error of the truth; a cell or row by its place, a contradiction by its patient. */
interface WrittenError extends Partial<Pick<CellFinding, "table" | "line" | "column">> {
  readonly rule: string;
  readonly patient?: string;
  readonly case?: string;
  readonly otherPatient?: string;
}

/** What a patient or a case truly has in a field. */
interface TrueValue {
  readonly patient?: string;
  readonly case?: string;
  readonly field: string;
  readonly value: string | number;
}

const folder = join(import.meta.dirname, "..", "test", "fixtures", "tables");
const tables = ["patienten.csv", "faelle.csv", "visits.tsv"];
/** What is told one by one. */
const mostTold = 30;
/** The day they were written. */
const asOf = "2026-11-26";
/** Ordinary ways of writing, which the truth leaves out. */
const ordinary: ReadonlySet<string> = new Set(["synonym", "date-format", "number-format"]);

/** Measures with the mapping as it is proposed, and tells every heading that was not proposed as it should be. */
export const measureHandWrittenTables = async ({ say }: Pick<BenchOptions, "say">): Promise<Figure[]> => {
  const proposed = new Map<string, TableMapping>();
  for (const name of tables) proposed.set(name, await proposeTableMapping(join(folder, name), { asOf }));
  const checked = JSON.parse(await readFile(join(folder, "mappings.json"), "utf8")) as Record<string, TableMapping>;
  let headings = 0;
  let right = 0;
  for (const name of tables) {
    for (const { column, field } of checked[name]!.columns) {
      const guess = proposed.get(name)!.columns.find((one) => one.column === column)?.field ?? null;
      headings += 1;
      if (guess === field) right += 1;
      else say(`  ${name}: "${column}" is proposed as ${guess}, not ${field}`);
    }
  }
  const figures: Figure[] = [
    { name: `hand-written tables: headings proposed rightly (of ${headings})`, value: right / headings, unit: "" },
    ...(await scoresWith((name) => proposed.get(name)!, "as proposed", say)),
  ];
  if (right === headings) return figures;
  return [...figures, ...(await scoresWith((name) => checked[name]!, "mapping corrected", say))];
};

const scoresWith = async (
  mappingOf: (name: string) => TableMapping,
  how: string,
  say: (line: string) => void,
): Promise<Figure[]> => {
  const values: PlacedValues[] = [];
  const findings: CellFinding[] = [];
  for (const name of tables) {
    for await (const batch of readBatches(await openTable(join(folder, name)), { mapping: mappingOf(name), asOf })) {
      values.push(...batch.values);
      findings.push(...batch.findings.filter(({ rule }) => !ordinary.has(rule)));
    }
  }
  const combined = combineRows(values);
  const wanted = (await readLines<WrittenError>("truth.jsonl")).map(keyOf);
  const found = new Set([...findings, ...combined.contradictions].map(keyOf));
  const wantedKeys = new Set(wanted);
  const negatives = await readLines<WrittenError>("hard-negatives.jsonl");
  const places = new Set(negatives.map(({ table, line, column }) => JSON.stringify([table, line, column])));
  const flagged = findings.filter(({ rule, table, line, column }) => {
    const place = JSON.stringify([table, line, column]);
    return places.has(place) && !wantedKeys.has(keyOf({ rule, table, line, column }));
  });
  for (const { rule, table, line, column } of flagged) say(`  flagged, and right: ${rule} ${table}:${line} ${column}`);
  say(`Hand-written tables, ${how}:`);
  const score = (rule: string | undefined): Figure[] => {
    const isOf = (key: string): boolean => rule === undefined || (JSON.parse(key) as [string])[0] === rule;
    const [truth, told] = [[...wantedKeys].filter(isOf), [...found].filter(isOf)];
    const hits = told.filter((key) => wantedKeys.has(key)).length;
    const name = `hand-written, ${how}: ${rule ?? "all kinds"}`;
    return [
      { name: `${name} precision (${hits} of ${told.length})`, value: told.length === 0 ? 0 : hits / told.length },
      { name: `${name} recall (${hits} of ${truth.length})`, value: truth.length === 0 ? 0 : hits / truth.length },
    ].map((one) => ({ ...one, unit: "", ...(rule === undefined ? { wanted: ">= 0.95" } : {}) }));
  };
  for (const key of [...wantedKeys].filter((one) => !found.has(one)).sort()) say(`  missed: ${key}`);
  const extra = [...found].filter((one) => !wantedKeys.has(one)).sort();
  for (const key of extra.slice(0, mostTold)) say(`  not an error: ${key}`);
  if (extra.length > mostTold) say(`  not an error: ${extra.length - mostTold} more`);
  const rules = [...new Set([...wantedKeys, ...found].map((key) => (JSON.parse(key) as [string])[0]))].sort();
  return [
    ...score(undefined),
    ...rules.flatMap(score),
    {
      name: `hand-written, ${how}: hard negatives left alone (of ${places.size})`,
      value: 1 - flagged.length / places.size,
      unit: "",
    },
    await shareOfRightValues(combined, how, say),
  ];
};

/** A person's two numbers in one order; a cell by its place. */
const keyOf = (error: WrittenError | CellFinding | Contradiction): string => {
  const { rule, table, line, column, patient, case: of, otherPatient } = error as WrittenError;
  if (line !== undefined) return JSON.stringify([rule, table, line, column]);
  const numbers = [patient, otherPatient].filter((number) => number !== undefined).sort();
  return JSON.stringify([rule, ...numbers, ...(of === undefined ? [] : [of])]);
};

const shareOfRightValues = async (
  combined: CombinedRecords,
  how: string,
  say: (line: string) => void,
): Promise<Figure> => {
  const truth = await readLines<TrueValue>("values.jsonl");
  const patients = new Map(combined.patients.map((record) => [record.patient as string, record]));
  const cases = new Map(combined.cases.map((record) => [record.case, record]));
  let right = 0;
  let told = 0;
  for (const { patient, case: of, field, value } of truth) {
    const record = of === undefined ? patients.get(patient!) : cases.get(of);
    const read = field
      .split(".")
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], record);
    if (read === value) right += 1;
    else if (told++ < mostTold) say(`  value: ${patient ?? of} ${field} is ${value}, read as ${read}`);
  }
  return {
    name: `hand-written, ${how}: values read rightly (${right} of ${truth.length})`,
    value: right / truth.length,
    unit: "",
  };
};

const readLines = async <T>(name: string): Promise<T[]> =>
  (await readFile(join(folder, name), "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
