/**
 * Applies a definition's criteria in order and counts what each excludes. A patient stays while at least one case does, and
 * is excluded at the step at which the last one goes; so every step adds up: remaining = remaining before - excluded.
 */
import type { ImageId, PatientId } from "../ids.ts";
import type { CaseRecord } from "../records.ts";
import type { CohortDefinition, Condition, Criterion } from "./definition.ts";
import { matchingImages, meets } from "./meets.ts";
import { diagnosisDate, type Subject, type SubjectCase } from "./subject.ts";

/** Patients, their cases and their radiographs. */
export interface Counts {
  readonly patients: number;
  readonly cases: number;
  readonly images: number;
}

/** What one criterion did. */
export interface FlowCount {
  readonly reason: string;
  readonly remainingTitle?: string;
  readonly excluded: Counts;
  readonly remaining: Counts;
}

/** A patient of the cohort. */
export interface CohortMember {
  readonly patient: PatientId;
  /** The earliest case that met every criterion. */
  readonly case: CaseRecord;
  /** The radiographs that the criteria ask for, or all of the patient's where none asks. */
  readonly images: readonly ImageId[];
}

/** A cohort with its counted flow. */
export interface Cohort {
  readonly definition: CohortDefinition;
  readonly start: Counts;
  readonly flow: readonly FlowCount[];
  readonly members: readonly CohortMember[];
  /** Why each of the others is no member: the position of the criterion. */
  readonly excluded: readonly { readonly patient: PatientId; readonly criterion: number }[];
}

/** A patient on the way through the criteria. */
interface Candidate {
  readonly subject: Subject;
  readonly cases: readonly SubjectCase[];
  readonly images: readonly ImageId[];
}

/** The image conditions that a criterion makes hold for those who stay. */
const demandedImages = (criterion: Criterion): readonly Condition[] => {
  const parts = (condition: Condition): readonly Condition[] =>
    "all" in condition ? condition.all.flatMap(parts) : [condition];
  return "include" in criterion ? parts(criterion.include).filter((part) => "images" in part) : [];
};

const apply = (criterion: Criterion, { subject, cases, images }: Candidate): Candidate => {
  const stay = cases.filter((one) =>
    "include" in criterion ? meets(one, criterion.include) : !meets(one, criterion.exclude),
  );
  let kept = stay.length > 0 ? images : [];
  for (const condition of demandedImages(criterion)) {
    if (!("images" in condition)) continue;
    const matching = new Set(stay.flatMap((one) => matchingImages(one, condition.images).map(({ image }) => image)));
    kept = kept.filter((image) => matching.has(image));
  }
  return { subject, cases: stay, images: kept };
};

const countOf = (candidates: readonly Candidate[]): Counts => ({
  patients: candidates.length,
  cases: candidates.reduce((sum, { cases }) => sum + cases.length, 0),
  images: candidates.reduce((sum, { images }) => sum + images.length, 0),
});

const minus = (a: Counts, b: Counts): Counts => ({
  patients: a.patients - b.patients,
  cases: a.cases - b.cases,
  images: a.images - b.images,
});

/** The earliest diagnosis first; what has no date last, then by number. */
const earliest = (cases: readonly SubjectCase[]): CaseRecord => {
  const key = ({ case: one }: SubjectCase): string => `${diagnosisDate(one) ?? "9999"} ${one.case}`;
  return cases.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))[0]!.case;
};

/**
 * Builds a cohort.
 *
 * @param subjects every patient of the archive, each once; those without any case count at the start and fall at the first
 *   criterion
 */
export const buildCohort = (definition: CohortDefinition, subjects: readonly Subject[]): Cohort => {
  let candidates: readonly Candidate[] = subjects.map((subject) => ({
    subject,
    cases: subject.cases.map((one) => ({ subject, case: one })),
    images: subject.images.map(({ image }) => image),
  }));
  const start = countOf(candidates);
  const flow: FlowCount[] = [];
  const excluded: { patient: PatientId; criterion: number }[] = [];
  for (const [position, criterion] of definition.criteria.entries()) {
    const before = countOf(candidates);
    const after = candidates.map((candidate) => apply(criterion, candidate));
    const gone = after.filter(({ cases }) => cases.length === 0);
    for (const { subject } of gone) excluded.push({ patient: subject.patient, criterion: position });
    candidates = after.filter(({ cases }) => cases.length > 0);
    const remaining = countOf(candidates);
    const { reason, remaining: remainingTitle } = criterion;
    flow.push({ reason, ...(remainingTitle ? { remainingTitle } : {}), excluded: minus(before, remaining), remaining });
  }
  const members = candidates.map(
    ({ subject, cases, images }): CohortMember => ({ patient: subject.patient, case: earliest(cases), images }),
  );
  return { definition, start, flow, members, excluded };
};
