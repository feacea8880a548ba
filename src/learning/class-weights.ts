/** Weights against class imbalance. */

/** How strongly rare classes are lifted. */
export type ClassBalance = "none" | "square-root" | "median-frequency";

/**
 * One weight per class from the class counts.
 *
 * - `median-frequency`: median(counts) / count, as the triage study used (Eigen and Fergus, 2015);
 * - `square-root`: 1 / sqrt(count), scaled to mean 1: a milder lift whose gradients stay calm for rare classes.
 */
export const classWeights = (counts: readonly number[], balance: ClassBalance): number[] => {
  if (balance === "none") return counts.map(() => 1);
  if (balance === "median-frequency") {
    const sorted = counts.toSorted((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
    return counts.map((count) => median / count);
  }
  const raw = counts.map((count) => 1 / Math.sqrt(count));
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length;
  return raw.map((weight) => weight / mean);
};
