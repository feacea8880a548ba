/** What a report may say of a case, and the plain fields of what it does say. */
import type { Side } from "../../../clinic/records.ts";
import type {
  Certainty,
  ReportKind,
  ReportLanguage,
  StatedDiagnosis,
  TherapyPhase,
} from "../../../clinic/reports/report-fields.ts";

/** The fields of a report without their evidence. */
export interface PlainReportFields {
  readonly language: ReportLanguage;
  readonly kind?: ReportKind;
  readonly surgery?: "preoperative" | "postoperative";
  readonly chemotherapy?: TherapyPhase;
  readonly radiotherapy?: TherapyPhase;
  readonly occurrence?: "primary" | "recurrent";
  readonly sizeMm?: readonly number[];
  readonly site?: string;
  readonly side?: Side;
  readonly position?: string;
  readonly diagnoses: readonly StatedDiagnosis[];
}

/** What is known when the report is written. */
export interface ReportFacts {
  readonly entity?: string;
  /** What it might be instead. */
  readonly other: string;
  /** Another disease of the past. */
  readonly history: string;
  readonly site?: string;
  readonly side?: Side;
  readonly position?: string;
  readonly sizeMm?: readonly number[];
  readonly occurrence: "primary" | "recurrent";
  readonly surgery: "preoperative" | "postoperative";
  readonly chemotherapy?: TherapyPhase;
  readonly radiotherapy?: TherapyPhase;
  readonly year: number;
}

/** What a sentence says besides the places, sizes and names that its blanks hold. */
export interface Says {
  /** Of the case's entity, where the sentence names it. */
  readonly of?: Certainty;
  /** Of the other entity. */
  readonly ofOther?: Certainty;
  readonly surgery?: "preoperative" | "postoperative";
  readonly chemotherapy?: TherapyPhase;
  readonly radiotherapy?: TherapyPhase;
  readonly occurrence?: "primary" | "recurrent";
}

/** A sentence with blanks such as `{entity}`, and what it says. */
export type SentencePattern = readonly [text: string, says?: Says];

/** The sentences of one place in a report; one that suits the facts is taken. */
export interface Slot {
  readonly patterns: readonly SentencePattern[];
  /** How often the slot is filled. Default 1. */
  readonly chance?: number;
  /** A heading that stands before it. */
  readonly heading?: readonly string[];
}
