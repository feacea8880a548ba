/**
 * The reading of hospital tables on the synthetic centre: how many of the planted errors are found, how many findings are
 * such errors, and whether the records then say what is true. `npm run bench -- his [FOLDER]`, a centre of 2,000 patients by
 * default, and then the hand-written tables too; `his hand-written` measures those alone.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CellFinding } from "../src/clinic/findings.ts";
import type { CaseRecord, PatientRecord } from "../src/clinic/records.ts";
import { type CombinedRecords, combineRows, type PlacedValues } from "../src/clinic/tables/combine-rows.ts";
import { openTable, proposeTableMapping, readBatches } from "../src/systems/cohort/index.ts";
import type { Bench, BenchOptions, Figure } from "./figure.ts";
import { measureHandWrittenTables } from "./hand-written-tables.ts";

/** A planted error of a cell or row, or a planted contradiction. */
interface PlantedError {
  readonly rule: string;
  readonly table?: string;
  readonly line?: number;
  readonly column?: string;
  readonly patient?: string;
  readonly case?: string;
  readonly otherPatient?: string;
}

const tables = ["patients.csv", "cases.csv", "follow-up.xlsx"];
/** A day after everything in the centre's tables. */
const asOf = "2026-01-01";
const patients = 2000;

export const his: Bench = async (options) => {
  const [folder] = options.args;
  if (folder === "hand-written") return measureHandWrittenTables(options);
  if (folder !== undefined) return measure(folder, options);
  const made = await mkdtemp(join(tmpdir(), "osteon-his-"));
  try {
    options.say(`Writing the tables of ${patients} patients.`);
    const { writeHisTables } = await import("../src/phantom/records/write-his-tables.ts");
    await writeHisTables(made, { patients, seed: 0 });
    return [...(await measure(made, options)), ...(await measureHandWrittenTables(options))];
  } finally {
    await rm(made, { recursive: true, force: true });
  }
};

const measure = async (folder: string, { say }: BenchOptions): Promise<Figure[]> => {
  const start = performance.now();
  const values: PlacedValues[] = [];
  const findings: CellFinding[] = [];
  let rows = 0;
  for (const name of tables) {
    const path = join(folder, "his", name);
    const mapping = await proposeTableMapping(path, { asOf });
    for await (const batch of readBatches(await openTable(path), { mapping, asOf })) {
      values.push(...batch.values);
      findings.push(...batch.findings);
      rows += batch.rows;
    }
  }
  const combined = combineRows(values);
  const seconds = (performance.now() - start) / 1000;
  say(`${rows} rows, ${findings.length} findings, ${combined.contradictions.length} contradictions.`);
  const planted = await readLines<PlantedError>(join(folder, "truth", "errors.jsonl"));
  return [
    ...scoresOf(planted, [...findings.map(cellKey), ...combined.contradictions.map(contradictionKey)], say),
    ...(await fieldScores(folder, combined, { untouched: untouchedBy(planted, values), say })),
    { name: "rows a second", value: rows / seconds, unit: "rows/s" },
  ];
};

