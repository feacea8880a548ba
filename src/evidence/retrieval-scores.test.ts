import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hitRateAtK,
  precisionAtK,
  type RetrievedLabels,
  recallAtK,
  strictMajorityBound,
  voteAccuracy,
} from "./retrieval-scores.ts";

const queries: readonly RetrievedLabels[] = [
  { label: "a", neighbours: ["a", "b", "a"] },
  { label: "b", neighbours: ["a", null, "c"] },
  { label: "c", neighbours: ["b", "c"] },
];

describe("by hand", () => {
  test("precision@k divides by k, also where neighbours are missing or without a label", () => {
    expect(precisionAtK(queries, 1)).toBeCloseTo(1 / 3, 12);
    expect(precisionAtK(queries, 3)).toBeCloseTo((2 / 3 + 0 + 1 / 3) / 3, 12);
  });

  test("hit rate@k", () => {
    expect(hitRateAtK(queries, 1)).toBeCloseTo(1 / 3, 12);
    expect(hitRateAtK(queries, 3)).toBeCloseTo(2 / 3, 12);
  });

  test("recall@k comes with its bound and leaves out queries that nothing could answer", () => {
    const { recall, bound } = recallAtK(queries, 3, [4, 0, 1]);
    expect(recall).toBeCloseTo((2 / 4 + 1) / 2, 12);
    expect(bound).toBeCloseTo((3 / 4 + 1) / 2, 12);
  });

  test("an undecided vote is wrong, and missing from the coverage", () => {
    expect(voteAccuracy(["a", "b", "c", "c"], ["a", "a", null, "c"])).toEqual({
      accuracy: 0.5,
      coverage: 0.75,
      accuracyOfDecided: 2 / 3,
    });
  });

  test("the ceiling of the dissertation's figures", () => {
    expect(strictMajorityBound(0.6258, 3)).toBeCloseTo(0.9387, 4);
    expect(strictMajorityBound(0.9, 1)).toBe(0.9);
    expect(strictMajorityBound(0.9, 3)).toBe(1);
  });
});

describe("identities", () => {
  const label = fc.constantFrom("a", "b", "c", null);
  const query = fc.record({
    label: fc.constantFrom("a", "b", "c"),
    neighbours: fc.array(label, { minLength: 5, maxLength: 5 }),
  });
  const some = fc.array(query, { minLength: 1, maxLength: 20 });

  test("at k = 1 precision and hit rate are one; the hit rate rises with k and is at least the precision", () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 4 }), (all, k) => {
        expect(hitRateAtK(all, 1)).toBe(precisionAtK(all, 1));
        expect(hitRateAtK(all, k + 1)).toBeGreaterThanOrEqual(hitRateAtK(all, k));
        expect(hitRateAtK(all, k)).toBeGreaterThanOrEqual(precisionAtK(all, k) - 1e-12);
      }),
    );
  });

  test("no strict majority is right more often than the bound allows", () => {
    fc.assert(
      fc.property(some, fc.constantFrom(1, 3, 5), (all, k) => {
        const right = all.filter(
          (q) => q.neighbours.slice(0, k).filter((neighbour) => neighbour === q.label).length > k / 2,
        ).length;
        expect(right / all.length).toBeLessThanOrEqual(strictMajorityBound(precisionAtK(all, k), k) + 1e-12);
      }),
    );
  });
});

test("k must be a positive whole number, and votes as many as queries", () => {
  expect(() => precisionAtK(queries, 0)).toThrow("not 0");
  expect(() => voteAccuracy(["a"], [])).toThrow("1 queries and 0 votes");
});
