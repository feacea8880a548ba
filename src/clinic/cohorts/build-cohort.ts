/**
 * Applies a definition's criteria in order and counts what each excludes. A patient stays while at least one case does, and
 * is excluded at the step at which the last one goes; so every step adds up: remaining = remaining before - excluded.
 */
import type { ImageId, PatientId } from "../ids.ts";
import type { CaseRecord } from "../records.ts";
import type { CohortDefinition, Condition, Criterion, ImageCondition } from "./definition.ts";
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
  /** The radiographs of this case that the criteria ask for, or all of the patient's where none asks. */
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

/** A case on the way through the criteria, with the radiographs that they have asked for so far. */
interface CandidateCase extends SubjectCase {
  readonly images: readonly ImageId[];
}

/** A patient on the way through the criteria. */
interface Candidate {
  readonly subject: Subject;
  readonly cases: readonly CandidateCase[];
}

/** The image conditions that a criterion makes hold for those who stay. */
const demandedImages = (criterion: Criterion): readonly ImageCondition[] => {
  const parts = (condition: Condition): readonly ImageCondition[] => {
    if ("all" in condition) return condition.all.flatMap(parts);
    return "images" in condition ? [condition.images] : [];
  };
  return "include" in criterion ? parts(criterion.include) : [];
};

/** The case with its radiographs narrowed; undefined where it fails, or where too few radiographs meet all that was asked. */
const narrow = (one: CandidateCase, criterion: Criterion): CandidateCase | undefined => {
  const stays = "include" in criterion ? meets(one, criterion.include) : !meets(one, criterion.exclude);
  if (!stays) return undefined;
  const demands = demandedImages(criterion);
  let { images } = one;
  for (const demand of demands) {
    const matching = new Set(matchingImages(one, demand).map(({ image }) => image));
    images = images.filter((image) => matching.has(image));
  }
  return demands.every(({ atLeast }) => images.length >= atLeast) ? { ...one, images } : undefined;
};

const apply = (criterion: Criterion, { subject, cases }: Candidate): Candidate => ({
  subject,
  cases: cases.flatMap((one) => narrow(one, criterion) ?? []),
});

const countOf = (candidates: readonly Candidate[]): Counts => ({
  patients: candidates.length,
  cases: candidates.reduce((sum, { cases }) => sum + cases.length, 0),
  images: candidates.reduce((sum, { subject, cases }) => {
    const some = new Set(cases.flatMap(({ images }) => images)); // two cases of a patient share radiographs
    return sum + (cases.length > 0 ? some.size : subject.images.length);
  }, 0),
});

const minus = (a: Counts, b: Counts): Counts => ({
  patients: a.patients - b.patients,
  cases: a.cases - b.cases,
  images: a.images - b.images,
});

/** The earliest diagnosis first; what has no date last, then by number. */
const earliest = (cases: readonly CandidateCase[]): CandidateCase => {
  const key = ({ case: one }: CandidateCase): string => `${diagnosisDate(one) ?? "9999"} ${one.case}`;
  return cases.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))[0]!;
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
    cases: subject.cases.map((one) => ({ subject, case: one, images: subject.images.map(({ image }) => image) })),
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
  const members = candidates.map(({ subject, cases }): CohortMember => {
    const { case: own, images } = earliest(cases);
    return { patient: subject.patient, case: own, images };
  });
  return { definition, start, flow, members, excluded };
};
