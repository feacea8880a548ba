import fc from "fast-check";
import { expect, test } from "vitest";
import { isPartialDate } from "../partial-dates.ts";
import { readDate } from "./read-date.ts";

const asOf = "2021-04-30";

test.each([
  ["2016-05-12", "2016-05-12", []],
  ["2016-05", "2016-05", []],
  ["2016", "2016", []],
  ["12.5.2016", "2016-05-12", ["date-format"]],
  ["12.05.2016", "2016-05-12", ["date-format"]],
  ["12. 5. 2016", "2016-05-12", ["date-format"]],
  ["2016/5/12", "2016-05-12", ["date-format"]],
  ["20160512", "2016-05-12", ["date-format"]],
  ["2016-05-12T00:00:00", "2016-05-12", ["date-format"]],
  ["12.05.2016 00:00:00", "2016-05-12", ["date-format"]],
  ["05/2016", "2016-05", ["date-format"]],
  ["03/2015", "2015-03", ["date-format"]],
  ["May 2016", "2016-05", ["date-format"]],
  ["Mai 2016", "2016-05", ["date-format"]],
  ["12. Mai 2016", "2016-05-12", ["date-format"]],
  ["12 May 2016", "2016-05-12", ["date-format"]],
  ["12-Mär-2016", "2016-03-12", ["date-format"]],
  ["May 12, 2016", "2016-05-12", ["date-format"]],
  ["42502", "2016-05-12", ["date-format"]],
  ["42502.0", "2016-05-12", ["date-format"]],
  ["25/12/2016", "2016-12-25", ["date-format"]],
  ["12/25/2016", "2016-12-25", ["date-format"]],
  ["05/05/2016", "2016-05-05", ["date-format"]],
  ["12.05.16", "2016-05-12", ["two-digit-year"]],
  ["12.05.55", "1955-05-12", ["two-digit-year"]],
  ["12.5.'16", "2016-05-12", ["two-digit-year"]],
  ["05/06/2016", "2016-06-05", ["ambiguous-date"]],
  ["05/06/16", "2016-06-05", ["two-digit-year", "ambiguous-date"]],
  ["Anfang 2017", "2017", ["approximate-value"]],
  ["ca. 05/2015", "2015-05", ["approximate-value"]],
  ["early 2017", "2017", ["approximate-value"]],
  ["2017?", "2017", ["approximate-value"]],
  ["31.02.2016", undefined, ["unreadable-date"]],
  ["05.13.2016", undefined, ["unreadable-date"]],
  ["12.05.20166", undefined, ["unreadable-date"]],
  ["nach der Operation", undefined, ["unreadable-date"]],
  ["12.05.1799", undefined, ["date-out-of-range"]],
  ["01.05.2021", undefined, ["date-out-of-range"]],
])("%j", (text, value, rules) => {
  expect(readDate(text, { asOf })).toEqual(value === undefined ? { rules } : { value, rules });
});

test("the order that a column's other dates show is not doubted", () => {
  expect(readDate("05/06/2016", { asOf, order: "month-first" })).toEqual({
    value: "2016-05-06",
    rules: ["date-format"],
  });
});

test("every day of the calendar is read back from each way of writing it", () => {
  const day = fc.date({ min: new Date("1900-01-02"), max: new Date("2021-04-29"), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, dayOfMonth] = iso.split("-") as [string, string, string];
      for (const text of [
        iso,
        `${dayOfMonth}.${month}.${year}`,
        `${Number(dayOfMonth)}.${Number(month)}.${year}`,
        date.toLocaleDateString("de-DE", { dateStyle: "long", timeZone: "UTC" }),
        date.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }),
        date.toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" }),
      ]) {
        expect([text, readDate(text, { asOf }).value]).toEqual([text, iso]);
      }
    }),
  );
});

test("whatever a cell holds, what is taken is a date of the calendar, and nothing is passed over in silence", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d./ -]{0,12}$/)), (text) => {
      const { value, rules } = readDate(text, { asOf });
      if (value === undefined) expect(rules.length).toBe(1);
      else {
        expect(isPartialDate(value)).toBe(true);
        if (rules.length === 0) expect(value).toBe(text);
      }
    }),
  );
});
