/** Means and central moments of a sample. */

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

/** The mean of (x - mean)^order. */
export const centralMoment = (values: readonly number[], order: number): number => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** order));
};

/** The standard deviation of the sample, with n - 1 below; NaN for fewer than two values. */
export const standardDeviation = (values: readonly number[]): number =>
  values.length < 2 ? Number.NaN : Math.sqrt((centralMoment(values, 2) * values.length) / (values.length - 1));
