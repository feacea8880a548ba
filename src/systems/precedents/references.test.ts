import { expect, test } from "vitest";
import { anyReference, knownSince, leftOutAs, type ReferenceFact } from "./references.ts";

const fact: ReferenceFact = { label: "Chordoma", acquiredOn: "2016-05-02", isFinal: true, diagnosedOn: "2016-06" };

test("a patient whose diagnosis was final before the radiograph was taken is a reference", () => {
  expect(knownSince(fact)).toBe("2016-06-30"); // of a month its last day
  expect(leftOutAs(fact, { before: "2016-07-01", final: true })).toBeNull();
  expect(leftOutAs(fact, { before: "2016-06-30", final: true })).toBe("later");
  expect(leftOutAs({ ...fact, diagnosedOn: "2016" }, { before: "2016-12-31", final: true })).toBe("later");
  expect(leftOutAs({ ...fact, diagnosedOn: "2015" }, { before: "2016-05-02", final: true })).toBe("later"); // its picture
  expect(leftOutAs({ ...fact, acquiredOn: null, diagnosedOn: null }, { before: "1990-01-01", final: true })).toBeNull();
});

test("what the tables leave open is none, whatever a label says; without tables the label decides", () => {
  const rule = { before: null, final: true };
  expect(leftOutAs({ ...fact, isFinal: false }, rule)).toBe("open");
  expect(leftOutAs({ ...fact, isFinal: null }, rule)).toBeNull();
  expect(leftOutAs({ ...fact, isFinal: null, label: null }, rule)).toBe("open");
  expect(leftOutAs({ ...fact, label: null }, rule)).toBeNull(); // known by the tables, and no vote
});

test("where everybody counts, nobody is left out", () => {
  expect(
    leftOutAs({ label: null, acquiredOn: "2030-01-01", isFinal: false, diagnosedOn: null }, anyReference),
  ).toBeNull();
});
