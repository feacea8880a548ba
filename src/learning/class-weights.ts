/** Weights against class imbalance. */

/** How strongly rare classes are lifted. */
export type ClassBalance = "none" | "square-root" | "median-frequency";

/**
 * One weight per class from the class counts. A class without pictures weighs 0 and counts for nothing in the others' weights.
 *
 * - `median-frequency`: median(counts) / count, as the triage study used (Eigen and Fergus, 2015);
 * - `square-root`: 1 / sqrt(count), scaled to mean 1: a milder lift whose gradients stay calm for rare classes.
 */
export const classWeights = (counts: readonly number[], balance: ClassBalance): number[] => {
  const present = counts.filter((count) => count > 0);
  const weigh = weighing[balance](present);
  return counts.map((count) => (count > 0 ? weigh(count) : 0));
};

const weighing: Readonly<Record<ClassBalance, (present: readonly number[]) => (count: number) => number>> = {
  none: () => () => 1,
  "median-frequency": (present) => {
    const typical = median(present);
    return (count) => typical / count;
  },
  "square-root": (present) => {
    const mean = present.reduce((sum, count) => sum + 1 / Math.sqrt(count), 0) / present.length;
    return (count) => 1 / Math.sqrt(count) / mean;
  },
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
};
