/**
 * Patients and their cases from the rows of all tables. What a row says first stays; where a later row says otherwise, that
 * is a contradiction for a person, never a correction.
 */
import type { Contradiction, ContradictionRule } from "../findings.ts";
import { type PatientId, patientId } from "../ids.ts";
import { comparePartialDates } from "../partial-dates.ts";
import type { CaseRecord, Diagnosis, FollowUpRecord, PartialDate, PatientRecord, Treatment } from "../records.ts";
import { findContradictions } from "./find-contradictions.ts";
import type { RowValues } from "./row-values.ts";

/** The values of one row, and where it stands. */
export interface PlacedValues {
  readonly table: string;
  readonly line: number;
  readonly values: RowValues;
}

/** A birth date whose century was settled by what else is known of the patient. */
export interface SettledCentury {
  readonly table: string;
  readonly line: number;
  readonly birthDate: PartialDate;
}

/** The clinical data of all tables. */
export interface CombinedRecords {
  readonly patients: readonly PatientRecord[];
  readonly cases: readonly CaseRecord[];
  readonly contradictions: readonly Contradiction[];
  readonly settledCenturies: readonly SettledCentury[];
}

interface PatientDraft {
  readonly patient: PatientId;
  readonly persons: Set<string>;
  said: RowValues;
  readonly births: PlacedValues[];
}

interface CaseDraft {
  readonly patient: PatientId;
  readonly case: string;
  said: RowValues;
  /** By what they say: the same visit, told by two rows, is one. */
  readonly visits: Map<string, RowValues>;
  readonly treatments: Treatment[];
  /** Where among the treatments those of a kind stand, and those of a kind and a year. */
  readonly treatmentsAt: Map<string, number[]>;
}

/** What belongs to the person; of the rest, the visit's fields may repeat. */
const patientFields = ["sex", "birthDate", "deathDate", "origin"] as const;
const conflictRules: Readonly<Partial<Record<keyof RowValues, ContradictionRule>>> = {
  sex: "sex-conflict",
  birthDate: "birth-date-conflict",
  deathDate: "death-date-conflict",
  finalEntity: "diagnosis-conflict",
};
const notOfTheCase: ReadonlySet<string> = new Set([
  "patient",
  "case",
  "person",
  "birthCenturyGuessed",
  "visitDate",
  "status",
  "months",
  ...patientFields,
]);

/** Combines rows, the tables in the order they were imported. */
export const combineRows = (rows: readonly PlacedValues[]): CombinedRecords => {
  const patients = new Map<string, PatientDraft>();
  const cases = new Map<string, CaseDraft>();
  const contradictions = new ContradictionList();
  for (const row of rows) {
    const { values } = row;
    if (values.patient === undefined) continue;
    const patient = patients.get(values.patient) ?? newPatient(patientId(values.patient));
    patients.set(values.patient, patient);
    takePatient(patient, row, contradictions);
    if (!saysOfCase(values)) continue;
    const number = values.case ?? values.patient;
    const known = cases.get(number);
    const draft = known ?? newCase(patient.patient, number);
    cases.set(number, draft);
    if (draft.patient !== patient.patient) {
      const detail = `The case ${number} stands under the patients ${draft.patient} and ${patient.patient}.`;
      contradictions.tell({
        rule: "case-conflict",
        patient: draft.patient,
        case: number,
        otherPatient: patient.patient,
        detail,
      });
      continue;
    }
    takeCase(draft, values, contradictions);
  }
  const settledCenturies = settleCenturies(patients, [...cases.values()]);
  const records = {
    patients: [...patients.values()].map(patientRecord).sort(byPatient),
    cases: [...cases.values()].map(caseRecord).sort((a, b) => byPatient(a, b) || (a.case < b.case ? -1 : 1)),
  };
  const unreadFinals = new Set(
    [...cases.values()]
      .filter(({ said }) => said.finalUnread && said.finalEntity === undefined)
      .map((draft) => draft.case),
  );
  for (const draft of cases.values()) compareSides(draft, contradictions);
  for (const found of findContradictions({ ...records, unreadFinals })) contradictions.tell(found);
  for (const found of samePersons([...patients.values()])) contradictions.tell(found);
  return { ...records, contradictions: contradictions.all, settledCenturies };
};

const newPatient = (patient: PatientId): PatientDraft => ({ patient, persons: new Set(), said: {}, births: [] });

