/** The course of one case: treatments with their dates and the visits that follow, in the order in which they can happen. */
import type { FollowUpRecord, PartialDate, Treatment } from "../../clinic/records.ts";
import type { Random } from "../../numeric/random.ts";
import { addDays, daysBetween, monthsBetween } from "./days.ts";

/** The last day of the centre's records. */
export const lastDayOfRecords = "2024-12-31";

const surgicalWords = /resection|curettage|amputation|endoprosthesis|ablation|nail|graft|cement/;
const otherWords = /sclerotherapy|denosumab|antibiotics|injection/;

/**
 * Treatments of a plan such as "chemotherapy and wide resection", from a few days after the diagnosis on. Chemotherapy comes
 * before surgery and goes on after it; radiotherapy comes last.
 */
export const drawTreatments = (plan: string, diagnosisDate: string, random: Random): Treatment[] => {
  if (plan === "none recorded") return [];
  if (plan === "observation") return [{ kind: "observation" }];
  const treatments: Treatment[] = [];
  let day = addDays(diagnosisDate, 3 + random.integer(25));
  const parts = plan.split(" and ");
  const detail = parts.filter((part) => surgicalWords.test(part)).join(" and ");
  for (const part of parts.filter((one) => otherWords.test(one))) {
    treatments.push({ kind: "other", detail: part, startDate: day });
    day = addDays(day, 40 + random.integer(60));
  }
  if (parts.includes("chemotherapy")) {
    const end = addDays(day, 75 + random.integer(120));
    treatments.push({ kind: "chemotherapy", startDate: day, endDate: end });
    day = detail ? addDays(day, 63 + random.integer(12)) : addDays(end, 14);
  }
  if (detail !== "") {
    treatments.push({ kind: "surgery", detail, startDate: day });
    day = addDays(day, 28 + random.integer(30));
  }
  if (parts.includes("radiotherapy")) {
    treatments.push({ kind: "radiotherapy", startDate: day, endDate: addDays(day, 35 + random.integer(15)) });
  }
  return treatments;
};

/** The first day on which nothing is done any more. */
export const endOfTreatment = (treatments: readonly Treatment[], diagnosisDate: PartialDate): PartialDate =>
  treatments
    .flatMap(({ startDate, endDate }) => [startDate, endDate])
    .reduce<PartialDate>((last, date) => (date !== undefined && date > last ? date : last), diagnosisDate);

/** How a course goes on after the treatment. */
export interface CourseEnd {
  readonly outcome: FollowUpRecord["status"];
  /** From the diagnosis to the last visit. */
  readonly months: number;
  readonly diagnosisDate: string;
  readonly treatments: readonly Treatment[];
}

const dead = (status: FollowUpRecord["status"]): boolean => status.startsWith("died");

/** Visits after the treatment, further and further apart; the last has the outcome, and a death is on its day. */
export const drawFollowUps = (end: CourseEnd, random: Random): FollowUpRecord[] => {
  const { outcome, diagnosisDate, treatments } = end;
  const from = addDays(endOfTreatment(treatments, diagnosisDate), 20 + random.integer(20));
  const planned = addDays(diagnosisDate, Math.round(end.months * 30.4375));
  const last = [from, planned].toSorted().at(-1)!;
  const stop = last < lastDayOfRecords ? last : lastDayOfRecords;
  const before: FollowUpRecord["status"] = treatments.some(({ kind }) => kind === "surgery")
    ? "no evidence of disease"
    : "stable disease";
  const visits: FollowUpRecord[] = [];
  const visit = (date: string, status: FollowUpRecord["status"]): void => {
    visits.push({ date, months: monthsBetween(diagnosisDate, date), status });
  };
  let gap = 80 + random.integer(40);
  for (let day = from; daysBetween(day, stop) > 30 && visits.length < 7; day = addDays(day, gap)) {
    visit(day, before);
    gap = Math.round(gap * random.uniform(1.2, 1.9));
  }
  if (outcome === "died of disease") {
    const relapse = visits.at(-1);
    if (relapse && visits.length > 1) visits[visits.length - 1] = { ...relapse, status: "metastasis" };
  }
  const ends = [stop, from].toSorted().at(-1)!;
  if (stop >= from || !dead(outcome)) visit(ends, outcome);
  return visits;
};
