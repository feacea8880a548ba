/** A patient of the synthetic centre with everything that is true of him or her. */
import type { PatientId } from "../../clinic/ids.ts";
import type { CaseRecord, PatientRecord } from "../../clinic/records.ts";
import type { PhantomPatient } from "../patient.ts";
import type { Person } from "./person.ts";

/** Why a patient of the ten entities does not reach the study cohort. */
export type Exclusion =
  | "not verified"
  | "no radiograph before therapy"
  | "incomplete clinical data"
  | "lost to follow-up";

/**
 * A patient. What the centre never recorded is absent here too: the truth of a table is what its cells would say without
 * their errors.
 */
export interface CentrePatient {
  readonly record: PatientRecord;
  readonly person: Person;
  readonly cases: readonly CaseRecord[];
  /** With the radiographs to be drawn; absent for patients without any in the archive. */
  readonly radiographed?: PhantomPatient;
  readonly exclusion?: Exclusion;
  /** What looks like an error in the tables and is none. */
  readonly oddity?: Oddity;
  /** The first number of a person who got a second one. */
  readonly samePersonAs?: PatientId;
}

/** True facts that a careless check would take for errors. */
export type Oddity =
  | "older than a hundred years"
  | "both sides"
  | "twins"
  | "namesakes"
  | "born in the year of the diagnosis"
  | "died on the day of a visit"
  | "treated on the day of the diagnosis"
  | "intermediate chondrosarcoma"
  | "position on a bone of hand or foot";
