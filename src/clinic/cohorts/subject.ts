/** What a cohort is drawn from: patients with their cases and radiographs. */
import type { ImageId, PatientId } from "../ids.ts";
import type { CaseRecord, Diagnosis, FollowUpRecord, PartialDate, PatientRecord } from "../records.ts";

/** A radiograph, as far as eligibility asks. */
export interface CohortImage {
  readonly image: ImageId;
  readonly date?: PartialDate;
  readonly region?: string;
  readonly origin: "internal" | "external";
  /** Whether text stands in its pixels; unknown, or absent, while nobody has looked or decided. */
  readonly burnedInText?: "yes" | "no" | "unknown";
}

/** A patient with all that is known. */
export interface Subject extends PatientRecord {
  readonly cases: readonly CaseRecord[];
  readonly images: readonly CohortImage[];
}

/** One case of a subject: what criteria are asked of. */
export interface SubjectCase {
  readonly subject: Subject;
  readonly case: CaseRecord;
}

/** The diagnosis that counts: the final one, or the preliminary one where there is no final one yet. */
export const countingDiagnosis = ({ final, preliminary }: CaseRecord): Diagnosis | undefined => final ?? preliminary;

/** When the case was diagnosed, by the diagnosis that counts. */
export const diagnosisDate = (of: CaseRecord): PartialDate | undefined => of.final?.date ?? of.preliminary?.date;

/** A date on a line of months, days as fractions; what is unknown counts as the beginning. */
const onMonths = (date: PartialDate): number => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return 12 * year + month + day / 32;
};

const isFinal = ({ status }: FollowUpRecord): boolean => status === "lost to follow-up" || status.startsWith("died");

/** Where a follow-up lies in time: by its date, or else by the months since the diagnosis; a loss or death without both, last. */
const whenOf = (of: CaseRecord, followUp: FollowUpRecord): number => {
  const { date, months } = followUp;
  if (date !== undefined) return onMonths(date);
  if (months !== undefined) return onMonths(diagnosisDate(of) ?? "0") + months;
  return isFinal(followUp) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
};

/** How the case stood last; undefined without any follow-up. Of two on one day, the one that the table names later. */
export const lastFollowUp = (of: CaseRecord): FollowUpRecord | undefined => {
  const [first, ...others] = of.followUps;
  return others.reduce((last, one) => (last && whenOf(of, one) < whenOf(of, last) ? last : one), first);
};

/**
 * Months from the diagnosis to the last follow-up: as the table counts them, or else by the months that both dates name;
 * undefined where one of them is unknown, or known by its year alone.
 */
export const followUpMonths = (of: CaseRecord): number | undefined => {
  const last = lastFollowUp(of);
  const [from = "", to = ""] = [diagnosisDate(of), last?.date];
  if (last?.months !== undefined) return last.months;
  return from.length < 7 || to.length < 7 ? undefined : onMonths(to.slice(0, 7)) - onMonths(from.slice(0, 7));
};

/** Every patient once, also those of whom only radiographs or only records are there. */
export const gatherSubjects = (
  records: { readonly patients: readonly PatientRecord[]; readonly cases: readonly CaseRecord[] },
  images: readonly (CohortImage & { readonly patient: PatientId })[],
): Subject[] => {
  const known = new Map(records.patients.map((record) => [record.patient, record]));
  const casesOf = Map.groupBy(records.cases, ({ patient }) => patient);
  const imagesOf = Map.groupBy(images, ({ patient }) => patient);
  const patients = new Set([...known.keys(), ...casesOf.keys(), ...imagesOf.keys()]);
  return [...patients].sort().map((patient) => ({
    ...(known.get(patient) ?? { patient }),
    cases: casesOf.get(patient) ?? [],
    images: (imagesOf.get(patient) ?? []).map(({ patient: _, ...image }) => image),
  }));
};
