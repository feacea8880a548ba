import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  adjustedMutualInfoScore,
  adjustedRandScore,
  normalizedMutualInfoScore,
  purityScore,
} from "./clustering-scores.ts";

const golden = JSON.parse(
  readFileSync(new URL("../../test/fixtures/evidence/clustering.json", import.meta.url), "utf8"),
) as {
  pairs: {
    name: string;
    a: number[];
    b: number[];
    normalizedMutualInfo: number;
    adjustedMutualInfo: number;
    adjustedRand: number;
  }[];
};

describe("scores of clusterings", () => {
  test.each(golden.pairs)("equal scikit-learn's: $name", ({ a, b, ...scores }) => {
    expect(normalizedMutualInfoScore(a, b)).toBeCloseTo(scores.normalizedMutualInfo, 10);
    expect(adjustedMutualInfoScore(a, b)).toBeCloseTo(scores.adjustedMutualInfo, 8);
    expect(adjustedRandScore(a, b)).toBeCloseTo(scores.adjustedRand, 10);
  });

  test("do not depend on the clusters' names or on which comes first", () => {
    const clustering = fc.array(fc.tuple(fc.nat(4), fc.nat(6)), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(clustering, (pairs) => {
        const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        const named = b.map((name) => `cluster ${6 - name}`);
        for (const score of [normalizedMutualInfoScore, adjustedMutualInfoScore, adjustedRandScore]) {
          expect(score(a, named)).toBeCloseTo(score(a, b), 9);
          expect(score(b, a)).toBeCloseTo(score(a, b), 9);
          expect(score(a, a)).toBeCloseTo(1, 9);
        }
        expect(purityScore(a, named)).toBe(purityScore(a, b));
      }),
    );
  });

  test("purity counts what is of its cluster's commonest class", () => {
    expect(purityScore(["hip", "hip", "knee", "knee", "foot"], [0, 0, 0, 1, 1])).toBe(3 / 5);
    expect(purityScore(["hip", "knee"], [0, 1])).toBe(1);
  });

  test("refuse what cannot be compared", () => {
    for (const score of [normalizedMutualInfoScore, adjustedMutualInfoScore, adjustedRandScore, purityScore]) {
      expect(() => score([1], [1, 2])).toThrow("1 and of 2");
      expect(() => score([], [])).toThrow("of 0");
    }
  });
});