const newCase = (patient: PatientId, number: string): CaseDraft => ({
  patient,
  case: number,
  said: {},
  visits: new Map(),
  treatments: [],
  treatmentsAt: new Map(),
});

const byPatient = (a: { readonly patient: string }, b: { readonly patient: string }): number =>
  a.patient < b.patient ? -1 : a.patient > b.patient ? 1 : 0;

const saysOfCase = (values: RowValues): boolean =>
  values.case !== undefined || Object.keys(values).some((name) => !notOfTheCase.has(name)) || isVisit(values);

const isVisit = ({ visitDate, status, months }: RowValues): boolean =>
  visitDate !== undefined || status !== undefined || months !== undefined;

const takePatient = (draft: PatientDraft, row: PlacedValues, contradictions: ContradictionList): void => {
  const { values } = row;
  if (values.person !== undefined) draft.persons.add(values.person);
  if (values.birthDate !== undefined) draft.births.push(row);
  for (const field of patientFields) {
    const [before, now] = [draft.said[field], values[field]];
    if (now === undefined) continue;
    if (before === undefined) {
      draft.said = { ...draft.said, [field]: now };
      if (field === "birthDate" && values.birthCenturyGuessed)
        draft.said = { ...draft.said, birthCenturyGuessed: true };
    } else if (field === "birthDate" && agreeButForCentury(draft.said, values)) {
      if (values.birthCenturyGuessed) continue;
      const birthDate = `${now.slice(0, 4)}${before.slice(4)}`;
      draft.said = { ...draft.said, birthDate, birthCenturyGuessed: false };
    } else if (!agree(field, before, now)) {
      const rule = conflictRules[field];
      if (rule !== undefined)
        contradictions.tell({ rule, patient: draft.patient, detail: conflict(field, before, now) });
    }
  }
};

const conflict = (field: string, before: unknown, now: unknown): string =>
  `The rows give ${words[field] ?? field} as "${String(before)}" and as "${String(now)}".`;

/** What a contradiction calls a field, where its own name would not be understood. */
const words: Readonly<Record<string, string>> = {
  sex: "the sex",
  birthDate: "the date of birth",
  deathDate: "the date of death",
  finalEntity: "the final diagnosis",
};

/** Whether two dates of birth, of which at least one had a year of two digits, may be the same but for the century. */
const agreeButForCentury = (before: RowValues, now: RowValues): boolean => {
  if (!before.birthCenturyGuessed && !now.birthCenturyGuessed) return false;
  const [first, second] = [before.birthDate!, now.birthDate!];
  return first.slice(2, 4) === second.slice(2, 4) && agreeOnDate(`2000${first.slice(4)}`, `2000${second.slice(4)}`);
};

/** Dates agree where one only knows less than the other. */
const agree = (field: string, before: string, now: string): boolean => {
  if (before === now) return true;
  return (field === "birthDate" || field === "deathDate") && agreeOnDate(before, now);
};

const agreeOnDate = (before: PartialDate, now: PartialDate): boolean =>
  before === now || comparePartialDates(before, now) === undefined;

/** Contradictions as they are found, each once. */
class ContradictionList {
  readonly all: Contradiction[] = [];
  readonly #known = new Set<string>();

  tell(contradiction: Contradiction): void {
    const { rule, patient, case: of, otherPatient, detail } = contradiction;
    const key = JSON.stringify([rule, patient, of, otherPatient, rule === "value-conflict" ? detail : ""]);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.all.push(contradiction);
  }
}

/** Fields of which every row may tell another one: a table may have a row per treatment. */
const ofTreatments: ReadonlySet<string> = new Set([
  "therapies",
  "therapyDetail",
  "therapyStart",
  "therapyEnd",
  "surgeryDate",
  "chemotherapyStart",
  "chemotherapyEnd",
  "radiotherapyStart",
  "radiotherapyEnd",
]);

const takeCase = (draft: CaseDraft, values: RowValues, contradictions: ContradictionList): void => {
  if (isVisit(values)) {
    const { visitDate, status, months } = values;
    draft.visits.set(JSON.stringify([visitDate, status, months]), values);
  }
  for (const treatment of treatmentsOf(values)) addTreatment(draft, treatment);
  const said: Record<string, unknown> = { ...draft.said };
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined || notOfTheCase.has(field) || ofTreatments.has(field)) continue;
    const before = said[field];
    if (before === undefined) said[field] = value;
    else if (before !== value && !(field === "diagnosisDate" && agreeOnDate(String(before), String(value)))) {
      const rule = conflictRules[field as keyof RowValues] ?? "value-conflict";
      const detail = conflict(field, before, value);
      contradictions.tell({ rule, patient: draft.patient, case: draft.case, detail });
    }
  }
  draft.said = said;
};

