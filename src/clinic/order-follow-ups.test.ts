import { expect, test } from "vitest";
import { orderFollowUps } from "./order-follow-ups.ts";
import type { FollowUpRecord } from "./records.ts";

const status = "stable disease";
const after = (...months: number[]): FollowUpRecord[] => months.map((one) => ({ months: one, status }));
const on = (...dates: string[]): FollowUpRecord[] => dates.map((date) => ({ date, status }));

test("months and dates are brought together by the date of the diagnosis", () => {
  const [late, early] = on("2014-11-02", "2010-02"); // after 57.6 months and about one
  expect(orderFollowUps([...after(57, 2), late!, ...after(7), early!], "2010-01-15")).toEqual([
    early,
    ...after(2, 7, 57),
    late,
  ]);
});

test("where the diagnosis has no date, a follow-up that tells both brings them together", () => {
  const both: FollowUpRecord = { date: "2015-06-10", months: 12, status };
  const [dated] = on("2014-09-10"); // three months
  expect(orderFollowUps([both, dated!, ...after(2, 24)], undefined)).toEqual([...after(2), dated, both, ...after(24)]);
});

test("where nothing brings them together, each kind has its own order", () => {
  const told = [...on("2015", "2014-03-01"), ...after(9, 3), { status } as const];
  expect(orderFollowUps(told, undefined)).toEqual([...after(3, 9), ...on("2014-03-01", "2015"), { status }]);
});
