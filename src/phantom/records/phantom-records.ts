/**
 * The records of the synthetic centre: what is true of its patients, the hospital's tables with their errors, and where each
 * error sits. Nothing is drawn here.
 */
import type { CellRule } from "../../clinic/findings.ts";
import { Random } from "../../numeric/random.ts";
import { cellPlanters } from "./cell-planters.ts";
import type { CentrePatient } from "./centre-patient.ts";
import { centreTruth, type RecordsOptions } from "./centre-truth.ts";
import { contradictionPlanters } from "./contradiction-planters.ts";
import { type Chart, chartOf } from "./his-rows.ts";
import { type AddedRow, mayCarry, type PlantedContradiction, type Planter } from "./plant.ts";
import { plantedPerKind } from "./planted-per-kind.ts";
import { caseReports, type PhantomReport } from "./reports/case-reports.ts";
import { type FlowStep, standardFlow } from "./standard-flow.ts";
import { type AnyRow, caseColumns, patientColumns, visitColumns } from "./table-row.ts";

/** A table as it is written. */
export interface PhantomTable {
  readonly name: "patients.csv" | "cases.csv" | "follow-up.xlsx";
  readonly columns: readonly string[];
  readonly rows: readonly AnyRow[];
}

/** A cell, or with an empty column a row, of which a reader should note something. */
export interface PlantedFinding {
  readonly table: string;
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  readonly column: string;
  readonly rule: CellRule;
}

/** The records of a centre. */
export interface PhantomRecords {
  readonly patients: readonly CentrePatient[];
  readonly tables: readonly PhantomTable[];
  readonly findings: readonly PlantedFinding[];
  readonly contradictions: readonly PlantedContradiction[];
  readonly flow: readonly FlowStep[];
  readonly reports: readonly PhantomReport[];
}

/**
 * Puts every error into patients of its own, so that none hides another.
 * The few that must come last are those that many patients suit.
 */
const plantAll = (charts: readonly Chart[], count: number, random: Random) => {
  const free = Array.from(random.permutation(charts.length), (i) => charts[i]!).filter(
    ({ patient }) => patient.cases.length === 1 && !patient.oddity && !patient.exclusion && !isPair(patient, charts),
  );
  const contradictions: PlantedContradiction[] = [];
  const added: AddedRow[] = [];
  const narrow: readonly Planter[] = [...contradictionPlanters, ...cellPlanters];
  const order = narrow.toSorted((a, b) => rank(a) - rank(b));
  for (const planter of order) {
    const chance = random.fork("plant", planter.rule);
    const pool = copied.includes(planter.rule) ? unshifted(charts, random) : free;
    let planted = 0;
    for (let at = 0; at < pool.length && planted < count; ) {
      const chart = pool[at]!;
      const result = mayCarry(chart.patient, planter.carrier) ? planter.plant(chart, chance, free) : undefined;
      if (result === undefined) {
        at += 1;
        continue;
      }
      pool.splice(at, 1);
      planted += 1;
      if (result.added) added.push(result.added);
      if (result.contradiction) contradictions.push({ ...result.contradiction, patient: chart.patient.record.patient });
    }
  }
  return { contradictions, added };
};

/** A copied row may be one with an error in it: only the copy as a whole is told of. */
const copied: readonly string[] = ["repeated-row", "no-patient"];

const unshifted = (charts: readonly Chart[], random: Random): Chart[] =>
  Array.from(random.permutation(charts.length), (i) => charts[i]!).filter(
    ({ patient, caseRows }) => !patient.exclusion && caseRows.every(({ rule }) => rule === undefined),
  );

const scarce = [
  "site-side",
  "death-before-treatment",
  "death-date-conflict",
  "invalid-tnm",
  "treatment-before-diagnosis",
  "follow-up-after-death",
  "death-before-diagnosis",
];
const carriers = ["no tumour of bone", "not of the study", "anyone"];
const rank = ({ rule, carrier }: Planter): number =>
  copied.includes(rule) ? 9 : scarce.includes(rule) ? 0 : 1 + carriers.indexOf(carrier);

