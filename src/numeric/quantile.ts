/** Quantiles of a sample, by methods named as in numpy.quantile. */

import { OsteonError } from "../errors.ts";

/**
 * `linear`: between the two order statistics around (n - 1) p, in proportion (Hyndman and Fan's type 7, numpy's default).
 * `lower` and `higher`: the one below or above, so that the answer is a value of the sample.
 */
export type QuantileMethod = "linear" | "lower" | "higher";

/**
 * The value below which a share `p` of the sample lies.
 *
 * @param values in any order; not empty
 * @param p in [0, 1]
 * @throws OsteonError `bad-input` for an empty sample or a `p` outside [0, 1]
 * @example
 * quantile([4, 1, 3, 2], 0.5); // 2.5
 */
export const quantile = (values: ArrayLike<number>, p: number, method: QuantileMethod = "linear"): number =>
  quantiles(values, [p], method)[0];

/** Several quantiles of one sample, which is sorted once; see {@link quantile}. */
export const quantiles = (
  values: ArrayLike<number>,
  ps: readonly number[],
  method: QuantileMethod = "linear",
): number[] => {
  if (values.length === 0) throw new OsteonError("bad-input", "An empty sample has no quantiles.");
  const sorted = Float64Array.from(values).sort();
  return ps.map((p) => {
    if (!(p >= 0 && p <= 1)) throw new OsteonError("bad-input", `A quantile needs a share in [0, 1], not ${p}.`);
    const position = (sorted.length - 1) * p;
    const lower = sorted[Math.floor(position)];
    const higher = sorted[Math.ceil(position)];
    if (method === "lower") return lower;
    if (method === "higher") return higher;
    return lower + (higher - lower) * (position - Math.floor(position));
  });
};
