/**
 * The patients of the ten entities: phantomPatients with a course, later radiographs, and the few of whom something is
 * missing (Eur Radiol 2024, eligibility criteria).
 */
import { entityFacts } from "../../clinic/entities.ts";
import type { CaseRecord, FollowUpRecord } from "../../clinic/records.ts";
import type { Random } from "../../numeric/random.ts";
import type { Examination, PhantomPatient } from "../patient.ts";
import type { CentrePatient, Exclusion } from "./centre-patient.ts";
import { addDays } from "./days.ts";
import { drawCase } from "./draw-case.ts";
import { phantomPerson } from "./person.ts";

/** A case that waits for its number. */
export type CaseDraft = Omit<CaseRecord, "case">;

/** A patient whose cases wait for their numbers. */
export type PatientDraft = Omit<CentrePatient, "cases"> & { readonly cases: readonly CaseDraft[] };

const planOf = (patient: PhantomPatient, exclusion: Exclusion | undefined): string =>
  // without a radiograph from before, there was an operation elsewhere or no picture at all
  exclusion === "no radiograph before therapy" && patient.followUp.treatment === "observation"
    ? "curettage"
    : patient.followUp.treatment;

/** Radiographs after treatments began, on days of their own. */
const laterExaminations = (patient: PhantomPatient, { treatments }: CaseDraft, random: Random): Examination[] => {
  let study = Math.max(...patient.examinations.map((one) => one.study));
  const second = patient.examinations.find(({ view }) => view !== "AP")?.view;
  const later: Examination[] = [];
  const take = (date: string, stage: NonNullable<Examination["stage"]>): void => {
    study += 1;
    later.push({ date, study, view: "AP", stage });
    if (second !== undefined && random.chance(0.3)) later.push({ date, study, view: second, stage });
  };
  const of = (kind: string) => treatments.find((one) => one.kind === kind);
  const surgery = of("surgery")?.startDate;
  const chemotherapy = of("chemotherapy")?.startDate;
  const radiotherapy = of("radiotherapy")?.endDate;
  if (chemotherapy !== undefined && random.chance(0.6))
    take(addDays(chemotherapy, 45 + random.integer(15)), "post-chemotherapy");
  if (surgery !== undefined && random.chance(0.6)) {
    take(addDays(surgery, 1 + random.integer(8)), "postoperative");
    if (random.chance(0.35)) take(addDays(surgery, 80 + random.integer(300)), "postoperative");
  } else if (radiotherapy !== undefined && surgery === undefined && random.chance(0.6)) {
    take(addDays(radiotherapy, 20 + random.integer(100)), "post-radiotherapy");
  }
  return later;
};

/** The rarely asked-for follow-up that nobody could give. */
const lose = (followUps: readonly FollowUpRecord[], random: Random): FollowUpRecord[] => {
  if (followUps.length === 0 || random.chance(0.4)) return [];
  const last = followUps.at(-1)!;
  const seen = followUps.slice(0, -1).filter(({ status }) => !status.startsWith("died"));
  return [...seen, { ...last, status: "lost to follow-up" }];
};

/** A patient of the study with the reason, if any, that keeps him or her out of it. */
export const studyPatient = (
  seed: number,
  of: { readonly patient: PhantomPatient; readonly exclusion?: Exclusion },
  random: Random,
): PatientDraft => {
  const { patient, exclusion } = of;
  const { behaviour } = entityFacts(patient.entity);
  const person = phantomPerson(seed, patient);
  const preliminaryOnly = exclusion === "not verified" && random.chance(0.4);
  const verified =
    exclusion === "not verified" ? (["radiology"] as const) : (["histopathology", "tumour board"] as const);
  // after a preliminary diagnosis there was no tissue
  const confirmation = behaviour === "malignant" && verified.length > 1 ? "histopathology" : random.pick(verified);
  const drawn = drawCase(
    {
      patient: patient.id,
      entity: patient.entity,
      malignancy: behaviour,
      confirmation,
      date: patient.diagnosisDate,
      ageYears: patient.ageYears,
      site: patient.site,
      ...(patient.side ? { side: patient.side } : {}),
      ...(patient.position ? { position: patient.position } : {}),
      occurrence: random.chance(0.05) ? "recurrent" : "primary",
      plan: planOf(patient, exclusion),
      outcome: patient.followUp.outcome,
      months: patient.followUp.months,
      ...(preliminaryOnly ? { preliminaryOnly } : {}),
    },
    random,
  );
  const noSite = exclusion === "incomplete clinical data" && random.chance(0.5);
  const noAge = exclusion === "incomplete clinical data" && !noSite;
  const { site, side, position, icd10, ...withoutSite } = drawn;
  const { ageYears, ...withoutAge } = drawn;
  const found = noSite ? withoutSite : noAge ? withoutAge : drawn;
  const onlyCase: CaseDraft =
    exclusion === "lost to follow-up" ? { ...found, followUps: lose(found.followUps, random) } : found;
  const later = laterExaminations(patient, onlyCase, random);
  const before = exclusion === "no radiograph before therapy" ? [] : patient.examinations;
  const examinations = [...before, ...later];
  const death = onlyCase.followUps.find(({ status }) => status.startsWith("died"))?.date;
  return {
    record: {
      patient: patient.id,
      sex: patient.sex === "F" ? "female" : "male",
      ...(noAge ? {} : { birthDate: person.birthDate }),
      ...(death ? { deathDate: death } : {}),
      origin: patient.origin,
    },
    person,
    cases: [onlyCase],
    ...(examinations.length > 0 ? { radiographed: { ...patient, examinations } } : {}),
    ...(exclusion ? { exclusion } : {}),
  };
};
