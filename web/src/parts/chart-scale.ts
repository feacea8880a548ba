/** The scales of a chart: round numbers along an axis, and where a value lies. */

/** A few round numbers that span the values. */
export const roundTicks = (low: number, high: number, wanted = 5): readonly number[] => {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
};

/** Whole numbers only: half an epoch is none. */
export const wholeTicks = (low: number, high: number, wanted = 8): readonly number[] =>
  roundTicks(low, high, Math.min(wanted, Math.max(high - low, 1))).filter(
    (tick) => Number.isInteger(tick) && tick >= low && tick <= high,
  );

/** Maps [low, high] to [from, to]. */
export const linearScale =
  ([low, high]: readonly [number, number], [from, to]: readonly [number, number]) =>
  (value: number): number =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
