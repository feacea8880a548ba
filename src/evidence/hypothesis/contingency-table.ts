/** Tests whether two discrete variables go together: rows are the values of one, columns the values of the other. */

import { OsteonError } from "../../errors.ts";
import { logGamma } from "../../numeric/gamma-function.ts";
import { chiSquaredTail } from "./tail-probabilities.ts";
import type { TestResult } from "./test-result.ts";

type Table = readonly (readonly number[])[];

const withoutEmpty = (table: Table): number[][] => {
  const columns = (table[0] ?? []).map((_, j) => j).filter((j) => table.some((row) => row[j]! > 0));
  return table.map((row) => columns.map((j) => row[j]!)).filter((row) => row.some((count) => count > 0));
};

/** Rows, columns and the whole. */
const sumsOf = (table: Table): { readonly rows: number[]; readonly columns: number[]; readonly all: number } => {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = table[0]!.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0));
  return { rows, columns, all: rows.reduce((sum, count) => sum + count, 0) };
};

/** The smallest count that independence would lead one to expect in a cell. */
export const leastExpected = (table: Table): number => {
  const { rows, columns, all } = sumsOf(withoutEmpty(table));
  return (Math.min(...rows) * Math.min(...columns)) / all;
};

/**
 * Pearson's chi-squared test of independence, without Yates' correction. Rows and columns of zeros are left out.
 *
 * @param table counts
 * @throws OsteonError `bad-input` where fewer than two rows or columns hold anything
 */
export const chiSquaredTest = (table: Table): TestResult => {
  const filled = withoutEmpty(table);
  if (filled.length < 2 || filled[0]!.length < 2) {
    throw new OsteonError("bad-input", "A chi-squared test needs at least two rows and two columns with counts.");
  }
  const { rows, columns, all } = sumsOf(filled);
  let statistic = 0;
  for (const [i, row] of filled.entries()) {
    for (const [j, count] of row.entries()) {
      const expected = (rows[i]! * columns[j]!) / all;
      statistic += (count - expected) ** 2 / expected;
    }
  }
  return {
    test: "chi-squared",
    statistic,
    pValue: chiSquaredTail(statistic, (rows.length - 1) * (columns.length - 1)),
  };
};

/**
 * Fisher's exact test of a 2 x 2 table, two-sided: the probability of all tables that are no likelier than this one. The
 * statistic is the sample's odds ratio.
 *
 * @throws OsteonError `bad-input` for a table of another size
 */
export const fisherExactTest = (table: Table): TestResult => {
  if (table.length !== 2 || table.some((row) => row.length !== 2)) {
    throw new OsteonError("bad-input", "Fisher's exact test is for tables of two rows and two columns.");
  }
  const [[a, b], [c, d]] = table as [[number, number], [number, number]];
  const logFactorial = (n: number): number => logGamma(n + 1);
  const { rows, columns, all } = sumsOf(table);
  const logProbability = (x: number): number =>
    [...rows, ...columns].reduce((sum, n) => sum + logFactorial(n), -logFactorial(all)) -
    [x, rows[0]! - x, columns[0]! - x, rows[1]! - columns[0]! + x].reduce((sum, n) => sum + logFactorial(n), 0);
  const own = logProbability(a);
  let pValue = 0;
  for (let x = Math.max(0, columns[0]! - rows[1]!); x <= Math.min(rows[0]!, columns[0]!); x++) {
    const other = logProbability(x);
    if (other <= own + 1e-7) pValue += Math.exp(other);
  }
  return { test: "Fisher's exact", statistic: (a * d) / (b * c), pValue: Math.min(1, pValue) };
};
