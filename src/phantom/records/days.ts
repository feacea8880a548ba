/** Days of the calendar as `yyyy-mm-dd`, counted in whole days without any time zone. */

const dayMs = 86_400_000;

/** The day so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

/** From one day to another, in days. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** Full years from a birthday to a day. */
export const yearsBetween = (birth: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);

/** Months from one day to another, rounded. */
export const monthsBetween = (from: string, to: string): number => Math.round(daysBetween(from, to) / 30.4375);
