/**
 * Whom a link may refer to: past patients whose diagnosis is final, and who had it before the query's radiograph was taken. A
 * diagnosis that came later could not have helped anybody, and one that is not settled helps nobody.
 */

import { lastDay } from "../../clinic/partial-dates.ts";
import type { PartialDate } from "../../clinic/records.ts";

/** Which past patients count. */
export interface ReferenceRule {
  /** Only what was known before this day; null takes later patients as well. */
  readonly before: string | null;
  /** Only patients with a final diagnosis. */
  readonly final: boolean;
}

/** Everybody counts. */
export const anyReference: ReferenceRule = { before: null, final: false };

/** What the rule asks of a radiograph of the archive. */
export interface ReferenceFact {
  /** Of the model's target. */
  readonly label: string | null;
  /** When it was taken. */
  readonly acquiredOn: string | null;
  /** Whether the tables have a final diagnosis; null where they do not speak of the patient. */
  readonly isFinal: boolean | null;
  /** When the diagnosis became final. */
  readonly diagnosedOn: PartialDate | null;
}

/** Why a radiograph does not count. */
export type LeftOut = "open" | "later";

/**
 * Why a radiograph is no reference; null where it is one. Of an unknown day it counts as earlier; of a month or a year, by its
 * last day.
 */
export const leftOutAs = (fact: ReferenceFact, { before, final }: ReferenceRule): LeftOut | null => {
  if (final && !(fact.isFinal ?? fact.label !== null)) return "open";
  return before !== null && knownSince(fact) >= before ? "later" : null;
};

/** The first day on which the radiograph with its diagnosis was surely there; empty where no date is known. */
export const knownSince = ({ acquiredOn, diagnosedOn }: ReferenceFact): string => {
  const diagnosed = diagnosedOn === null ? "" : lastDay(diagnosedOn);
  return acquiredOn !== null && acquiredOn > diagnosed ? acquiredOn : diagnosed;
};
