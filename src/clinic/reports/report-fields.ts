/** What a radiology report, a pathology report or a tumour-board protocol says, as fields, each with the sentence it came from. */
import type { Side } from "../records.ts";

export type ReportKind = "radiology" | "pathology" | "tumour board";
export type ReportLanguage = "de" | "en";

/** Where in a text a field was found. */
export interface Evidence {
  readonly sentence: string;
  /** First character of the sentence, counted from 0 in UTF-16 units. */
  readonly start: number;
  /** One past its last character. */
  readonly end: number;
}

/** A value and the sentence that says it. */
export interface Stated<T> {
  readonly value: T;
  readonly evidence: Evidence;
}

/** How certain a text is of a diagnosis: it has it, suspects it, names it among others, or rules it out. */
export type Certainty = "confirmed" | "suspected" | "differential" | "excluded";

/** Where the patient stands in a therapy when the report was written. */
export type TherapyPhase = "before" | "during" | "after";

/** A diagnosis that a text names. */
export interface StatedDiagnosis {
  /** The vocabulary's name of the entity. */
  readonly entity: string;
  readonly certainty: Certainty;
  /** Present where the text speaks of it as history: "Z. n. Osteosarkom 2009". */
  readonly past?: true;
}

/** The fields of one report; what the text does not say is absent. */
export interface ReportFields {
  readonly language: ReportLanguage;
  readonly kind?: ReportKind;
  readonly surgery?: Stated<"preoperative" | "postoperative">;
  readonly chemotherapy?: Stated<TherapyPhase>;
  readonly radiotherapy?: Stated<TherapyPhase>;
  readonly occurrence?: Stated<"primary" | "recurrent">;
  /** Extents of the tumour in mm, the largest first, one to three. */
  readonly sizeMm?: Stated<readonly number[]>;
  /** The vocabulary's name of the site. */
  readonly site?: Stated<string>;
  readonly side?: Stated<Side>;
  /** Position on a long bone (clinic/sites.ts). */
  readonly position?: Stated<string>;
  readonly diagnoses: readonly Stated<StatedDiagnosis>[];
}