/**
 * The same treatment, told by two rows, is one. Only those of the same year are compared, so that many rows of one case take
 * no longer than those of many.
 */
const addTreatment = ({ treatments, treatmentsAt }: CaseDraft, treatment: Treatment): void => {
  const { kind, startDate } = treatment;
  const [first] = treatmentsAt.get(kind) ?? [];
  const year = startDate && `${kind} ${startDate.slice(0, 4)}`;
  // What has no date is any of its kind, the first of them.
  const isFirst = first !== undefined && (startDate === undefined || treatments[first]!.startDate === undefined);
  const at = isFirst
    ? first
    : treatmentsAt.get(year ?? kind)?.find((place) => agreeOnDate(treatments[place]!.startDate!, startDate!));
  if (at === undefined) {
    treatments.push(treatment);
    if (first === undefined) treatmentsAt.set(kind, [treatments.length - 1]);
  } else treatments[at] = { ...treatment, ...treatments[at] };
  if (year === undefined) return;
  const place = at ?? treatments.length - 1;
  const ofYear = treatmentsAt.get(year) ?? [];
  if (!ofYear.includes(place)) treatmentsAt.set(year, [...ofYear, place]);
};

/** A guessed century that puts the birth behind what happened to the patient, or against the age, is the one before. */
const settleCenturies = (
  patients: ReadonlyMap<string, PatientDraft>,
  cases: readonly CaseDraft[],
): SettledCentury[] => {
  const settled: SettledCentury[] = [];
  const casesOf = Map.groupBy(cases, ({ patient }) => patient);
  for (const draft of patients.values()) {
    if (draft.said.birthCenturyGuessed && isBornEarlier(draft.said, casesOf.get(draft.patient) ?? []))
      draft.said = { ...draft.said, birthDate: centuryBefore(draft.said.birthDate!) };
    for (const { table, line, values } of draft.births) {
      if (!values.birthCenturyGuessed || values.birthDate!.slice(0, 4) === draft.said.birthDate!.slice(0, 4)) continue;
      settled.push({ table, line, birthDate: centuryBefore(values.birthDate!) });
    }
  }
  return settled;
};

const centuryBefore = (date: PartialDate): PartialDate => `${Number(date.slice(0, 4)) - 100}${date.slice(4)}`;

/** Whether a guessed date of birth lies behind the diagnosis or death, or fits the age worse than a century earlier. */
const isBornEarlier = ({ birthDate, deathDate }: RowValues, cases: readonly CaseDraft[]): boolean => {
  const guessed = birthDate!;
  if (deathDate !== undefined && comparePartialDates(guessed, deathDate) === 1) return true;
  return cases.some(({ said: { diagnosisDate, ageYears } }) => {
    if (diagnosisDate === undefined) return false;
    if (comparePartialDates(guessed, diagnosisDate) === 1) return true;
    if (ageYears === undefined) return false;
    const age = Number(diagnosisDate.slice(0, 4)) - Number(guessed.slice(0, 4));
    return Math.abs(age - ageYears) > Math.abs(age + 100 - ageYears);
  });
};

const patientRecord = ({ patient, said }: PatientDraft): PatientRecord => ({
  patient,
  ...defined({
    sex: said.sex as PatientRecord["sex"],
    birthDate: said.birthDate,
    deathDate: said.deathDate,
    origin: said.origin as PatientRecord["origin"],
  }),
});

const caseRecord = ({ patient, case: number, said, visits, treatments }: CaseDraft): CaseRecord => {
  const { preliminary, final } = diagnoses(said);
  return {
    patient,
    case: number,
    ...defined({
      preliminary,
      final,
      icd10: said.icd10,
      icdO3Morphology: said.icdO3Morphology,
      icdO3Topography: said.icdO3Topography,
      site: said.site,
      side: (said.side ?? said.sideOfSite) as CaseRecord["side"],
      position: said.position,
      ageYears: said.ageYears,
      occurrence: said.occurrence as CaseRecord["occurrence"],
      tnm: stage(said),
      grade: said.grade,
      tumourSizeMm: said.tumourSizeMm,
    }),
    treatments,
    followUps: [...visits.values()].flatMap(followUp).sort(byTime),
  };
};

