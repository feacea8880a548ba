/** The rows of the hospital's three tables from what is true, worded as people word them, without errors. */

import type { CaseRecord, FollowUpRecord } from "../../clinic/records.ts";
import type { Position } from "../../clinic/sites.ts";
import type { Random } from "../../numeric/random.ts";
import type { CentrePatient } from "./centre-patient.ts";
import type { CaseColumn, Cell, PatientColumn, TableRow, VisitColumn } from "./table-row.ts";
import {
  centimetresCell,
  confirmationCell,
  dateCell,
  entityCell,
  malignancyCell,
  occurrenceCell,
  originCell,
  placeholderCell,
  positionCell,
  sexCell,
  sideCell,
  siteCell,
  statusCell,
  therapyCell,
  tnmCell,
} from "./word-choice.ts";

/** All rows of one patient. */
export interface Chart {
  patient: CentrePatient;
  readonly patientRow: TableRow<PatientColumn>;
  readonly caseRows: readonly TableRow<CaseColumn>[];
  /** For each case. */
  readonly visitRows: TableRow<VisitColumn>[][];
}

const plain = (value: string | number): Cell => ({ value });

/** Only what is there. */
const filled = <Column extends string>(cells: Record<Column, Cell | undefined>): Partial<Record<Column, Cell>> =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined)) as Partial<Record<Column, Cell>>;

const patientRow = ({ record, person }: CentrePatient, random: Random): TableRow<PatientColumn> => ({
  cells: filled<PatientColumn>({
    Patientennummer: plain(record.patient),
    Nachname: plain(person.familyName),
    Vorname: plain(person.givenName),
    Geschlecht: record.sex ? sexCell(record.sex, random) : maybePlaceholder(0.4, random),
    Geburtsdatum: record.birthDate ? dateCell(record.birthDate, random) : maybePlaceholder(0.3, random),
    Sterbedatum: record.deathDate ? dateCell(record.deathDate, random) : undefined,
    Herkunft: record.origin ? originCell(record.origin, random) : undefined,
  }),
});

const maybePlaceholder = (chance: number, random: Random): Cell | undefined =>
  random.chance(chance) ? placeholderCell(random) : undefined;

const caseRow = (one: CaseRecord, random: Random): TableRow<CaseColumn> => {
  const diagnosis = one.final ?? one.preliminary;
  const { tnm, treatments } = one;
  const of = (kind: string) => treatments.find((treatment) => treatment.kind === kind);
  const date = (value: string | undefined): Cell | undefined => (value ? dateCell(value, random) : undefined);
  const begin = treatments.flatMap(({ startDate }) => startDate ?? []).sort()[0];
  const withLetters = tnm && { prefix: tnm.prefix ?? "", random };
  return {
    cells: filled<CaseColumn>({
      Fallnummer: plain(one.case),
      Patientennummer: plain(one.patient),
      "Vorläufige Diagnose": one.preliminary
        ? entityCell(one.preliminary.entity, random)
        : maybePlaceholder(0.05, random),
      "Endgültige Diagnose": one.final
        ? entityCell(one.final.entity, random)
        : maybePlaceholder(one.preliminary ? 0.1 : 0.45, random),
      Diagnosesicherung: diagnosis?.confirmation ? confirmationCell(diagnosis.confirmation, random) : undefined,
      Diagnosedatum: date(diagnosis?.date),
      Dignität: diagnosis?.malignancy ? malignancyCell(diagnosis.malignancy, random) : undefined,
      "ICD-10": one.icd10 ? plain(one.icd10) : undefined,
      "ICD-O-3 Morphologie": one.icdO3Morphology ? plain(one.icdO3Morphology) : undefined,
      Lokalisation: one.site ? siteCell(one.site, random) : maybePlaceholder(0.4, random),
      Seite: one.side ? sideCell(one.side, random) : maybePlaceholder(0.02, random),
      Position: one.position ? positionCell(one.position as Position, random) : maybePlaceholder(0.02, random),
      Alter: one.ageYears === undefined ? maybePlaceholder(0.3, random) : plain(String(one.ageYears)),
      T: tnm?.t ? tnmCell("T", tnm.t, withLetters!) : undefined,
      N: tnm?.n ? tnmCell("N", tnm.n, withLetters!) : undefined,
      M: tnm?.m ? tnmCell("M", tnm.m, { prefix: "", random }) : undefined,
      Grading: one.grade ? gradeCell(one.grade, random) : undefined,
      "Tumorgröße (cm)": one.tumourSizeMm ? centimetresCell(one.tumourSizeMm, random) : maybePlaceholder(0.05, random),
      "Primär/Rezidiv": one.occurrence ? occurrenceCell(one.occurrence, random) : undefined,
      Therapie: therapyCell(treatments, random) ?? maybePlaceholder(0.2, random),
      Therapiebeginn: date(begin),
      Operationsdatum: date(of("surgery")?.startDate),
      "Chemotherapie Beginn": date(of("chemotherapy")?.startDate),
      "Chemotherapie Ende": date(of("chemotherapy")?.endDate),
      "Strahlentherapie Beginn": date(of("radiotherapy")?.startDate),
      "Strahlentherapie Ende": date(of("radiotherapy")?.endDate),
    }),
  };
};

const gradeCell = (grade: number, random: Random): Cell =>
  random.chance(0.6) ? { value: `G${grade}`, rule: "number-format" } : plain(String(grade));

const visitRow = (
  visit: FollowUpRecord,
  of: { readonly one: CaseRecord; readonly deathDate: string | undefined },
  random: Random,
): TableRow<VisitColumn> => ({
  cells: filled<VisitColumn>({
    "case number": plain(of.one.case),
    "patient number": plain(of.one.patient),
    "visit date": visit.date ? visitDate(visit.date, random) : undefined,
    status: statusCell(visit.status, random),
    "months since diagnosis": visit.months === undefined ? undefined : plain(visit.months),
    "date of death": of.deathDate && visit.status.startsWith("died") ? { value: new Date(of.deathDate) } : undefined,
  }),
});

/** Nearly all are days to the workbook; some were typed as text. */
const visitDate = (date: string, random: Random): Cell =>
  random.chance(0.95) ? { value: new Date(date) } : dateCell(date, random);

/** The rows of one patient. */
export const chartOf = (patient: CentrePatient, random: Random): Chart => ({
  patient,
  patientRow: patientRow(patient, random),
  caseRows: patient.cases.map((one) => caseRow(one, random)),
  visitRows: patient.cases.map((one) =>
    one.followUps.map((visit) => visitRow(visit, { one, deathDate: patient.record.deathDate }, random)),
  ),
});
