/** The description of a cohort (STROBE items 13 and 14): discrete fields by incidence, continuous ones by mean or median. */
import type { CohortField } from "../../../clinic/field-provenance.ts";
import { type DescriptionTable, describeTable, type Variable } from "../../../evidence/describe/describe-table.ts";
import type { CohortRow } from "./cohort-table.ts";

const discrete = [
  "entity",
  "malignancy",
  "confirmation",
  "sex",
  "site",
  "side",
  "position",
  "origin",
  "occurrence",
  "outcome",
] as const satisfies readonly CohortField[];

const continuous = [
  "ageYears",
  "tumourSizeMm",
  "followUpMonths",
  "radiographs",
] as const satisfies readonly CohortField[];

/** The fields that a cohort can be compared by. */
export const groupingFields: readonly CohortField[] = discrete;

const text = (value: string | number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

const number = (value: string | number | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** Years of age, months of follow-up and so on, in words for a table. */
const titles: Readonly<Record<(typeof continuous)[number], string>> = {
  ageYears: "age in years",
  tumourSizeMm: "tumour size in mm",
  followUpMonths: "follow-up in months",
  radiographs: "radiographs per patient",
};

/**
 * Describes the rows of a cohort.
 *
 * @param by a field whose groups are compared
 */
export const describeCohort = (rows: readonly CohortRow[], by?: CohortField): DescriptionTable => {
  const numbers = continuous.map(
    (field): Variable => ({ name: titles[field], kind: "number", values: rows.map((row) => number(row[field])) }),
  );
  const years: Variable = {
    name: "year of diagnosis",
    kind: "number",
    values: rows.map(({ diagnosisDate }) =>
      diagnosisDate === undefined ? undefined : Number(String(diagnosisDate).slice(0, 4)),
    ),
  };
  const categories = discrete
    .filter((field) => field !== by)
    .map((field): Variable => ({ name: field, kind: "categories", values: rows.map((row) => text(row[field])) }));
  return describeTable([...numbers, years, ...categories], by && rows.map((row) => text(row[by])));
};
