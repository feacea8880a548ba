import fc from "fast-check";
import { expect, test } from "vitest";
import { comparePartialDates, firstDay, isPartialDate, lastDay } from "./partial-dates.ts";

test("days of the calendar, months and years are dates, and nothing else", () => {
  for (const date of ["2016", "2016-02", "2016-02-29", "1962-12-31"]) expect(isPartialDate(date)).toBe(true);
  for (const text of [
    "",
    "16",
    "2016-13",
    "2016-00",
    "2015-02-29",
    "2016-04-31",
    "2016-2-3",
    "2016-02-29T00",
    "12.05.2016",
  ]) {
    expect(isPartialDate(text)).toBe(false);
  }
});

test("a date spans the days it can mean", () => {
  expect([firstDay("2016-02"), lastDay("2016-02")]).toEqual(["2016-02-01", "2016-02-29"]);
  expect([firstDay("2015"), lastDay("2015")]).toEqual(["2015-01-01", "2015-12-31"]);
  expect(lastDay("2015-04-07")).toBe("2015-04-07");
});

const day = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2100-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length));

test("an order is told only where every day that is meant agrees", () => {
  fc.assert(
    fc.property(partial, partial, (a, b) => {
      const order = comparePartialDates(a, b);
      if (order === -1) expect(lastDay(a) < firstDay(b)).toBe(true);
      if (order === 0) expect(a).toBe(b);
      expect(comparePartialDates(b, a)).toBe(order === undefined ? undefined : order === 0 ? 0 : -order);
    }),
  );
});
