/** The parameters a transform takes: for each its default and what a value must be. */

/** One parameter. */
export interface Field<T> {
  readonly default: T;
  /** What a value must be, to follow "must be". */
  readonly mustBe: string;
  readonly accepts: (value: unknown) => boolean;
}

/** The parameters of a transform by name. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** Values for all of a transform's parameters. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Lowest and highest value of a draw. */
export type Range = readonly [low: number, high: number];

/** One range for both axes, or one for each. */
export type AxisRanges = Range | { readonly x: Range; readonly y: Range };

/** Where numbers must lie; `from` and `to` are allowed themselves, `above` and `below` are not. */
interface Limits {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
  readonly whole?: boolean;
}

const within = (value: unknown, limits: Limits): value is number =>
  typeof value === "number" &&
  Number.isFinite(value) &&
  (!limits.whole || Number.isInteger(value)) &&
  value >= (limits.from ?? Number.NEGATIVE_INFINITY) &&
  value <= (limits.to ?? Number.POSITIVE_INFINITY) &&
  value > (limits.above ?? Number.NEGATIVE_INFINITY) &&
  value < (limits.below ?? Number.POSITIVE_INFINITY);

const wordsOf = ({ from, above, to, below }: Limits): string => {
  if (from !== undefined && to !== undefined) return `from ${from} to ${to}`;
  const low = from !== undefined ? `from ${from} on` : above !== undefined ? `above ${above}` : undefined;
  const high = to !== undefined ? `up to ${to}` : below !== undefined ? `below ${below}` : undefined;
  return [low, high].filter((words) => words !== undefined).join(" and ");
};

const kindOf = ({ whole }: Limits): string => (whole ? "whole number" : "number");

const isRange = (value: unknown, limits: Limits): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((end) => within(end, limits)) && value[0] <= value[1];

/** A number. */
export const number = (fallback: number, limits: Limits = {}): Field<number> => ({
  default: fallback,
  mustBe: `a ${kindOf(limits)} ${wordsOf(limits)}`.trim(),
  accepts: (value) => within(value, limits),
});

/** The two ends of a draw, the lower first. */
export const range = (fallback: Range, limits: Limits = {}): Field<Range> => ({
  default: fallback,
  mustBe: `two ${kindOf(limits)}s ${wordsOf(limits)}`.trim().concat(", the lower first"),
  accepts: (value) => isRange(value, limits),
});

/** The two ends of a draw for both axes, or for each of them. */
export const axisRanges = (fallback: AxisRanges, limits: Limits = {}): Field<AxisRanges> => {
  const one = range([0, 0], limits);
  const accepts = (value: unknown): boolean => {
    if (one.accepts(value)) return true;
    if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
    return "x" in value && "y" in value && one.accepts(value.x) && one.accepts(value.y);
  };
  return { default: fallback, mustBe: `${one.mustBe}, or { x, y } of such pairs`, accepts };
};

/** True or false. */
export const flag = (fallback: boolean): Field<boolean> => ({
  default: fallback,
  mustBe: "true or false",
  accepts: (value) => typeof value === "boolean",
});

/** Two numbers in any order. */
export const pair = (fallback: readonly [number, number], limits: Limits = {}): Field<readonly [number, number]> => ({
  default: fallback,
  mustBe: `two ${kindOf(limits)}s ${wordsOf(limits)}`.trim(),
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every((entry) => within(entry, limits)),
});

/** One of several words or numbers. */
export const choice = <const T extends string | number>(fallback: NoInfer<T>, options: readonly T[]): Field<T> => ({
  default: fallback,
  mustBe: `one of ${options.map((option) => JSON.stringify(option)).join(", ")}`,
  accepts: (value) => options.some((option) => option === value),
});

/** A parameter that may be left open. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  ...field,
  default: undefined,
  accepts: (value) => value === undefined || field.accepts(value),
});

/** A number, or one of several words. */
export const numberOr = <const T extends string>(word: Field<T>, fallback: Field<number>): Field<number | T> => ({
  default: fallback.default,
  mustBe: `${fallback.mustBe}, or ${word.mustBe}`,
  accepts: (value) => fallback.accepts(value) || word.accepts(value),
});
