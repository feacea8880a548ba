/** A description table as rows of text, for Markdown, CSV or a page: one formatting of every number. */
import type { CategoriesDescription } from "./describe-categories.ts";
import type { NumberDescription } from "./describe-number.ts";
import type { DescriptionTable } from "./describe-table.ts";

/** Rows of equal length; the first is the heading. */
export type TextTable = readonly (readonly string[])[];

const decimals = (value: number, digits: number): string => (Number.isNaN(value) ? "-" : value.toFixed(digits));

/** As journals print it: two digits, three below 0.1, and never 0. */
const printP = (p: number): string => (p < 0.001 ? "< 0.001" : p.toFixed(p < 0.1 ? 3 : 2));

const printNumber = (of: NumberDescription): string => {
  if (of.count === 0) return "–"; // no hyphen, with which a spreadsheet begins a formula
  if (of.printed === "mean") return `${decimals(of.mean, 2)} ± ${decimals(of.standardDeviation, 2)}`;
  return `${decimals(of.median, 2)} [${decimals(of.quartiles[0], 2)}, ${decimals(of.quartiles[1], 2)}]`;
};

const printShare = ({ categories, known }: CategoriesDescription, row: number): string => {
  const { count, share } = categories[row]!;
  return known === 0 ? String(count) : `${count} (${(100 * share).toFixed(2)} %)`;
};

const shapeOf = (printed: "mean" | "median"): string => (printed === "mean" ? "mean ± SD" : "median [IQR]");

/**
 * The table as text: a row per number, and per discrete variable a row for its name and one for each category.
 *
 * @example
 * printTable(describeTable(variables))[0]; // ["", "all (n = 809)"]
 */
export const printTable = ({ rows, groups, variables }: DescriptionTable): TextTable => {
  const isGrouped = groups.length > 0;
  const heading = ["", `all (n = ${rows})`, ...groups.map((group) => `${group.name} (n = ${group.rows})`)];
  const lines: string[][] = [isGrouped ? [...heading, "p", "test"] : heading];
  for (const { name, comparison, ...variable } of variables) {
    const test = comparison
      ? [printP(comparison.pValue), `${comparison.test}${comparison.caution ? ` (${comparison.caution})` : ""}`]
      : ["", ""];
    const last = isGrouped ? test : [];
    const blank = isGrouped ? ["", ""] : [];
    const missing = (of: { readonly missing: number }): string => (of.missing > 0 ? String(of.missing) : "0");
    if (variable.kind === "number") {
      const cells = [variable.all, ...variable.groups];
      const title = `${name}, ${shapeOf(variable.all.printed)}`;
      // Groups whose shape differs from the whole's say so in their cell.
      const texts = cells.map((of) =>
        of.count > 0 && of.printed !== variable.all.printed
          ? `${shapeOf(of.printed)} ${printNumber(of)}`
          : printNumber(of),
      );
      lines.push([title, ...texts, ...last]);
    } else {
      const cells = [variable.all, ...variable.groups];
      lines.push([`${name}, n (%)`, ...cells.map(() => ""), ...last]);
      for (const [i, { category }] of variable.all.categories.entries()) {
        lines.push([`  ${category}`, ...cells.map((of) => printShare(of, i)), ...blank]);
      }
    }
    if (variable.all.missing > 0)
      lines.push(["  missing", ...[variable.all, ...variable.groups].map(missing), ...blank]);
  }
  return lines;
};

/** A text table as Markdown. */
export const toMarkdown = (table: TextTable): string => {
  const [heading = [], ...rest] = table.map((row) =>
    row.map((cell) => cell.replaceAll("|", "\\|").replace(/^ +/, "&emsp;")),
  );
  const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  return [line(heading), line(heading.map((_, i) => (i === 0 ? "---" : "---:"))), ...rest.map(line)].join("\n");
};
