/**
 * Dates as German and English tables write them: days, months and years; month names; Excel's serial days; "Anfang 2017".
 * What a cell leaves open stays open (clinic/records.ts, PartialDate), and what it leaves in doubt is said.
 */
import type { CellRule } from "../findings.ts";
import { isPartialDate, lastDay } from "../partial-dates.ts";
import type { PartialDate } from "../records.ts";
import type { CellReading } from "./cell-reading.ts";

/** What is known of a column's dates. */
export interface DateFormat {
  /** What `05/06/2016` means, where the column tells; otherwise the day is taken as the first and doubted. */
  readonly order?: "day-first" | "month-first";
  /** The day the table was taken: no date lies after it, and years of two digits lie in the hundred years before. */
  readonly asOf: PartialDate;
}

/** Nobody in an archive of radiographs was born before. */
const earliestYear = 1880;
const monthNames: readonly (readonly [number, string])[] = [
  [1, "januar|jänner|jan|january"],
  [2, "februar|feber|feb|february"],
  [3, "märz|maerz|mär|mrz|mar|march"],
  [4, "april|apr"],
  [5, "mai|may"],
  [6, "juni|jun|june"],
  [7, "juli|jul|july"],
  [8, "august|aug"],
  [9, "september|sept|sep"],
  [10, "oktober|okt|oct|october"],
  [11, "november|nov"],
  [12, "dezember|dez|dec|december"],
];
const monthOf = new Map(monthNames.flatMap(([month, names]) => names.split("|").map((name) => [name, month] as const)));
const vague =
  /^(?:ca\.?|circa|etwa|ungefähr|ungef\.?|um|gegen|about|approx\.?|around|~|anfang|anf\.?|mitte|ende|frühjahr|frühling|sommer|herbst|winter|early|mid|late|beginning of|end of|spring|summer|autumn|fall|seit|since|vor|before|nach|after|q[1-4]|[1-4]\. ?quartal)[\s/-]*(?=.)/i;

interface Parts {
  readonly year: string;
  readonly month?: number;
  readonly day?: number;
  readonly rules?: readonly CellRule[];
}

/**
 * Reads a date.
 * @example
 * readDate("12.5.16", { asOf: "2026-01-01" }); // { value: "2016-05-12", rules: ["two-digit-year"] }
 */
export const readDate = (text: string, format: DateFormat): CellReading<PartialDate> => {
  const written = text.trim();
  if (written.length > 60) return { rules: ["unreadable-date"] };
  let rest = written.replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]M| ?Uhr|Z|[+-]\d\d:?\d\d)?$/i, "");
  let isApproximate = false;
  for (let sign = vague.exec(rest); sign !== null; sign = vague.exec(rest)) {
    isApproximate = true;
    rest = rest.slice(sign[0].length).trim();
  }
  if (/\s*(?:\?|ca\.?)$/.test(rest)) {
    isApproximate = true;
    rest = rest.replace(/\s*(?:\?|ca\.?)$/, "");
  }
  const parts = partsOf(rest, format);
  if (parts === undefined) return { rules: ["unreadable-date"] };
  const digits = parts.year.replace(/^['’]/, "");
  const isShort = digits.length === 2;
  const year = isShort ? fullYear(Number(digits), format.asOf) : Number(digits);
  const value = [
    String(year).padStart(4, "0"),
    ...(parts.month === undefined ? [] : [String(parts.month).padStart(2, "0")]),
    ...(parts.day === undefined ? [] : [String(parts.day).padStart(2, "0")]),
  ].join("-");
  if (!isPartialDate(value)) return { rules: ["unreadable-date"] };
  if (year < earliestYear || value > lastDay(format.asOf)) return { rules: ["date-out-of-range"] };
  const doubts: CellRule[] = [
    ...(isShort ? (["two-digit-year"] as const) : []),
    ...(parts.rules ?? []),
    ...(isApproximate ? (["approximate-value"] as const) : []),
  ];
  if (doubts.length > 0) return { value, rules: doubts };
  return { value, rules: value === text ? [] : ["date-format"] };
};

/** The last year with these two digits that is not after the table. */
const fullYear = (twoDigits: number, asOf: PartialDate): number => {
  const last = Number(asOf.slice(0, 4));
  const year = Math.floor(last / 100) * 100 + twoDigits;
  return year > last ? year - 100 : year;
};

const partsOf = (text: string, { order }: DateFormat): Parts | undefined => {
  let found: RegExpExecArray | null;
  const match = (pattern: RegExp): boolean => {
    found = pattern.exec(text);
    return found !== null;
  };
  const part = (index: number): string => found![index]!;
  const number = (index: number): number => Number(part(index));

  if (match(/^(\d{4})$/)) return { year: part(1) };
  if (match(/^(\d{4})[-/.](\d{1,2})$/)) return { year: part(1), month: number(2) };
  if (match(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/)) return { year: part(1), month: number(2), day: number(3) };
  if (match(/^((?:18|19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/)) {
    return { year: part(1), month: number(2), day: number(3) };
  }
  if (match(/^(\d{1,2})\s*[.,]\s*(\d{1,2})\s*[.,]\s*(\d{4}|['’]?\d{2})$/)) {
    return { day: number(1), month: number(2), year: part(3) };
  }
  if (match(/^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|['’]?\d{2})$/))
    return slashed(number(1), number(3), { year: part(4), order });
  if (match(/^(\d{1,2})[./-](\d{4})$/)) return { month: number(1), year: part(2) };
  if (match(/^(\d{5})(?:[.,]\d+)?$/)) return serialDay(number(1));
  if (match(/^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(\p{Letter}+)\.?,?[\s-]+'?(\d{4}|\d{2})$/u)) {
    const month = monthOf.get(part(2).toLowerCase());
    return month === undefined ? undefined : { day: number(1), month, year: part(3) };
  }
  if (match(/^(\p{Letter}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u)) {
    const month = monthOf.get(part(1).toLowerCase());
    return month === undefined ? undefined : { day: number(2), month, year: part(3) };
  }
  if (match(/^(\p{Letter}+)\.?,?[\s/-]*'?(\d{4}|\d{2})$/u)) {
    const month = monthOf.get(part(1).toLowerCase());
    return month === undefined ? undefined : { month, year: part(2) };
  }
  return undefined;
};

/** Where both numbers could be the month, the day is taken as the first, as everywhere in Europe, and doubted. */
const slashed = (
  first: number,
  second: number,
  { year, order }: { readonly year: string; readonly order: DateFormat["order"] | undefined },
): Parts => {
  const dayFirst: Parts = { day: first, month: second, year };
  const monthFirst: Parts = { month: first, day: second, year };
  if (second > 12 && first <= 12) return monthFirst;
  if (first > 12 || first === second) return dayFirst;
  if (order !== undefined) return order === "day-first" ? dayFirst : monthFirst;
  return { ...dayFirst, rules: ["ambiguous-date"] };
};

/** Excel's day 1 is the first of January 1900, and it believes in a 29th of February of that year. */
const serialDay = (serial: number): Parts | undefined => {
  if (serial < 10_000 || serial > 80_000) return undefined;
  const date = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000);
  return { year: String(date.getUTCFullYear()), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
