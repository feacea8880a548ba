import { expect, test } from "vitest";
import type { Treatment } from "./records.ts";
import { therapyStage } from "./therapy-stage.ts";

const surgery: Treatment = { kind: "surgery", startDate: "2016-05-12" };

test.each<[string, string | undefined, readonly Treatment[], string]>([
  ["the day before", "2016-05-11", [surgery], "pre-therapy"],
  ["the day itself", "2016-05-12", [surgery], "pre-therapy"],
  ["the day after", "2016-05-13", [surgery], "post-therapy"],
  ["no therapy", "2016-05-13", [{ kind: "observation", startDate: "2016-01-01" }], "pre-therapy"],
  ["no therapy, no date", undefined, [], "pre-therapy"],
  ["no date", undefined, [surgery], "unknown"],
  ["a therapy without a date", "2016-05-11", [surgery, { kind: "chemotherapy" }], "unknown"],
  ["after one, whatever the other", "2016-05-13", [surgery, { kind: "chemotherapy" }], "post-therapy"],
  ["the month of the therapy alone", "2016-05-11", [{ kind: "radiotherapy", startDate: "2016-05" }], "unknown"],
  ["before that month", "2016-04-30", [{ kind: "radiotherapy", startDate: "2016-05" }], "pre-therapy"],
])("%s", (_, date, treatments, stage) => {
  expect(therapyStage(date, { treatments })).toBe(stage);
});
