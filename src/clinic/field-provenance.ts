/**
 * When each clinical field is known. A model that is to help before the biopsy must not read what only the biopsy, the
 * therapy or the years after it tell: the trap of a "position" or "symptom" that holds somebody's diagnosis.
 */

/** The moments of a case, the earliest first. */
export const moments = ["referral", "imaging", "biopsy", "therapy", "follow-up"] as const;
export type Moment = (typeof moments)[number];

/** A field of a cohort's table. */
export interface FieldProvenance {
  readonly knownAt: Moment;
  /** What to beware of; absent where there is nothing. */
  readonly caution?: string;
}

/** Every column of an exported cohort. */
export const fieldProvenance = {
  patient: { knownAt: "referral" },
  case: { knownAt: "referral" },
  origin: { knownAt: "referral" },
  sex: { knownAt: "referral" },
  ageYears: { knownAt: "referral", caution: "Age at the diagnosis: a little later than at the referral." },
  side: { knownAt: "referral" },
  site: { knownAt: "imaging" },
  position: { knownAt: "imaging", caution: "Read from the radiograph by somebody who may have known the diagnosis." },
  tumourSizeMm: { knownAt: "imaging", caution: "May be the pathologist's measure of the resected tumour." },
  preliminaryEntity: { knownAt: "imaging", caution: "A diagnosis itself." },
  entity: { knownAt: "biopsy", caution: "The answer: never an input." },
  malignancy: { knownAt: "biopsy", caution: "Follows from the entity." },
  confirmation: { knownAt: "biopsy", caution: "Malignant tumours alone are always confirmed by histopathology." },
  diagnosisDate: { knownAt: "biopsy" },
  icd10: { knownAt: "biopsy", caution: "Codes the diagnosis." },
  icdO3Morphology: { knownAt: "biopsy", caution: "Codes the diagnosis." },
  grade: { knownAt: "biopsy" },
  tnm: { knownAt: "biopsy", caution: "A pathological stage is known after the resection only." },
  occurrence: { knownAt: "referral", caution: "Whether a recurrence: implies an earlier diagnosis." },
  treatments: { knownAt: "therapy", caution: "Follows from the diagnosis." },
  outcome: { knownAt: "follow-up" },
  followUpMonths: { knownAt: "follow-up" },
  radiographs: {
    knownAt: "imaging",
    caution: "Counts those of the years after it too, unless the cohort asks for radiographs before therapy.",
  },
} as const satisfies Readonly<Record<string, FieldProvenance>>;

export type CohortField = keyof typeof fieldProvenance;

/**
 * The fields that are known at a moment: what a model that is asked then may read.
 * @example
 * fieldsKnownAt("imaging").includes("entity"); // false
 */
export const fieldsKnownAt = (moment: Moment): CohortField[] =>
  (Object.keys(fieldProvenance) as CohortField[]).filter(
    (field) => moments.indexOf(fieldProvenance[field].knownAt) <= moments.indexOf(moment),
  );
