/** Numbers as German and English tables write them: decimal commas, grouped thousands, units, "ca. 5", "> 5", "4-6". */
import type { CellReading } from "./cell-reading.ts";

/** How a column's numbers are meant. */
export interface NumberFormat {
  /** What stands before the decimals, where a single mark could also group thousands: `1.234`. A point by default. */
  readonly decimal?: "comma" | "point";
}

const about =
  /^(?:ca\.?|circa|etwa|ungef\.?|ungefähr|um|um die|rund|about|approx\.?|approximately|around|~|≈|>=?|<=?|≥|≤|über|unter|mind\.?|mindestens|max\.?|maximal|mehr als|weniger als|bis zu|bis|up to|at least|more than|less than|over|under)\s*(?=[\d-])/i;
const numeral = /^[+-]?(?:\d{1,3}(?:[.,' \u00A0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * Reads a number; doubted (`approximate-value`) where the cell itself says that it is none exactly.
 * @example
 * readNumber("ca. 5,5"); // { value: 5.5, rules: ["approximate-value"] }
 */
export const readNumber = (text: string, format: NumberFormat = {}): CellReading<number> => {
  if (text.length > 60) return { rules: ["unreadable-number"] };
  let rest = text.trim();
  let isApproximate = false;
  const sign = about.exec(rest);
  if (sign !== null) {
    isApproximate = true;
    rest = rest.slice(sign[0].length).trim();
  }
  if (/[?]$|\+$|\b(?:ca\.?|circa)$/i.test(rest)) {
    isApproximate = true;
    rest = rest.replace(/(?:\s*(?:\?|\+|ca\.?|circa))+$/i, "");
  }
  const range = /^([\d.,]+)\s*(?:-|–|—|bis|to)\s*([\d.,]+)$/i.exec(rest);
  if (range !== null) {
    const [from, to] = [parse(range[1]!, format), parse(range[2]!, format)];
    if (from === undefined || to === undefined || from > to) return { rules: ["unreadable-number"] };
    return { value: (from + to) / 2, rules: ["approximate-value"] };
  }
  const value = parse(rest, format);
  if (value === undefined) return { rules: ["unreadable-number"] };
  if (isApproximate) return { value, rules: ["approximate-value"] };
  return { value, rules: String(value) === text || `${value}.0` === text ? [] : ["number-format"] };
};

const parse = (text: string, { decimal = "point" }: NumberFormat): number | undefined => {
  if (!numeral.test(text)) return undefined;
  let digits = text.replace(/[' \u00A0]/g, "");
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma >= 0 && point >= 0) {
    const [group, mark] = comma > point ? [".", ","] : [",", "."];
    digits = digits.replaceAll(group, "").replace(mark, ".");
  } else if (comma >= 0) {
    const groups = digits.split(",").length > 2 || (decimal === "point" && /^[+-]?[1-9]\d{0,2},\d{3}$/.test(digits));
    digits = groups ? digits.replaceAll(",", "") : digits.replace(",", ".");
  } else if (point >= 0) {
    const groups = digits.split(".").length > 2 || (decimal === "comma" && /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(digits));
    if (groups) digits = digits.replaceAll(".", "");
  }
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
};

const millimetresPer: Readonly<Record<string, number>> = { mm: 1, cm: 10, m: 1000 };

/**
 * Reads a length in millimetres. A unit in the cell counts before the column's, for its own measure and for those before it
 * that have none; of several measures the largest is the tumour's size ("4,5 x 3 x 2 cm").
 */
export const readLength = (text: string, unit: "mm" | "cm", format: NumberFormat = {}): CellReading<number> => {
  if (text.length > 60) return { rules: ["unreadable-number"] };
  const measures = text.trim().split(/\s*[x×*]\s*/i);
  let factor = millimetresPer[unit]!;
  let isWritten = false;
  const readings: CellReading<number>[] = [];
  for (const measure of measures.reverse()) {
    const written = /\s*(mm|cm|m)$/i.exec(measure);
    if (written !== null) {
      factor = millimetresPer[written[1]!.toLowerCase()]!;
      isWritten = true;
    }
    const { value, rules } = readNumber(written === null ? measure : measure.slice(0, written.index), format);
    if (value === undefined || value <= 0 || value * factor > 1500) return { rules: ["unreadable-number"] };
    readings.push({ value: value * factor, rules });
  }
  const largest = Math.max(...readings.map(({ value }) => value!));
  const isApproximate = readings.some(({ rules }) => rules.includes("approximate-value"));
  const isChanged = isWritten || measures.length > 1 || readings.some(({ rules }) => rules.length > 0);
  const rules = isApproximate ? (["approximate-value"] as const) : isChanged ? (["number-format"] as const) : [];
  return { value: roundTo(largest), rules };
};

/** Ages nobody reaches are no ages. */
const oldestYears = 120;

/** Reads an age in years: "12", "12,5", "12 J.", "6 Monate". */
export const readAge = (text: string, format: NumberFormat = {}): CellReading<number> => {
  const unit = /\s*(jahre?|j\.?|lj\.?|years?(?: old)?|yrs?\.?|y|y\.?o\.?|monate?|mon\.?|months?|mo\.?)\s*$/i.exec(text);
  const isMonths = unit !== null && /^mo/i.test(unit[1]!);
  const reading = readNumber(unit === null ? text : text.slice(0, unit.index), format);
  if (reading.value === undefined) return reading;
  const years = isMonths ? reading.value / 12 : reading.value;
  if (years < 0 || years > oldestYears) return { rules: ["implausible-age"] };
  const isDoubted = reading.rules.includes("approximate-value");
  return { value: roundTo(years), rules: isDoubted || unit === null ? reading.rules : ["number-format"] };
};

const roundTo = (value: number): number => Math.round(value * 1e6) / 1e6;
