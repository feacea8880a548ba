import { expect, test } from "vitest";
import { type PastVoters, PredictionSets, supportOf } from "./prediction-set.ts";

const references = new Map([
  ["A", 6],
  ["B", 3],
  ["C", 1],
]);
const wish = { coverage: 0.9, byLabel: false };

/** Somebody with a diagnosis and neighbours, one letter each. */
const past = (label: string, voters: string): PastVoters => ({ label, voters: [...voters] });

test("a neighbour supports its diagnosis the more the nearer it is, and what is usual has a little support besides", () => {
  const support = supportOf(["A", null, "B"], references);
  // One for A, 0.9 for B, and half a voter by the patients of each diagnosis.
  expect(support.get("A")).toBeCloseTo((1 + 0.3) / 2.4, 12);
  expect(support.get("B")).toBeCloseTo((0.9 + 0.15) / 2.4, 12);
  expect(support.get("C")).toBeCloseTo(0.05 / 2.4, 12);
  expect([...support.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  expect([...supportOf([], references)]).toEqual([
    ["A", 0.6],
    ["B", 0.3],
    ["C", 0.1],
  ]);
  expect(supportOf([null], new Map()).size).toBe(0);
});

test("where past neighbours were right, the set is small; where they were often wrong, it is large", () => {
  const right = Array.from({ length: 12 }, (_, i) => past("ABC"[i % 3]!, "ABC"[i % 3]!.repeat(5)));
  const sure = new PredictionSets(right, references).of([..."AAAAA"], wish)!;
  expect(sure.labels.map(({ label }) => label)).toEqual(["A"]);
  expect(sure).toMatchObject({ among: 3, coverage: 0.9, byLabel: false, patients: 12, apart: [] });
  const wrong = Array.from({ length: 12 }, (_, i) => past("ABC"[i % 3]!, "BCA"[i % 3]!.repeat(5)));
  const unsure = new PredictionSets(wrong, references).of([..."AAAAA"], wish)!;
  expect(unsure.labels.map(({ label }) => label)).toEqual(["A", "B", "C"]);
  expect(unsure.measured.share).toBeGreaterThanOrEqual(0.9);
});

test("too few past patients with a diagnosis give no set, and the reason says how many it takes", () => {
  const eight = [...Array.from({ length: 8 }, () => past("A", "AAA")), { label: null, voters: ["A"] }];
  const sets = new PredictionSets(eight, references);
  expect(sets.of(["A"], wish)).toBeNull();
  expect(sets.problem(wish)).toMatchObject({ code: "too-few-held-out", detail: expect.stringContaining("at least 9") });
  expect(sets.problem({ ...wish, coverage: 0.8 })).toBeNull();
  expect(sets.of(["A"], { ...wish, coverage: 0.8 })?.patients).toBe(8);
});

test("a diagnosis that no network and no neighbour knew still counts as missed", () => {
  const strangers = Array.from({ length: 20 }, (_, i) => past(i < 2 ? `new ${i}` : "A", "AAAA"));
  const set = new PredictionSets(strangers, references).of([..."AAAA"], wish)!;
  expect(set.measured.share).toBeLessThan(1);
  expect(set.labels.length).toBe(3); // two in twenty are more than one in ten allows: nothing can be ruled out
});
