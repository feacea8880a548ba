/**
 * The clinical data of a tumour centre once its tables are read: patients, their cases (a patient may come again with
 * another tumour), what was found and done, and how they fared. Every field that the tables left open is absent.
 */
import type { PatientId } from "./ids.ts";

/** A day, a month or a year, as far as it is known: `2016-05-12`, `2016-05` or `2016`. */
export type PartialDate = string;

export type Sex = "female" | "male" | "other";

/** How a tumour behaves: the three grades of the dissertation's cohort (its chapter 2.1). */
export type Malignancy = "benign" | "intermediate" | "malignant";

export type Side = "left" | "right" | "both";

/** What a diagnosis rests on; histopathology is the reference standard (Eur Radiol 2024, eligibility criteria). */
export type Confirmation = "histopathology" | "tumour board" | "radiology";

/** A person. */
export interface PatientRecord {
  readonly patient: PatientId;
  readonly sex?: Sex;
  readonly birthDate?: PartialDate;
  readonly deathDate?: PartialDate;
  readonly origin?: "internal" | "external";
}

/** A diagnosis by the names of the vocabulary (clinic/vocabulary). */
export interface Diagnosis {
  /** The vocabulary's name of the entity. */
  readonly entity: string;
  readonly malignancy?: Malignancy;
  readonly confirmation?: Confirmation;
  readonly date?: PartialDate;
}

/** The TNM classification of malignant tumours (UICC, 8th edition), each part as written: `1a`, `X`. */
export interface TnmStage {
  /** `c` clinical, `p` pathological; y, r and a may stand before it. */
  readonly prefix?: string;
  readonly t?: string;
  readonly n?: string;
  readonly m?: string;
}

/** One treatment of a case. */
export interface Treatment {
  readonly kind: "surgery" | "chemotherapy" | "radiotherapy" | "observation" | "other";
  /** As the table words it. */
  readonly detail?: string;
  readonly startDate?: PartialDate;
  readonly endDate?: PartialDate;
}

/** How a case stood on a day. */
export interface FollowUpRecord {
  readonly date?: PartialDate;
  /** Months since the diagnosis, where the table counts so. */
  readonly months?: number;
  readonly status:
    | "no evidence of disease"
    | "stable disease"
    | "local recurrence"
    | "metastasis"
    | "died of disease"
    | "died of other cause"
    | "lost to follow-up";
}

/** One case: a tumour of a patient, as the centre counts them (dissertation, chapter 2.1). */
export interface CaseRecord {
  readonly patient: PatientId;
  /** The centre's number of the case, unique within a home. */
  readonly case: string;
  /** Before the final diagnosis, often from images alone. */
  readonly preliminary?: Diagnosis;
  readonly final?: Diagnosis;
  readonly icd10?: string;
  /** Morphology with behaviour, such as `9180/3`. */
  readonly icdO3Morphology?: string;
  /** Topography, such as `C40.2`. */
  readonly icdO3Topography?: string;
  /** The vocabulary's name of the site. */
  readonly site?: string;
  readonly side?: Side;
  /** Position on a long bone (clinic/sites.ts). */
  readonly position?: string;
  /** At the diagnosis. */
  readonly ageYears?: number;
  readonly occurrence?: "primary" | "recurrent";
  readonly tnm?: TnmStage;
  /** Histological grade 1 to 3 or 4. */
  readonly grade?: number;
  readonly tumourSizeMm?: number;
  readonly treatments: readonly Treatment[];
  readonly followUps: readonly FollowUpRecord[];
}
