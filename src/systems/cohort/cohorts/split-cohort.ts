/** A split of a cohort, with linked patients kept together, and its audit. */
import type { Cohort } from "../../../clinic/cohorts/build-cohort.ts";
import type { Subject } from "../../../clinic/cohorts/subject.ts";
import type { CohortField } from "../../../clinic/field-provenance.ts";
import type { ImageId, PatientId } from "../../../clinic/ids.ts";
import { type AuditedSet, auditLeaks, type Leak } from "../../../clinic/leaks/audit-leaks.ts";
import { makeSplit, type Split, type SplitPlan } from "../../../clinic/splits/make-split.ts";
import type { StoredImage } from "../../../store/index.ts";
import { cohortRow } from "./cohort-table.ts";

/** What the home knows besides the cohort. */
export interface SplitSources {
  readonly subjects: ReadonlyMap<PatientId, Subject>;
  readonly images: readonly StoredImage[];
  /** Pairs of numbers that the tables give to one person. */
  readonly samePerson: readonly (readonly [PatientId, PatientId])[];
}

/** The first image of a chain: a copy of a copy shows what the first one shows, whether or not that is in the cohort. */
const originals = (images: readonly StoredImage[]): ((image: ImageId) => ImageId) => {
  const shows = new Map(images.map(({ id, nearDuplicateOf }) => [id, nearDuplicateOf]));
  return (image) => {
    let first = image;
    const seen = new Set([first]);
    for (let next = shows.get(first); next && !seen.has(next); next = shows.get(next)) {
      first = next;
      seen.add(next);
    }
    return first;
  };
};

const auditedSet = (
  patients: ReadonlySet<PatientId>,
  { subjects, images }: SplitSources,
  only: ReadonlySet<ImageId>,
): AuditedSet => {
  const originalOf = originals(images);
  return {
    patients: [...patients].map((patient) => subjects.get(patient) ?? { patient, cases: [], images: [] }),
    images: images
      .filter(({ id, patient }) => patients.has(patient) && only.has(id))
      .map((image) => ({
        image: image.id,
        patient: image.patient,
        pixelHash: image.pixelHash,
        ...(image.studyInstanceUid === null ? {} : { studyInstanceUid: image.studyInstanceUid }),
        ...(image.perceptualHash === null ? {} : { perceptualHash: image.perceptualHash }),
        ...(image.nearDuplicateOf === null ? {} : { nearDuplicateOf: originalOf(image.id) }),
      })),
  };
};

const imagesOf = ({ members }: Cohort): ReadonlySet<ImageId> => new Set(members.flatMap(({ images }) => images));

/**
 * Members who are, or may be, one person or show the same picture: the audit of the cohort against itself. Hashes that are
 * merely alike link nobody: knees resemble each other.
 */
export const linkedMembers = (cohort: Cohort, sources: SplitSources): (readonly [PatientId, PatientId])[] => {
  const everybody = auditedSet(new Set(cohort.members.map(({ patient }) => patient)), sources, imagesOf(cohort));
  return auditLeaks(everybody, everybody, { samePerson: sources.samePerson, hashDistance: -1 })
    .map(({ patients }) => patients)
    .filter(([a, b]) => a < b);
};

/**
 * Splits a cohort.
 *
 * @param by the field that every part keeps in proportion
 */
export const splitCohort = (
  cohort: Cohort,
  plan: Omit<SplitPlan, "links">,
  { by, ...sources }: SplitSources & { by: CohortField },
): Split => {
  const members = cohort.members.map((member) => {
    const subject = sources.subjects.get(member.patient);
    const stratum = String(cohortRow(member, subject)[by] ?? "unknown");
    return { patient: member.patient, stratum, ...(subject?.origin ? { origin: subject.origin } : {}) };
  });
  return makeSplit(members, { ...plan, links: linkedMembers(cohort, sources) });
};

/** A leak, and between which parts. */
export interface SplitLeak extends Leak {
  readonly parts: readonly [string, string];
}

/** Everything that two parts of a split share. */
export const auditSplit = (cohort: Cohort, { parts }: Split, sources: SplitSources): SplitLeak[] => {
  const only = imagesOf(cohort);
  const sets = Object.entries(parts).map(([name, patients]) => ({
    name,
    set: auditedSet(new Set(patients), sources, only),
  }));
  return sets.flatMap(({ name, set }, i) =>
    sets.slice(i + 1).flatMap((other) =>
      auditLeaks(set, other.set, { samePerson: sources.samePerson }).map((leak) => ({
        ...leak,
        parts: [name, other.name] as const,
      })),
    ),
  );
};
