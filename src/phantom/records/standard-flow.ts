/**
 * How many patients are left after each eligibility criterion of the recommender study (Hinterwimmer et al., Eur Radiol
 * 2024, methods and figure 1), counted from what is true.
 */
import { entities } from "../../clinic/entities.ts";
import type { CaseRecord } from "../../clinic/records.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import type { CentrePatient } from "./centre-patient.ts";

/** One step of the flow, in patients. */
export interface FlowStep {
  readonly step: string;
  readonly excluded: number;
  readonly remaining: number;
}

const ofStudy: ReadonlySet<string> = new Set(entities.map(({ entity }) => entity));

const steps: readonly (readonly [string, (patient: CentrePatient, one: CaseRecord) => boolean])[] = [
  [
    "treated for a primary bone neoplasm between 2000 and 2021",
    (_, { final, preliminary }) => {
      const { entity, date = "" } = final ?? preliminary ?? { entity: "" };
      return entityTerm(entity)?.tissue === "bone" && date >= "2000-01-01" && date <= "2021-12-31";
    },
  ],
  ["one of ten entities", (_, { final, preliminary }) => ofStudy.has((final ?? preliminary)!.entity)],
  [
    "verified: malignant by histopathology, others by histopathology or tumour board",
    (_, { final, preliminary }) => {
      const { confirmation, malignancy } = (final ?? preliminary)!;
      return confirmation === "histopathology" || (confirmation === "tumour board" && malignancy !== "malignant");
    },
  ],
  [
    "radiograph before therapy",
    ({ radiographed }, { treatments }) => {
      const starts = treatments
        .filter(({ kind }) => ["surgery", "chemotherapy", "radiotherapy"].includes(kind))
        .map(({ startDate }) => startDate!);
      return radiographed?.examinations.some(({ date }) => starts.every((start) => date <= start)) ?? false;
    },
  ],
  [
    "age, sex and site known",
    ({ record }, { ageYears, site }) => ageYears !== undefined && site !== undefined && record.sex !== undefined,
  ],
  ["followed up", (_, { followUps }) => followUps.length > 0 && followUps.at(-1)!.status !== "lost to follow-up"],
];

/** The flow; a patient stays while one case meets every criterion so far. The first step excludes nobody. */
export const standardFlow = (patients: readonly CentrePatient[]): FlowStep[] => {
  let left = patients.map((patient) => ({ patient, cases: patient.cases }));
  return [
    { step: "patients of the centre", excluded: 0, remaining: left.length },
    ...steps.map(([step, stays]) => {
      const before = left.length;
      left = left
        .map(({ patient, cases }) => ({ patient, cases: cases.filter((one) => stays(patient, one)) }))
        .filter(({ cases }) => cases.length > 0);
      return { step, excluded: before - left.length, remaining: left.length };
    }),
  ];
};
