/** A discrete variable as the studies describe it (STROBE item 14): incidence and per cent, what is missing apart. */

/** One value of a discrete variable. */
export interface CategoryCount {
  readonly category: string;
  readonly count: number;
  /** Of those whose value is known, in [0, 1]; 0 where none is. */
  readonly share: number;
}

/** A discrete variable in one group. */
export interface CategoriesDescription {
  readonly known: number;
  readonly missing: number;
  /** In the given order, or else the most frequent first, then by name. */
  readonly categories: readonly CategoryCount[];
}

/**
 * Describes a discrete variable.
 *
 * @param values undefined where missing
 * @param order the categories to list, also those that do not occur; by default those that occur
 * @example
 * describeCategories(["female", "male", "female", undefined]).categories[0]; // female, 2, 0.667
 */
export const describeCategories = (
  values: readonly (string | undefined)[],
  order?: readonly string[],
): CategoriesDescription => {
  const counts = new Map<string, number>((order ?? []).map((category) => [category, 0]));
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const categories = [...counts].map(
    ([category, count]): CategoryCount => ({ category, count, share: known > 0 ? count / known : 0 }),
  );
  if (!order) categories.sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
  return { known, missing: values.length - known, categories };
};
