/**
 * The table that opens a clinical paper: each variable over all and by group, with a test of the difference between the
 * groups (STROBE items 13 to 14). Tests follow from the data: by means where every group passes for normal, by ranks where
 * one does not; chi-squared, and Fisher's exact test for small tables of two by two.
 */
import { kruskalWallis, mannWhitneyU, oneWayAnova, welchTTest } from "../hypothesis/compare-groups.ts";
import { chiSquaredTest, fisherExactTest, leastExpected } from "../hypothesis/contingency-table.ts";
import type { TestResult } from "../hypothesis/test-result.ts";
import { type CategoriesDescription, describeCategories } from "./describe-categories.ts";
import { describeNumber, type NumberDescription } from "./describe-number.ts";

/** A variable with one value per row; undefined where it is missing. */
export type Variable =
  | { readonly name: string; readonly kind: "number"; readonly values: readonly (number | undefined)[] }
  | {
      readonly name: string;
      readonly kind: "categories";
      readonly values: readonly (string | undefined)[];
      /** The categories to list, in this order. */
      readonly order?: readonly string[];
    };

/** How a difference between groups was tested. */
export interface Comparison extends TestResult {
  /** Set where the test's own conditions are not met, such as expected counts below 5. */
  readonly caution?: string;
}

/** One variable over all rows and in each group. */
export type DescribedVariable = {
  readonly name: string;
  /** Absent without groups, and where too few values are known. */
  readonly comparison?: Comparison;
} & (
  | { readonly kind: "number"; readonly all: NumberDescription; readonly groups: readonly NumberDescription[] }
  | {
      readonly kind: "categories";
      readonly all: CategoriesDescription;
      readonly groups: readonly CategoriesDescription[];
    }
);

/** The whole table. */
export interface DescriptionTable {
  readonly rows: number;
  /** Names and sizes of the groups, in the order of each variable's `groups`; empty without groups. */
  readonly groups: readonly { readonly name: string; readonly rows: number }[];
  readonly variables: readonly DescribedVariable[];
}

/** Expected counts below this make the chi-squared approximation doubtful (Cochran, 1954). */
const leastExpectedCount = 5;

const compareNumbers = (
  samples: readonly (readonly number[])[],
  descriptions: readonly NumberDescription[],
): Comparison | undefined => {
  const usable = samples.filter((sample) => sample.length >= 2);
  if (usable.length < 2) return undefined;
  const isNormal = descriptions.filter(({ count }) => count >= 2).every(({ printed }) => printed === "mean");
  const [a, b] = usable as [readonly number[], readonly number[]];
  const ofTwo = (): TestResult => (isNormal ? welchTTest(a, b) : mannWhitneyU(a, b));
  const ofMore = (): TestResult => (isNormal ? oneWayAnova(usable) : kruskalWallis(usable));
  const result = usable.length === 2 ? ofTwo() : ofMore();
  const isPartial = usable.length < samples.length;
  return isPartial ? { ...result, caution: "Without groups that have fewer than two values." } : result;
};

const compareCategories = (groups: readonly CategoriesDescription[]): Comparison | undefined => {
  const counts = groups.map(({ categories }) => categories.map(({ count }) => count));
  const columns = (counts[0] ?? []).map((_, j) => j).filter((j) => counts.some((row) => row[j]! > 0));
  const table = counts.map((row) => columns.map((j) => row[j]!)).filter((row) => row.some((count) => count > 0));
  if (table.length < 2 || columns.length < 2) return undefined;
  const isSmall = leastExpected(table) < leastExpectedCount;
  if (isSmall && table.length === 2 && columns.length === 2) return fisherExactTest(table);
  const result = chiSquaredTest(table);
  return isSmall ? { ...result, caution: `An expected count is below ${leastExpectedCount}.` } : result;
};

/**
 * Describes variables, over all rows and by group.
 *
 * @param variables each with one value per row
 * @param groupOf the group of each row; undefined leaves a row out of the comparison
 * @example
 * describeTable([{ name: "age", kind: "number", values: ages }], sexes).variables[0].comparison?.pValue;
 */
export const describeTable = (
  variables: readonly Variable[],
  groupOf?: readonly (string | undefined)[],
): DescriptionTable => {
  const sizes = groupOf ? describeCategories(groupOf).categories : [];
  const membersOf = sizes.map(({ category }) => groupOf!.flatMap((name, row) => (name === category ? [row] : [])));
  return {
    rows: variables[0]?.values.length ?? groupOf?.length ?? 0,
    groups: sizes.map(({ category, count }) => ({ name: category, rows: count })),
    variables: variables.map((variable) => describeVariable(variable, membersOf)),
  };
};

const describeVariable = (variable: Variable, membersOf: readonly (readonly number[])[]): DescribedVariable => {
  const { name } = variable;
  if (variable.kind === "number") {
    const samples = membersOf.map((rows) => rows.map((row) => variable.values[row]));
    const groups = samples.map(describeNumber);
    const known = samples.map((sample) => sample.filter((value): value is number => value !== undefined));
    const comparison = compareNumbers(known, groups);
    return {
      name,
      kind: "number",
      all: describeNumber(variable.values),
      groups,
      ...(comparison ? { comparison } : {}),
    };
  }
  const all = describeCategories(variable.values, variable.order);
  const order = all.categories.map(({ category }) => category);
  const groups = membersOf.map((rows) =>
    describeCategories(
      rows.map((row) => variable.values[row]),
      order,
    ),
  );
  const comparison = compareCategories(groups);
  return { name, kind: "categories", all, groups, ...(comparison ? { comparison } : {}) };
};
