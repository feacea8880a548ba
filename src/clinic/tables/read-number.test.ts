import fc from "fast-check";
import { expect, test } from "vitest";
import { readAge, readLength, readNumber } from "./read-number.ts";

test.each([
  ["5", 5, []],
  ["5.5", 5.5, []],
  ["5,5", 5.5, ["number-format"]],
  ["1.234,5", 1234.5, ["number-format"]],
  ["1,234.5", 1234.5, ["number-format"]],
  ["1 234,5", 1234.5, ["number-format"]],
  ["1'234.5", 1234.5, ["number-format"]],
  ["007", 7, ["number-format"]],
  ["ca. 5", 5, ["approximate-value"]],
  ["ca 5,5", 5.5, ["approximate-value"]],
  [">5", 5, ["approximate-value"]],
  ["≥ 5", 5, ["approximate-value"]],
  ["~5", 5, ["approximate-value"]],
  ["5?", 5, ["approximate-value"]],
  ["4-6", 5, ["approximate-value"]],
  ["4 bis 6", 5, ["approximate-value"]],
  ["6-4", undefined, ["unreadable-number"]],
  ["fünf", undefined, ["unreadable-number"]],
  ["5,5,5", undefined, ["unreadable-number"]],
  ["1e999", undefined, ["unreadable-number"]],
])("%j", (text, value, rules) => {
  expect(readNumber(text)).toEqual(value === undefined ? { rules } : { value, rules });
});

test("a single point groups thousands in a column of decimal commas", () => {
  expect(readNumber("1.234", { decimal: "comma" }).value).toBe(1234);
  expect(readNumber("1.234").value).toBe(1.234);
  expect(readNumber("1,234", { decimal: "comma" }).value).toBe(1.234);
});

test.each([
  ["5", "cm", 50, []],
  ["5,5", "cm", 55, ["number-format"]],
  ["55 mm", "cm", 55, ["number-format"]],
  ["5,5 cm", "mm", 55, ["number-format"]],
  ["4,5 x 3 x 2 cm", "mm", 45, ["number-format"]],
  ["ca. 5 cm", "cm", 50, ["approximate-value"]],
  ["0", "cm", undefined, ["unreadable-number"]],
  ["500", "cm", undefined, ["unreadable-number"]],
  ["45 mm x 3 cm", "cm", 45, ["number-format"]],
  ["4.5cm x 32 mm", "mm", 45, ["number-format"]],
  ["faustgroß", "cm", undefined, ["unreadable-number"]],
] as const)("the length %j in a column of %s", (text, unit, value, rules) => {
  expect(readLength(text, unit)).toEqual(value === undefined ? { rules } : { value, rules });
});

test.each([
  ["12", 12, []],
  ["12,5", 12.5, ["number-format"]],
  ["12 J.", 12, ["number-format"]],
  ["12 Jahre", 12, ["number-format"]],
  ["6 Monate", 0.5, ["number-format"]],
  ["ca. 60", 60, ["approximate-value"]],
  ["-3", undefined, ["implausible-age"]],
  ["203", undefined, ["implausible-age"]],
  ["alt", undefined, ["unreadable-number"]],
])("the age %j", (text, value, rules) => {
  expect(readAge(text)).toEqual(value === undefined ? { rules } : { value, rules });
});

test("German and English spellings of a number are the number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 9 }), (whole, tenth) => {
      const number = Number(`${whole}.${tenth}`);
      const german = number.toLocaleString("de-DE");
      const english = number.toLocaleString("en-US");
      expect([german, readNumber(german).value]).toEqual([german, number]);
      expect([english, readNumber(english).value]).toEqual([english, number]);
    }),
  );
});
