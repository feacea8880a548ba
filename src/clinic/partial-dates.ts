/** Dates of which the day or the month may be unknown: what can be said of their order, and what cannot. */
import type { PartialDate } from "./records.ts";

const pattern = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** The first day that a date can mean. */
export const firstDay = (date: PartialDate): string => `${date}-01-01`.slice(0, 10);

/** The last day that a date can mean. */
export const lastDay = (date: PartialDate): string => {
  if (date.length === 10) return date;
  const [year, month = "12"] = date.split("-");
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
};

/** Whether text is a {@link PartialDate} that the calendar has: `2016-02-30` is none. */
export const isPartialDate = (text: string): boolean =>
  pattern.test(text) && (text.length < 10 || new Date(text).toISOString().startsWith(text));

/**
 * Whether one date lies before (-1) or after (1) another; 0 where both are the same day, undefined where what is known of
 * them does not tell: `2016` and `2016-05-12`.
 *
 * @example
 * comparePartialDates("2016-04", "2016-05-12"); // -1
 */
export const comparePartialDates = (a: PartialDate, b: PartialDate): -1 | 0 | 1 | undefined => {
  if (lastDay(a) < firstDay(b)) return -1;
  if (firstDay(a) > lastDay(b)) return 1;
  return a.length === 10 && b.length === 10 ? 0 : undefined;
};
