/** Percentiles of weighted values: the intensity range of a picture without its few darkest and brightest pixels. */

/**
 * The values at the given fractions of the total weight, each the smallest value whose cumulative weight reaches it.
 *
 * @param values ascending
 * @param weights how often each value occurs; same length as `values`, sum above 0
 * @param fractions ascending, each in [0, 1]
 * @example
 * percentiles([0, 10, 20], [1, 98, 1], [0.05, 0.95]); // [10, 10]
 */
export const percentiles = (
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  fractions: readonly number[],
): number[] => {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  const found: number[] = [];
  let cumulative = 0;
  let i = -1;
  for (const fraction of fractions) {
    while (i < 0 || (cumulative < fraction * total && i + 1 < values.length)) {
      i++;
      cumulative += weights[i]!;
    }
    found.push(values[i]!);
  }
  return found;
};
