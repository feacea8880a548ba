/**
 * What the reading of tables noticed. Problems in the data are data: every cell that was changed, doubted or dropped is
 * recorded with the rule that did it, and contradictions between cells are listed for a person. Nothing is silently fixed.
 */
import type { PatientId } from "./ids.ts";

/** The rules that look at one cell. */
export type CellRule =
  // changed: the value is certain, its spelling was not the vocabulary's
  | "synonym"
  | "number-format"
  | "date-format"
  | "broken-encoding"
  | "placeholder"
  // doubted: the value was taken, and a person should look
  | "misspelt-entity"
  | "misspelt-site"
  | "two-digit-year"
  | "ambiguous-date"
  | "approximate-value"
  // dropped: no value could be taken
  | "unknown-entity"
  | "unknown-site"
  | "unknown-sex"
  | "unknown-word"
  | "unreadable-number"
  | "unreadable-date"
  | "date-out-of-range"
  | "implausible-age"
  | "invalid-tnm"
  | "invalid-icd-code"
  // rows
  | "repeated-row"
  | "shifted-row"
  | "no-patient";

/** The rules that look at several cells, rows or tables. */
export const contradictionRules = [
  "entity-malignancy",
  "entity-icd",
  "age-birth-date",
  "site-side",
  "site-position",
  "benign-tnm",
  "birth-after-diagnosis",
  "treatment-before-diagnosis",
  "death-before-diagnosis",
  "death-before-treatment",
  "follow-up-after-death",
  "follow-up-before-diagnosis",
  "sex-conflict",
  "birth-date-conflict",
  "death-date-conflict",
  "diagnosis-conflict",
  // Rows of one case that give a field different values.
  "value-conflict",
  // One number of a case under two patients.
  "case-conflict",
  "same-person-two-ids",
] as const;
export type ContradictionRule = (typeof contradictionRules)[number];

/** One cell that was not taken as it stands. */
export interface CellFinding {
  readonly rule: CellRule;
  readonly action: "changed" | "doubted" | "dropped";
  /** The table's file name. */
  readonly table: string;
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  /** The column's heading as the table has it; empty where the whole row is meant. */
  readonly column: string;
  /** What the cell holds. Patient data: kept in the home, never logged. */
  readonly original: string;
  /** What was taken instead; absent where nothing was. */
  readonly value?: string;
}

/** Facts that cannot all be right. */
export interface Contradiction {
  readonly rule: ContradictionRule;
  readonly patient: PatientId;
  readonly case?: string;
  /** The other patient of `same-person-two-ids` and `case-conflict`. */
  readonly otherPatient?: PatientId;
  /** One sentence for the person who decides. Patient data: kept in the home, never logged. */
  readonly detail: string;
}
