/** What planting an error needs, and what it leaves behind. */

import { entities } from "../../clinic/entities.ts";
import type { CellRule, ContradictionRule } from "../../clinic/findings.ts";
import type { PatientId } from "../../clinic/ids.ts";
import type { CaseRecord } from "../../clinic/records.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import type { Random } from "../../numeric/random.ts";
import type { CentrePatient } from "./centre-patient.ts";
import type { Chart } from "./his-rows.ts";
import type { Cell, TableRow } from "./table-row.ts";

/** A contradiction as the truth lists it. */
export interface PlantedContradiction {
  readonly rule: ContradictionRule;
  readonly patient: PatientId;
  readonly case?: string;
  readonly otherPatient?: PatientId;
}

/** Rows that are added to a table, some way below the row they belong to. */
export interface AddedRow {
  readonly table: "patients" | "cases" | "visits";
  readonly after: TableRow<string>;
  readonly row: TableRow<string>;
}

/** What a planter left behind. */
export interface Planted {
  readonly contradiction?: Omit<PlantedContradiction, "patient">;
  readonly added?: AddedRow;
}

/**
 * Who may carry an error, so that the count of the study cohort from cleaned tables equals the count from the truth: an
 * error that can be undone, or that eligibility does not ask about, may sit with anyone; one that loses what a later
 * criterion asks about only with patients whom an earlier criterion excludes whatever the cell says.
 */
export type Carrier = "anyone" | "not of the study" | "no tumour of bone";

/** One kind of error. */
export interface Planter {
  readonly rule: CellRule | ContradictionRule;
  readonly carrier: Carrier;
  /** Changes the rows, or returns undefined where this patient does not suit. */
  readonly plant: (chart: Chart, random: Random, charts: readonly Chart[]) => Planted | undefined;
}

const ofStudy: ReadonlySet<string> = new Set(entities.map(({ entity }) => entity));

const namesOf = ({ cases }: CentrePatient): string[] =>
  cases.flatMap(({ final, preliminary }) => [final?.entity ?? [], preliminary?.entity ?? []].flat());

/** Whether a patient may carry it. */
export const mayCarry = (patient: CentrePatient, carrier: Carrier): boolean => {
  if (carrier === "anyone") return true;
  if (patient.radiographed) return false;
  if (carrier === "not of the study") return !namesOf(patient).some((name) => ofStudy.has(name));
  return !namesOf(patient).some((name) => entityTerm(name)?.tissue === "bone");
};

/** Replaces a cell; undefined, as nothing was planted, where it was empty. */
export const replaceCell = <Column extends string>(
  row: TableRow<Column>,
  column: Column,
  cell: Cell,
): Planted | undefined => {
  if (row.cells[column]?.value === undefined || row.cells[column].rule === "placeholder") return undefined;
  row.cells[column] = cell;
  return {};
};

/** Writes into a cell that may be empty. */
export const setCell = <Column extends string>(row: TableRow<Column>, column: Column, cell: Cell): void => {
  row.cells[column] = cell;
};

/** When the case was diagnosed. */
export const diagnosedOn = ({ final, preliminary }: CaseRecord): string | undefined => final?.date ?? preliminary?.date;

/** A day as a German table has it. */
export const german = (date: string): string => date.split("-").reverse().join(".");

/** A cell with a day in the usual spelling. */
export const dayCell = (date: string): Cell => ({ value: german(date), rule: "date-format" });
