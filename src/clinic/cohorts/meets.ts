/** Whether a case meets a condition of a cohort's definition. What is unknown never meets one. */
import { firstDay, lastDay } from "../partial-dates.ts";
import type { PartialDate } from "../records.ts";
import { therapyStage } from "../therapy-stage.ts";
import { entityTerms } from "../vocabulary/entities.ts";
import type { Condition, FollowUpCondition, ImageCondition, KnowableField } from "./definition.ts";
import {
  type CohortImage,
  countingDiagnosis,
  diagnosisDate,
  followUpMonths,
  lastFollowUp,
  type SubjectCase,
} from "./subject.ts";

const isIn = <T>(value: T | undefined, choices: readonly T[]): boolean =>
  value !== undefined && choices.includes(value);

/** A year or a month is inside a span only if all of its days are. */
const isWithin = (value: PartialDate | undefined, { from, to }: Span): boolean =>
  value !== undefined &&
  (from === undefined || firstDay(value) >= firstDay(from)) &&
  (to === undefined || lastDay(value) <= lastDay(to));

interface Span {
  readonly from?: PartialDate | undefined;
  readonly to?: PartialDate | undefined;
}

const fieldOf = ({ subject, case: one }: SubjectCase, field: KnowableField): unknown => {
  const diagnosis = countingDiagnosis(one);
  switch (field) {
    case "sex":
      return subject.sex;
    case "birthDate":
      return subject.birthDate;
    case "entity":
      return diagnosis?.entity;
    case "malignancy":
      return diagnosis?.malignancy;
    case "confirmation":
      return diagnosis?.confirmation;
    case "diagnosisDate":
      return diagnosisDate(one);
    case "followUp":
      return lastFollowUp(one);
    default:
      return one[field];
  }
};

/** The radiographs of a case's patient that a condition means. */
export const matchingImages = ({ subject, case: one }: SubjectCase, condition: ImageCondition): CohortImage[] =>
  subject.images.filter(
    ({ date, region, origin, burnedInText = "unknown" }) =>
      (condition.stage === undefined || condition.stage.includes(therapyStage(date, one))) &&
      (condition.region === undefined || isIn(region, condition.region)) &&
      (condition.origin === undefined || condition.origin.includes(origin)) &&
      (condition.burnedInText === undefined || condition.burnedInText.includes(burnedInText)),
  );

const meetsFollowUp = (of: SubjectCase, { status, monthsAtLeast, lost }: FollowUpCondition): boolean => {
  const last = lastFollowUp(of.case);
  const isLost = last === undefined || last.status === "lost to follow-up";
  return (
    (status === undefined || isIn(last?.status, status)) &&
    (monthsAtLeast === undefined || (followUpMonths(of.case) ?? -1) >= monthsAtLeast) &&
    (lost === undefined || lost === isLost)
  );
};

/** Answers one question to a case. */
export const meets = (of: SubjectCase, condition: Condition): boolean => {
  if ("all" in condition) return condition.all.every((part) => meets(of, part));
  if ("any" in condition) return condition.any.some((part) => meets(of, part));
  if ("not" in condition) return !meets(of, condition.not);
  const diagnosis = countingDiagnosis(of.case);
  if ("diagnosisDate" in condition) return isWithin(diagnosisDate(of.case), condition.diagnosisDate);
  if ("entity" in condition) return isIn(diagnosis?.entity, condition.entity);
  if ("tissue" in condition) {
    return isIn(entityTerms.find(({ name }) => name === diagnosis?.entity)?.tissue, condition.tissue);
  }
  if ("malignancy" in condition) return isIn(diagnosis?.malignancy, condition.malignancy);
  if ("confirmation" in condition) return isIn(diagnosis?.confirmation, condition.confirmation);
  if ("occurrence" in condition) return isIn(of.case.occurrence, condition.occurrence);
  if ("known" in condition) return condition.known.every((field) => fieldOf(of, field) !== undefined);
  if ("ageYears" in condition) {
    const age = of.case.ageYears;
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = condition.ageYears;
    return age !== undefined && age >= from && age <= to;
  }
  if ("sex" in condition) return isIn(of.subject.sex, condition.sex);
  if ("site" in condition) return isIn(of.case.site, condition.site);
  if ("position" in condition) return isIn(of.case.position, condition.position);
  if ("origin" in condition) return isIn(of.subject.origin, condition.origin);
  if ("treatment" in condition) return of.case.treatments.some(({ kind }) => condition.treatment.includes(kind));
  if ("images" in condition) return matchingImages(of, condition.images).length >= condition.images.atLeast;
  return meetsFollowUp(of, condition.followUp);
};