const isPair = (patient: CentrePatient, charts: readonly Chart[]): boolean =>
  patient.samePersonAs !== undefined || firstNumbers(charts).has(patient.record.patient);

const firstNumbersOf = new WeakMap<readonly Chart[], ReadonlySet<string>>();
const firstNumbers = (charts: readonly Chart[]): ReadonlySet<string> => {
  const known = firstNumbersOf.get(charts) ?? new Set(charts.flatMap(({ patient }) => patient.samePersonAs ?? []));
  firstNumbersOf.set(charts, known);
  return known;
};

/** The rows in their order, the added ones a few rows below the one they belong to. */
const withAdded = (rows: readonly AnyRow[], added: readonly AddedRow[], random: Random): AnyRow[] => {
  const places = new Map(rows.map((row, i) => [row, i]));
  const later = added.map(({ after, row }) => ({ row, place: places.get(after)! + 0.5 + random.integer(12) }));
  return [...rows.map((row, place) => ({ row, place })), ...later]
    .toSorted((a, b) => a.place - b.place)
    .map(({ row }) => row);
};

const findingsIn = ({ name, columns, rows }: PhantomTable): PlantedFinding[] =>
  rows.flatMap(({ cells, rule }, i) => {
    const line = i + 2;
    if (rule) return [{ table: name, line, column: "", rule }];
    return columns.flatMap((column) => {
      const found = cells[column]?.rule;
      return found ? [{ table: name, line, column, rule: found }] : [];
    });
  });

/**
 * The records, the same for the same seed on every machine.
 * @example
 * phantomRecords({ patients: 2000, seed: 41 }).flow.at(-1)?.remaining;
 * @throws OsteonError `bad-usage` for fewer than one patient or more than 9999
 */
export const phantomRecords = (options: RecordsOptions): PhantomRecords => {
  const random = new Random(options.seed, "phantom centre", "tables");
  const charts = centreTruth(options).map((patient) => chartOf(patient, random.fork("words", patient.record.patient)));
  const { contradictions, added } = plantAll(charts, plantedPerKind(options.patients), random.fork("errors"));
  const patients = charts.map(({ patient }) => patient);
  const placing = random.fork("places");
  const byNumber = (column: string) => (a: AnyRow, b: AnyRow) =>
    String(a.cells[column]!.value) < String(b.cells[column]!.value) ? -1 : 1;
  const caseRows = (charts.flatMap((chart) => chart.caseRows) as AnyRow[]).toSorted(byNumber("Fallnummer"));
  const visitRows = charts.flatMap((chart) => chart.visitRows.flat()) as AnyRow[];
  const addedTo = (table: AddedRow["table"]) => added.filter((one) => one.table === table);
  const tables: PhantomTable[] = [
    {
      name: "patients.csv",
      columns: patientColumns,
      rows: withAdded(
        charts.map((chart) => chart.patientRow as AnyRow),
        addedTo("patients"),
        placing,
      ),
    },
    { name: "cases.csv", columns: caseColumns, rows: withAdded(caseRows, addedTo("cases"), placing) },
    { name: "follow-up.xlsx", columns: visitColumns, rows: withAdded(visitRows, addedTo("visits"), placing) },
  ];
  const pairs = patients.flatMap(({ record, samePersonAs }): PlantedContradiction[] => {
    if (!samePersonAs) return [];
    const [patient, otherPatient] = [samePersonAs, record.patient].sort();
    return [{ rule: "same-person-two-ids", patient: patient!, otherPatient: otherPatient! }];
  });
  return {
    patients,
    tables,
    findings: tables.flatMap(findingsIn),
    contradictions: [...contradictions, ...pairs],
    flow: standardFlow(patients),
    reports: patients.flatMap(({ cases }) =>
      cases.flatMap((one) => caseReports(one, random.fork("reports", one.case))),
    ),
  };
};
