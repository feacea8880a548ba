import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import { describeCategories } from "./describe-categories.ts";
import { describeNumber } from "./describe-number.ts";
import { describeTable, type Variable } from "./describe-table.ts";
import { printTable, toMarkdown } from "./print-table.ts";

const random = new Random(3, "describe");
const normal = Array.from({ length: 80 }, () => random.normal(40, 9));
const skewed = normal.map((value) => Math.exp(value / 9));

test("a normal variable is printed by its mean, another by its median, and what is missing is counted", () => {
  expect(describeNumber(normal).printed).toBe("mean");
  expect(describeNumber([...skewed, undefined])).toMatchObject({ printed: "median", count: 80, missing: 1 });
  expect(describeNumber([3, 3, 3])).toMatchObject({ printed: "median", median: 3 });
  expect(describeNumber([]).median).toBeNaN();
});

test("incidence and per cent are of those whose value is known", () => {
  expect(describeCategories(["f", "m", "f", undefined])).toEqual({
    known: 3,
    missing: 1,
    categories: [
      { category: "f", count: 2, share: 2 / 3 },
      { category: "m", count: 1, share: 1 / 3 },
    ],
  });
  expect(describeCategories(["m"], ["f", "m"]).categories.map(({ count }) => count)).toEqual([0, 1]);
});

const testOf = (variable: Variable, groups: readonly (string | undefined)[]): string | undefined =>
  describeTable([variable], groups).variables[0]!.comparison?.test;

test("the test of a difference follows from the data", () => {
  const two = normal.map((_, i) => (i % 2 === 0 ? "a" : "b"));
  const three = normal.map((_, i) => "abc"[i % 3]!);
  const number = (values: readonly number[]): Variable => ({ name: "age", kind: "number", values });
  expect(testOf(number(normal), two)).toBe("Welch's t");
  expect(testOf(number(normal), three)).toBe("ANOVA");
  expect(testOf(number(skewed), two)).toBe("Mann-Whitney U");
  expect(testOf(number(skewed), three)).toBe("Kruskal-Wallis");
  expect(
    testOf(
      number(normal),
      normal.map(() => "a"),
    ),
  ).toBeUndefined();
  const withOne = describeTable([number(normal)], ["c", ...two.slice(1)]).variables[0]!;
  expect(withOne.comparison).toMatchObject({ test: "Welch's t", caution: expect.stringContaining("fewer than two") });
  const sexes = (values: readonly string[]): Variable => ({ name: "sex", kind: "categories", values });
  expect(testOf(sexes(three), two)).toBe("chi-squared");
  expect(testOf(sexes(["f", "m", "f", "m", "m"]), ["a", "b", "a", "b", "a"])).toBe("Fisher's exact");
  const rare = describeTable([sexes(["x", ...three.slice(1)])], two).variables[0]!;
  expect(rare.comparison?.caution).toMatch("below 5");
});

test("groups and what is left out add up to the whole", () => {
  const rows = fc.array(fc.tuple(fc.option(fc.integer(), { nil: undefined }), fc.constantFrom("a", "b", undefined)), {
    minLength: 1,
  });
  fc.assert(
    fc.property(rows, (of) => {
      const {
        rows: count,
        groups,
        variables,
      } = describeTable(
        [{ name: "x", kind: "number", values: of.map(([value]) => value) }],
        of.map(([, group]) => group),
      );
      const [variable] = variables;
      expect(count).toBe(of.length);
      expect(groups.reduce((sum, group) => sum + group.rows, 0)).toBe(of.filter(([, group]) => group).length);
      expect(variable!.all.missing + (variable as { all: { count: number } }).all.count).toBe(of.length);
    }),
  );
});

test("a table reads as a paper prints it", () => {
  const table = describeTable(
    [
      { name: "age", kind: "number", values: normal },
      {
        name: "sex",
        kind: "categories",
        values: normal.map((_, i) => (i === 0 ? undefined : i % 4 === 1 ? "male" : "female")),
      },
    ],
    normal.map((_, i) => (i < 50 ? "internal" : "external")),
  );
  const text = printTable(table);
  expect(new Set(text.map((row) => row.length))).toEqual(new Set([6]));
  expect(text[0]).toEqual(["", "all (n = 80)", "internal (n = 50)", "external (n = 30)", "p", "test"]);
  expect(text.map(([name]) => name)).toEqual(["", "age, mean ± SD", "sex, n (%)", "  female", "  male", "  missing"]);
  expect(text[1]![1]).toMatch(/^\d+\.\d\d ± \d+\.\d\d$/);
  expect(text[3]![1]).toBe("59 (74.68 %)");
  expect(toMarkdown(text).split("\n")).toHaveLength(7);
});