/** The side that the cell of the site names, and the side that the column says. */
const compareSides = (
  { patient, case: of, said: { side, sideOfSite } }: CaseDraft,
  contradictions: ContradictionList,
): void => {
  if (side === undefined || sideOfSite === undefined || side === sideOfSite) return;
  const detail = `The site is said to be on the side "${sideOfSite}", and the side to be "${side}".`;
  contradictions.tell({ rule: "site-side", patient, case: of, detail });
};

/**
 * What is said of "the diagnosis" belongs to the final one, and to the preliminary one where there is no other. Where there is
 * one that nobody could read, the preliminary one has its date alone.
 */
const diagnoses = (said: RowValues): { preliminary?: Diagnosis; final?: Diagnosis } => {
  const about = defined({
    malignancy: said.malignancy as Diagnosis["malignancy"],
    confirmation: said.confirmation as Diagnosis["confirmation"],
    date: said.diagnosisDate,
  });
  const { preliminaryEntity, finalEntity } = said;
  return defined({
    preliminary:
      preliminaryEntity === undefined
        ? undefined
        : {
            entity: preliminaryEntity,
            ...(finalEntity === undefined ? (said.finalUnread ? dateOf(about) : about) : {}),
          },
    final: finalEntity === undefined ? undefined : { entity: finalEntity, ...about },
  });
};

const dateOf = ({ date }: Partial<Diagnosis>): Pick<Diagnosis, "date"> => (date === undefined ? {} : { date });

const stage = ({ t, n, m, tnmPrefix }: RowValues): CaseRecord["tnm"] =>
  t === undefined && n === undefined && m === undefined ? undefined : defined({ prefix: tnmPrefix, t, n, m });

const treatmentsOf = (said: RowValues): Treatment[] => {
  const dates: Readonly<Record<string, readonly [PartialDate | undefined, PartialDate | undefined]>> = {
    surgery: [said.surgeryDate, undefined],
    chemotherapy: [said.chemotherapyStart, said.chemotherapyEnd],
    radiotherapy: [said.radiotherapyStart, said.radiotherapyEnd],
  };
  const listed = said.therapies ?? [];
  const dated = Object.keys(dates).filter((kind) => dates[kind]!.some((date) => date !== undefined));
  const kinds = [...new Set([...listed, ...dated])];
  if (kinds.length === 0 && said.therapyStart !== undefined) kinds.push("other");
  return kinds.map((kind) => {
    const [start, end] = dates[kind] ?? [];
    const isFirst = kind === kinds[0];
    return {
      kind: kind as Treatment["kind"],
      ...defined({
        detail: listed.includes(kind) ? said.therapyDetail : undefined,
        startDate: start ?? (isFirst ? said.therapyStart : undefined),
        endDate: end ?? (isFirst && kinds.length === 1 ? said.therapyEnd : undefined),
      }),
    };
  });
};

const followUp = ({ visitDate, months, status }: RowValues): FollowUpRecord[] =>
  status === undefined ? [] : [{ ...defined({ date: visitDate, months }), status: status as FollowUpRecord["status"] }];

const byTime = (a: FollowUpRecord, b: FollowUpRecord): number =>
  (a.months ?? Number.POSITIVE_INFINITY) - (b.months ?? Number.POSITIVE_INFINITY) ||
  (a.date ?? "").localeCompare(b.date ?? "");

/** The same names and the same day of birth under two numbers. */
const samePersons = (patients: readonly PatientDraft[]): Contradiction[] => {
  const byPerson = new Map<string, PatientDraft>();
  const found: Contradiction[] = [];
  for (const draft of [...patients].sort(byPatient)) {
    const { birthDate } = draft.said;
    if (birthDate === undefined || birthDate.length < 10) continue;
    for (const person of draft.persons) {
      const key = `${person} ${birthDate}`;
      const other = byPerson.get(key);
      if (other === undefined) byPerson.set(key, draft);
      else {
        const detail = `The patients ${other.patient} and ${draft.patient} have the same names and date of birth.`;
        found.push({ rule: "same-person-two-ids", patient: other.patient, otherPatient: draft.patient, detail });
      }
    }
  }
  return found;
};

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without the fields that are undefined. */
const defined = <T extends Readonly<Record<string, unknown>>>(object: T): Defined<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
