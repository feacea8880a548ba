import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { distanceWeightedVote, pluralityVote, prevalenceWeightedVote, strictMajorityVote, type Voter } from "./vote.ts";

/** Neighbours in order of rank; distance rank / 10. */
const voters = (...labels: (string | null)[]): Voter[] =>
  labels.map((label, i) => ({ rank: i + 1, distance: (i + 1) / 10, label }));

describe("pluralityVote", () => {
  test.each([
    [["a"], { label: "a", share: 1, tie: false }],
    [["a", "b", "b"], { label: "b", share: 2 / 3, tie: false }],
    [["a", "b", "c"], { label: "a", share: 1 / 3, tie: true }],
    [["b", "a", "a", "b", "c"], { label: "b", share: 2 / 5, tie: true }],
    [["c", "a", "b", "b", "a"], { label: "a", share: 2 / 5, tie: true }],
    [[null, "b", null], { label: "b", share: 1, tie: false }],
  ])("%j votes %j", (labels, vote) => {
    expect(pluralityVote(voters(...labels))).toEqual(vote);
  });

  test("nobody with a label: no vote", () => {
    expect(pluralityVote([])).toBeNull();
    expect(pluralityVote(voters(null, null))).toBeNull();
  });
});

describe("strictMajorityVote", () => {
  test.each([
    [["a", "b", "b"], "b"],
    [["a", "b", "c"], undefined],
    [["a", "a", "b", "b"], undefined],
    [["a", "a", null], "a"],
    [["a", null, null], undefined],
  ])("%j decides %s", (labels, label) => {
    expect(strictMajorityVote(voters(...labels))?.label).toBe(label);
  });
});

describe("weighted votes", () => {
  test("two far neighbours do not outvote a near one", () => {
    const near = [
      { rank: 1, distance: 0.1, label: "a" },
      { rank: 2, distance: 0.4, label: "b" },
      { rank: 3, distance: 0.5, label: "b" },
    ];
    expect(pluralityVote(near)?.label).toBe("b");
    expect(distanceWeightedVote(near)).toEqual({ label: "a", share: 10 / 14.5, tie: false });
  });

  test("neighbours at distance 0 vote alone", () => {
    const same = [
      { rank: 1, distance: 0, label: "a" },
      { rank: 2, distance: 0, label: "b" },
      { rank: 3, distance: 0.01, label: "b" },
    ];
    expect(distanceWeightedVote(same)).toEqual({ label: "a", share: 0.5, tie: true });
  });

  test("a rare label weighs more", () => {
    const prevalence = new Map([
      ["common", 90],
      ["rare", 10],
    ]);
    const vote = prevalenceWeightedVote(voters("common", "common", "rare"), prevalence);
    expect(vote?.label).toBe("rare");
    expect(vote?.share).toBeCloseTo(0.1 / (0.1 + 2 / 90), 12);
    expect(() => prevalenceWeightedVote(voters("new"), prevalence)).toThrow('"new" votes but has no prevalence');
  });
});

const rules = {
  pluralityVote,
  strictMajorityVote,
  distanceWeightedVote,
  prevalenceWeightedVote: (all: readonly Voter[]) =>
    prevalenceWeightedVote(
      all,
      new Map(
        [..."abc"].flatMap(
          (label, i) =>
            [
              [label, i + 1],
              [`x${label}`, i + 1],
            ] as const,
        ),
      ),
    ),
};

describe.each(Object.entries(rules))("%s", (_, rule) => {
  const labels = fc.array(fc.constantFrom("a", "b", "c", null), { maxLength: 9 });

  test("the order in which neighbours are handed over does not matter", () => {
    fc.assert(
      fc.property(labels, fc.nat(), (some, seed) => {
        const all = voters(...some);
        const shuffled = [...new Random(seed).permutation(all.length)].map((i) => all[i]);
        expect(rule(shuffled)).toEqual(rule(all));
      }),
    );
  });

  test("renaming the labels renames the winner", () => {
    fc.assert(
      fc.property(labels, (some) => {
        const vote = rule(voters(...some));
        const renamed = rule(voters(...some.map((label) => label && `x${label}`)));
        expect(renamed).toEqual(vote && { ...vote, label: `x${vote.label}` });
      }),
    );
  });

  test("one more vote for the winner leaves it the winner", () => {
    fc.assert(
      fc.property(labels, (some) => {
        const vote = rule(voters(...some));
        if (vote) expect(rule(voters(...some, vote.label))?.label).toBe(vote.label);
      }),
    );
  });
});
