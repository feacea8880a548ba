/** What is known of a phantom patient before anything is drawn. */
import type { Entity } from "../clinic/entities.ts";
import type { PatientId } from "../clinic/ids.ts";
import type { Position, Site } from "../clinic/sites.ts";

/** A projection. */
export type View = "AP" | "lateral" | "oblique";

/** When in the course of a treatment a radiograph is taken. */
export type ExaminationStage = "pre-therapy" | "post-chemotherapy" | "post-radiotherapy" | "postoperative";

/** What an operation leaves in the picture; `resection` leaves a gap only. */
export type Implant =
  | "plate"
  | "intramedullary nail"
  | "knee endoprosthesis"
  | "hip endoprosthesis"
  | "shoulder endoprosthesis"
  | "bone cement"
  | "bone graft"
  | "resection";

/** One radiograph to be taken. */
export interface Examination {
  /** yyyy-mm-dd. */
  readonly date: string;
  /** Radiographs of one day belong to one study: 1, 2, ... */
  readonly study: number;
  readonly view: View;
  /** `pre-therapy` where absent. After an operation the tumour is gone from the picture, and its mask is empty. */
  readonly stage?: ExaminationStage;
  /** After an operation; where absent, what suits the entity and the place (implantFor). */
  readonly implant?: Implant;
}

/** What became of the patient. */
export interface FollowUp {
  readonly treatment: string;
  readonly outcome: "no evidence of disease" | "stable disease" | "local recurrence" | "metastasis" | "died of disease";
  readonly months: number;
}

/** A patient of the synthetic centre. */
export interface PhantomPatient {
  readonly id: PatientId;
  /** The centre's number of the case that the radiographs belong to, where the centre has records of cases. */
  readonly case?: string;
  /** The seed of everything that is drawn of this patient. */
  readonly seed: number;
  readonly entity: Entity;
  readonly ageYears: number;
  readonly sex: "F" | "M";
  readonly site: Site;
  /** Absent where the bone has none (spine, sacrum). */
  readonly side?: "left" | "right";
  /** Absent on short and flat bones. */
  readonly position?: Position;
  /** The named place of the skeleton where the tumour sits. */
  readonly place: string;
  /** The region of SAM-X that the radiographs show. */
  readonly region: string;
  readonly origin: "internal" | "external";
  readonly diagnosisDate: string;
  readonly examinations: readonly Examination[];
  readonly followUp: FollowUp;
}
