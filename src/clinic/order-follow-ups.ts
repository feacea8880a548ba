/** Follow-ups in the order of time, though some are told by their date and others by the months since the diagnosis. */

import { firstDay, lastDay } from "./partial-dates.ts";
import type { FollowUpRecord, PartialDate } from "./records.ts";

const millisecondsAMonth = (365.25 / 12) * 24 * 3600 * 1000;

/** The middle of what a date can mean, in months. */
const monthOf = (date: PartialDate): number =>
  (Date.parse(firstDay(date)) + Date.parse(lastDay(date))) / 2 / millisecondsAMonth;

/**
 * The earliest first. Dates and months are brought together by the date of the diagnosis, or else by a follow-up that tells
 * both; where there is neither, those with months come first.
 *
 * @param diagnosed when the diagnosis was made, if that is known
 */
export const orderFollowUps = (
  followUps: readonly FollowUpRecord[],
  diagnosed: PartialDate | undefined,
): FollowUpRecord[] => {
  const start = diagnosed === undefined ? startOf(followUps) : monthOf(diagnosed);
  const timeOf = ({ date, months }: FollowUpRecord): number =>
    months ?? (date === undefined ? Number.POSITIVE_INFINITY : monthOf(date) - (start ?? 0));
  return followUps.toSorted((a, b) => {
    const [earlier, later] = [timeOf(a), timeOf(b)];
    return earlier === later ? 0 : earlier - later;
  });
};

const startOf = (followUps: readonly FollowUpRecord[]): number | undefined => {
  const both = followUps.find(({ date, months }) => date !== undefined && months !== undefined);
  return both && monthOf(both.date!) - both.months!;
};
