/** Dates moved by whole days, times kept (PS3.15 section E.3.6, Retain Longitudinal Temporal Information With Modified Dates). */

const dayMs = 86_400_000;

const shiftDay = (year: string, month: string, day: string, days: number): string | undefined => {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(time);
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1800;
  if (!isReal) return undefined;
  return new Date(time - days * dayMs).toISOString().slice(0, 10).replaceAll("-", "");
};

/**
 * Moves the values of a DA, DT or TM element back.
 *
 * @param text values split by backslashes, as decoded
 * @returns undefined where a value is no complete date or time, so that it cannot be moved
 * @example
 * shiftDates("20240301", "DA", 1); // "20240229"
 */
export const shiftDates = (text: string, vr: string, days: number): string | undefined => {
  const shifted = text.split("\\").map((value) => {
    const trimmed = value.replace(/^[ \0]+|[ \0]+$/g, "");
    if (trimmed === "") return "";
    if (vr === "TM") return /^\d{2}(:?\d{2}(:?\d{2}(\.\d{1,6})?)?)?$/.test(trimmed) ? trimmed : undefined;
    const match =
      vr === "DA"
        ? (/^(\d{4})(\d{2})(\d{2})()$/.exec(trimmed) ?? /^(\d{4})\.(\d{2})\.(\d{2})()$/.exec(trimmed))
        : /^(\d{4})(\d{2})(\d{2})((?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?(?:[+-]\d{4})?)$/.exec(trimmed);
    if (!match) return undefined;
    const [, year, month, day, rest] = match;
    const date = shiftDay(year!, month!, day!, days);
    return date === undefined ? undefined : date + rest;
  });
  return shifted.includes(undefined) ? undefined : shifted.join("\\");
};
