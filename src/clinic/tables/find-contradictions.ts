/**
 * Facts of a patient and a case that cannot all be right. What follows from another contradiction is not told again: who
 * died before the diagnosis also died before the treatment.
 */
import type { Contradiction, ContradictionRule } from "../findings.ts";
import { comparePartialDates, firstDay, lastDay } from "../partial-dates.ts";
import type { CaseRecord, PartialDate, PatientRecord } from "../records.ts";
import { entityTerm } from "../vocabulary/entities.ts";
import { siteTerm } from "../vocabulary/sites.ts";

/** Ages are rounded up by some and down by others. */
const ageToleranceYears = 1;
const yearMs = 365.2425 * 86_400_000;

/** What is looked through. */
export interface RecordsToCompare {
  readonly patients: readonly PatientRecord[];
  readonly cases: readonly CaseRecord[];
  /** Numbers of cases whose final diagnosis nobody could read: codes and behaviour are that one's. */
  readonly unreadFinals?: ReadonlySet<string>;
}

/** The contradictions within records, in the order of patients and cases. */
export const findContradictions = ({ patients, cases, unreadFinals }: RecordsToCompare): Contradiction[] => {
  const patientOf = new Map(patients.map((record) => [record.patient, record]));
  return cases.flatMap((record) => {
    const found: Contradiction[] = [];
    const tell = (rule: ContradictionRule, detail: string): void => {
      found.push({ rule, patient: record.patient, case: record.case, detail });
    };
    if (!unreadFinals?.has(record.case)) compareDiagnosis(record, tell);
    comparePlace(record, tell);
    compareDates(record, patientOf.get(record.patient)!, tell);
    return found;
  });
};

type Tell = (rule: ContradictionRule, detail: string) => void;

const compareDiagnosis = (record: CaseRecord, tell: Tell): void => {
  const diagnosis = record.final ?? record.preliminary;
  const term = diagnosis === undefined ? undefined : entityTerm(diagnosis.entity);
  if (diagnosis === undefined || term === undefined) return;
  const { malignancy } = diagnosis;
  const possible = [term.malignancy, ...(term.otherMalignancies ?? [])];
  if (malignancy !== undefined && !possible.includes(malignancy)) {
    tell("entity-malignancy", `${term.name} is ${possible.join(" or ")}, and the table calls it ${malignancy}.`);
  }
  const { icd10, icdO3Morphology, tnm } = record;
  const codeFits = icd10 === undefined || term.icd10.some((code) => icd10.startsWith(code));
  const morphologyFits = icdO3Morphology === undefined || term.icdO3.includes(icdO3Morphology);
  if (!codeFits) tell("entity-icd", `The ICD-10 code ${icd10} is not one of ${term.name}.`);
  else if (!morphologyFits) tell("entity-icd", `The morphology ${icdO3Morphology} is not one of ${term.name}.`);
  const isBenign = possible.includes("benign") && (malignancy ?? term.malignancy) === "benign";
  if (isBenign && tnm !== undefined) tell("benign-tnm", `${term.name} is benign, and the table gives it a TNM stage.`);
};

const comparePlace = ({ site, side, position }: CaseRecord, tell: Tell): void => {
  const term = site === undefined ? undefined : siteTerm(site);
  if (term === undefined) return;
  if (side !== undefined && !term.paired && !term.hasHalves)
    tell("site-side", `The ${term.name} has no sides, and the table says "${side}".`);
  if (position !== undefined && !term.hasPositions) {
    tell("site-position", `The ${term.name} is no tubular bone, and the table says "${position}".`);
  }
};

const isBefore = (a: PartialDate | undefined, b: PartialDate | undefined): boolean =>
  a !== undefined && b !== undefined && comparePartialDates(a, b) === -1;

const compareDates = (record: CaseRecord, { birthDate, deathDate }: PatientRecord, tell: Tell): void => {
  const diagnosed = (record.final ?? record.preliminary)?.date;
  if (isBefore(diagnosed, birthDate)) {
    tell("birth-after-diagnosis", `The diagnosis of ${diagnosed} lies before the birth on ${birthDate}.`);
  } else if (birthDate !== undefined && diagnosed !== undefined && record.ageYears !== undefined) {
    const youngest = years(lastDay(birthDate), firstDay(diagnosed)) - ageToleranceYears;
    const oldest = years(firstDay(birthDate), lastDay(diagnosed)) + ageToleranceYears;
    if (record.ageYears < Math.floor(youngest) || record.ageYears > oldest) {
      tell(
        "age-birth-date",
        `An age of ${record.ageYears} does not fit the birth on ${birthDate} and the diagnosis on ${diagnosed}.`,
      );
    }
  }
  const starts = record.treatments.flatMap(({ startDate }) => (startDate === undefined ? [] : [startDate])).sort();
  const early = starts.find((start) => isBefore(start, diagnosed));
  if (early !== undefined)
    tell("treatment-before-diagnosis", `A treatment began on ${early}, before the diagnosis on ${diagnosed}.`);
  const visits = record.followUps.flatMap(({ date }) => (date === undefined ? [] : [date])).sort();
  const earlyVisit = visits.find((visit) => isBefore(visit, diagnosed));
  if (earlyVisit !== undefined) {
    tell("follow-up-before-diagnosis", `A follow-up on ${earlyVisit} lies before the diagnosis on ${diagnosed}.`);
  }
  if (deathDate === undefined) return;
  const lateStart = starts.findLast((start) => isBefore(deathDate, start));
  const lateVisit = visits.findLast((visit) => isBefore(deathDate, visit));
  if (isBefore(deathDate, diagnosed))
    tell("death-before-diagnosis", `The death on ${deathDate} lies before the diagnosis on ${diagnosed}.`);
  else if (lateStart !== undefined)
    tell("death-before-treatment", `The death on ${deathDate} lies before the treatment on ${lateStart}.`);
  else if (lateVisit !== undefined)
    tell("follow-up-after-death", `A follow-up on ${lateVisit} lies after the death on ${deathDate}.`);
};

const years = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / yearMs;