const readLines = async <T>(path: string): Promise<T[]> =>
  (await readFile(path, "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

const tableName = (table: string | undefined): string => table?.split("/").at(-1) ?? "";

const cellKey = ({ rule, table, line, column }: PlantedError): string =>
  JSON.stringify([rule, tableName(table), line, column ?? ""]);

const contradictionKey = ({ rule, patient, case: of, otherPatient }: PlantedError): string => {
  if (otherPatient !== undefined && rule === "same-person-two-ids") {
    return JSON.stringify([rule, ...[patient, otherPatient].sort()]);
  }
  return JSON.stringify([rule, patient, ...(of === undefined ? [] : [of])]);
};

/** Precision and recall of every rule that was planted, counted by cells, rows and patients. */
const scoresOf = (
  planted: readonly PlantedError[],
  found: readonly string[],
  say: (line: string) => void,
): Figure[] => {
  const wantedKeys = new Set(
    planted.map((error) => (error.line === undefined ? contradictionKey(error) : cellKey(error))),
  );
  const foundKeys = new Set(found);
  const ruleOf = (key: string): string => (JSON.parse(key) as [string])[0];
  const rules = [...new Set([...wantedKeys].map(ruleOf))].sort();
  return rules.flatMap((rule) => {
    const wanted = [...wantedKeys].filter((key) => ruleOf(key) === rule);
    const told = [...foundKeys].filter((key) => ruleOf(key) === rule);
    const hits = told.filter((key) => wantedKeys.has(key)).length;
    for (const key of wanted.filter((one) => !foundKeys.has(one)).slice(0, 3)) say(`  missed: ${key}`);
    for (const key of told.filter((one) => !wantedKeys.has(one)).slice(0, 3)) say(`  not planted: ${key}`);
    const counts = `${wanted.length} planted, ${told.length} found`;
    return [
      {
        name: `${rule} precision (${counts})`,
        value: told.length === 0 ? 0 : hits / told.length,
        unit: "",
        wanted: ">= 0.95",
      },
      { name: `${rule} recall`, value: hits / wanted.length, unit: "", wanted: ">= 0.95" },
    ];
  });
};

/** Rules of spellings and empty cells: the records must be right whatever of these a table has. */
const harmless: ReadonlySet<string> = new Set(["synonym", "date-format", "number-format", "placeholder"]);

/** The patients without any other planted error. */
const untouchedBy = (
  planted: readonly PlantedError[],
  values: readonly PlacedValues[],
): ((patient: string) => boolean) => {
  const errors = planted.filter(({ rule }) => !harmless.has(rule));
  const places = new Set(errors.map(({ table, line }) => `${tableName(table)}:${line}`));
  const touched = new Set(errors.flatMap(({ patient, otherPatient }) => [patient ?? "", otherPatient ?? ""]));
  for (const { table, line, values: row } of values) {
    if (places.has(`${table}:${line}`)) touched.add(row.patient ?? "");
  }
  return (patient) => !touched.has(patient);
};

/** The shares of true patients, cases and their fields that the records have as they are. */
const fieldScores = async (
  folder: string,
  combined: CombinedRecords,
  { untouched, say }: { readonly untouched: (patient: string) => boolean; readonly say: (line: string) => void },
): Promise<Figure[]> => {
  const truePatients = await readLines<PatientRecord>(join(folder, "truth", "patients.jsonl"));
  const trueCases = await readLines<CaseRecord>(join(folder, "truth", "cases.jsonl"));
  const patientOf = new Map(combined.patients.map((record) => [record.patient as string, record]));
  const caseOf = new Map(combined.cases.map((record) => [record.case, record]));
  const differ = new Map<string, number>();
  const all = { fields: 0, equal: 0 };
  const clean = { fields: 0, equal: 0 };
  const rowsOf = new Set(
    combined.cases.filter((one) => one.final ?? one.preliminary ?? one.site).map((one) => one.case),
  );
  const compare = (what: string, truth: PatientRecord | CaseRecord, read: object | undefined): void => {
    const [a, b] = [flat(truth), flat(read ?? {})];
    // A row that was left out whole, as planted, tells nothing of how the others were read.
    const isClean = untouched(truth.patient) && read !== undefined && (!("case" in truth) || rowsOf.has(truth.case));
    for (const name of new Set([...a.keys(), ...b.keys()])) {
      const isEqual = a.get(name) === b.get(name);
      for (const counts of isClean ? [all, clean] : [all]) {
        counts.fields += 1;
        counts.equal += isEqual ? 1 : 0;
      }
      if (!isEqual && isClean) differ.set(`${what}.${name}`, (differ.get(`${what}.${name}`) ?? 0) + 1);
    }
  };
  for (const record of truePatients) compare("patient", record, patientOf.get(record.patient));
  for (const record of trueCases) compare("case", record, caseOf.get(record.case));
  const worst = [...differ].sort(([, a], [, b]) => b - a).slice(0, 25);
  for (const [name, number] of worst) say(`  differs from the truth: ${name} (${number})`);
  return [
    { name: `fields as they are in truth (of ${all.fields})`, value: all.equal / all.fields, unit: "" },
    {
      name: `the same, of rows without planted errors (of ${clean.fields})`,
      value: clean.equal / clean.fields,
      unit: "",
    },
    {
      name: `patients found (of ${truePatients.length})`,
      value: truePatients.filter(({ patient }) => patientOf.has(patient)).length / truePatients.length,
      unit: "",
    },
    {
      name: `cases found (of ${trueCases.length})`,
      value: trueCases.filter((record) => caseOf.has(record.case)).length / trueCases.length,
      unit: "",
    },
  ];
};

/** Every value of a record by its path; lists by their place, a treatment's wording left out, for tables word it otherwise. */
const flat = (value: object, path = ""): Map<string, unknown> => {
  const values = new Map<string, unknown>();
  for (const [name, inner] of Object.entries(value)) {
    if (name === "detail") continue;
    const place = Array.isArray(value) ? "*" : name;
    const key = path === "" ? place : `${path}.${place}`;
    if (typeof inner === "object" && inner !== null) {
      for (const [deep, leaf] of flat(inner, key)) values.set(Array.isArray(value) ? `${deep}#${name}` : deep, leaf);
    } else values.set(key, inner);
  }
  return values;
};
