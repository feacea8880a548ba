/** Rows of the hospital's tables as they are written, each cell with the finding that a reader should make of it. */
import type { CellRule } from "../../clinic/findings.ts";

export const patientColumns = [
  "Patientennummer",
  "Nachname",
  "Vorname",
  "Geschlecht",
  "Geburtsdatum",
  "Sterbedatum",
  "Herkunft",
] as const;

export const caseColumns = [
  "Fallnummer",
  "Patientennummer",
  "Vorläufige Diagnose",
  "Endgültige Diagnose",
  "Diagnosesicherung",
  "Diagnosedatum",
  "Dignität",
  "ICD-10",
  "ICD-O-3 Morphologie",
  "Lokalisation",
  "Seite",
  "Position",
  "Alter",
  "T",
  "N",
  "M",
  "Grading",
  "Tumorgröße (cm)",
  "Primär/Rezidiv",
  "Therapie",
  "Therapiebeginn",
  "Operationsdatum",
  "Chemotherapie Beginn",
  "Chemotherapie Ende",
  "Strahlentherapie Beginn",
  "Strahlentherapie Ende",
] as const;

export const visitColumns = [
  "case number",
  "patient number",
  "visit date",
  "status",
  "months since diagnosis",
  "date of death",
] as const;

export type PatientColumn = (typeof patientColumns)[number];
export type CaseColumn = (typeof caseColumns)[number];
export type VisitColumn = (typeof visitColumns)[number];

/** A cell: text, and in workbooks numbers and days too. */
export interface Cell {
  readonly value: string | number | Date;
  /** What a reader should note; absent where the cell stands as the vocabulary would write it. */
  readonly rule?: CellRule;
}

/** A row; columns without an entry are empty. */
export interface TableRow<Column extends string> {
  cells: Partial<Record<Column, Cell>>;
  /** A finding about the whole row; its cells then have none of their own. */
  rule?: CellRule;
  /** The cells as they stand in the file, where they lost their places. */
  displaced?: readonly string[];
}

export type AnyRow = TableRow<string>;

/** A copy whose cells can be changed apart. */
export const copyRow = <Column extends string>({ cells }: TableRow<Column>): TableRow<Column> => ({
  cells: { ...cells },
});
