/**
 * How much two clusterings of the same things agree, by scikit-learn's names and definitions (1.2: normalised by the arithmetic
 * mean), and how pure clusters are where the truth is known. Without labels, DeepCluster compares the clusters of two epochs:
 * that says how steady they are, not how right.
 */

import { OsteonError } from "../errors.ts";
import { logGamma } from "../numeric/gamma-function.ts";

/** Two names of each thing; equal names are the same cluster. */
type Names = ArrayLike<number | string>;

/** How often a cluster of the one meets one of the other. */
interface Contingency {
  readonly total: number;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cells: readonly { readonly row: number; readonly column: number; readonly count: number }[];
}

const contingencyOf = (a: Names, b: Names): Contingency => {
  if (a.length !== b.length || a.length === 0) {
    throw new OsteonError("shape-mismatch", `Clusterings of ${a.length} and of ${b.length} things cannot be compared.`);
  }
  const [rowOf, columnOf] = [new Map<number | string, number>(), new Map<number | string, number>()];
  const numbered = (names: Map<number | string, number>, name: number | string): number => {
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  const counts = new Map<string, { row: number; column: number; count: number }>();
  const [rows, columns]: [number[], number[]] = [[], []];
  for (let i = 0; i < a.length; i++) {
    const [row, column] = [numbered(rowOf, a[i]!), numbered(columnOf, b[i]!)];
    rows[row] = (rows[row] ?? 0) + 1;
    columns[column] = (columns[column] ?? 0) + 1;
    const cell = counts.get(`${row} ${column}`);
    if (cell) cell.count += 1;
    else counts.set(`${row} ${column}`, { row, column, count: 1 });
  }
  return { total: a.length, rows, columns, cells: [...counts.values()] };
};

const entropy = (counts: readonly number[], total: number): number =>
  counts.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);

const mutualInformation = ({ total, rows, columns, cells }: Contingency): number =>
  Math.max(
    0,
    cells.reduce(
      (sum, { row, column, count }) =>
        sum + (count / total) * Math.log((count * total) / (rows[row]! * columns[column]!)),
      0,
    ),
  );

/** Nothing to tell apart on either side, or everything on both: they agree. */
const isTrivial = ({ total, rows, columns }: Contingency): boolean =>
  rows.length === columns.length && (rows.length === 1 || rows.length === total);

/**
 * Mutual information over the mean of both entropies, in [0, 1]; 1 where each cluster is one of the other. Not adjusted for
 * chance: with many clusters unrelated clusterings score well above 0.
 *
 * @throws OsteonError `shape-mismatch` where they are of different lengths, or of nothing
 * @example
 * normalizedMutualInfoScore([0, 0, 1], ["a", "a", "b"]); // 1
 */
export const normalizedMutualInfoScore = (a: Names, b: Names): number => {
  const table = contingencyOf(a, b);
  if (isTrivial(table)) return 1;
  const mean = (entropy(table.rows, table.total) + entropy(table.columns, table.total)) / 2;
  return mean === 0 ? 0 : mutualInformation(table) / mean;
};

/**
 * Mutual information beyond what chance gives (Vinh, Epps and Bailey, 2010), 1 where both are the same, about 0 where they are
 * unrelated, whatever the number of clusters.
 *
 * @throws OsteonError `shape-mismatch` where they are of different lengths, or of nothing
 */
export const adjustedMutualInfoScore = (a: Names, b: Names): number => {
  const table = contingencyOf(a, b);
  if (isTrivial(table)) return 1;
  const expected = expectedMutualInformation(table);
  const mean = (entropy(table.rows, table.total) + entropy(table.columns, table.total)) / 2;
  const above = mean - expected;
  const least = Number.EPSILON * (above < 0 ? -1 : 1); // as scikit-learn has it
  return (mutualInformation(table) - expected) / (above < 0 ? Math.min(above, least) : Math.max(above, least));
};

/** The mean over all clusterings of these sizes: each cell's count is hypergeometric. */
const expectedMutualInformation = ({ total, rows, columns }: Contingency): number => {
  const logFactorial = Float64Array.from({ length: total + 1 }, (_, n) => logGamma(n + 1));
  const countOf = (sizes: readonly number[]): Map<number, number> => {
    const times = new Map<number, number>();
    for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1);
    return times;
  };
  let sum = 0;
  for (const [row, rowTimes] of countOf(rows)) {
    for (const [column, columnTimes] of countOf(columns)) {
      const fixed =
        logFactorial[row]! +
        logFactorial[column]! +
        logFactorial[total - row]! +
        logFactorial[total - column]! -
        logFactorial[total]!;
      let pair = 0;
      for (let count = Math.max(1, row + column - total); count <= Math.min(row, column); count++) {
        const logChance =
          fixed -
          logFactorial[count]! -
          logFactorial[row - count]! -
          logFactorial[column - count]! -
          logFactorial[total - row - column + count]!;
        pair += (count / total) * Math.log((count * total) / (row * column)) * Math.exp(logChance);
      }
      sum += rowTimes * columnTimes * pair;
    }
  }
  return sum;
};

/**
 * The share of pairs on which both agree, beyond what chance gives (Hubert and Arabie, 1985), in [-0.5, 1].
 *
 * @throws OsteonError `shape-mismatch` where they are of different lengths, or of nothing
 */
export const adjustedRandScore = (a: Names, b: Names): number => {
  const { total, rows, columns, cells } = contingencyOf(a, b);
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  const [inBoth, inRows, inColumns] = [cells.map(({ count }) => count), rows, columns].map((counts) =>
    counts.reduce((sum, count) => sum + pairs(count), 0),
  ) as [number, number, number];
  const all = pairs(total);
  const expected = all === 0 ? 0 : (inRows * inColumns) / all;
  const most = (inRows + inColumns) / 2;
  return most === expected ? 1 : (inBoth - expected) / (most - expected);
};

/**
 * The share of things that are of their cluster's commonest class, in (0, 1]; it grows with the number of clusters alone, so
 * it is told with that number.
 *
 * @throws OsteonError `shape-mismatch` where they are of different lengths, or of nothing
 */
export const purityScore = (classes: Names, clusters: Names): number => {
  const { total, columns, cells } = contingencyOf(classes, clusters);
  const commonest = columns.map(() => 0);
  for (const { column, count } of cells) commonest[column] = Math.max(commonest[column]!, count);
  return commonest.reduce((sum, count) => sum + count, 0) / total;
};
