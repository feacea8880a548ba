import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import {
  type ConformalCase,
  calibrate,
  fewestCases,
  labelsApart,
  measureCoverage,
  predictionSet,
} from "./conformal.ts";

/** Cases whose right answer has these scores and whose wrong one is twice as strange. */
const casesOf = (...scores: number[]): ConformalCase[] =>
  scores.map((score) => ({
    label: "A",
    scores: new Map([
      ["A", score],
      ["B", 2 * score],
    ]),
  }));

/** Cases of three labels, some of them much alike. */
const drawCases = (count: number, random: Random): ConformalCase[] =>
  Array.from({ length: count }, () => {
    const label = random.pick(["A", "B", "C"], [6, 3, 1]);
    const scores = new Map(["A", "B", "C"].map((one) => [one, random.next() * (one === label ? 1 : 1.6)]));
    return { label, scores };
  });

test("the limit is the score that (n + 1) times the coverage ranks, worked by hand", () => {
  const nine = casesOf(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
  const atNine = calibrate(nine, { coverage: 0.9 })!; // the ninth of nine
  expect(
    predictionSet(
      atNine,
      new Map([
        ["A", 0.9],
        ["B", 0.91],
      ]),
    ),
  ).toEqual(["A"]);
  expect(
    predictionSet(
      atNine,
      new Map([
        ["A", 0.9],
        ["B", 0.85],
      ]),
    ),
  ).toEqual(["B", "A"]);
  const atHalf = calibrate(nine, { coverage: 0.5 })!; // the fifth
  expect(
    predictionSet(
      atHalf,
      new Map([
        ["A", 0.5],
        ["B", 0.51],
      ]),
    ),
  ).toEqual(["A"]);
});

test("too few cases allow no set", () => {
  expect([0.5, 0.8, 0.9, 0.95, 0.99].map(fewestCases)).toEqual([1, 4, 9, 19, 99]);
  expect(calibrate(casesOf(1, 2, 3, 4, 5, 6, 7, 8), { coverage: 0.9 })).toBeNull();
  expect(calibrate([], { coverage: 0.5 })).toBeNull();
});

test("a set is never empty, and one for more coverage holds the one for less", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 20, max: 80 }), (seed, count) => {
      const random = new Random(seed, "conformal");
      const cases = drawCases(count, random);
      const [{ scores }] = drawCases(1, random) as [ConformalCase];
      const [less, more] = [0.6, 0.9].map((coverage) => predictionSet(calibrate(cases, { coverage })!, scores));
      expect(less!.length).toBeGreaterThan(0);
      expect(more).toEqual(expect.arrayContaining(less!));
    }),
    { numRuns: 100 },
  );
});

describe("the right answer is in the set as often as promised", () => {
  /** Of many draws of held-out cases, how often a further case's set held its label, and how often of each label. */
  const covered = (byLabel: boolean) => {
    const random = new Random(7, "coverage");
    const counts = new Map<string, [number, number]>();
    for (let draw = 0; draw < 400; draw++) {
      const conformal = calibrate(drawCases(60, random), { coverage: 0.8, byLabel })!;
      for (const { label, scores } of drawCases(10, random)) {
        const [right, all] = counts.get(label) ?? [0, 0];
        counts.set(label, [right + Number(predictionSet(conformal, scores).includes(label)), all + 1]);
      }
    }
    const [right, all] = [...counts.values()].reduce((sum, one) => [sum[0] + one[0], sum[1] + one[1]], [0, 0]);
    return { overall: right / all, labels: new Map([...counts].map(([label, [r, n]]) => [label, r / n])) };
  };

  test("over all cases", () => {
    const { overall } = covered(false);
    expect(overall).toBeGreaterThan(0.785);
    expect(overall).toBeLessThan(0.85);
  });

  test("for each label where labels are told apart", () => {
    for (const [, share] of covered(true).labels) expect(share).toBeGreaterThan(0.77);
  });
});

test("labels with cases enough have a limit of their own, all others share one", () => {
  const rare = Array.from({ length: 3 }, (): ConformalCase => ({ label: "C", scores: new Map([["C", 5]]) }));
  const conformal = calibrate([...casesOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ...rare], { coverage: 0.9, byLabel: true })!;
  expect(labelsApart(conformal)).toEqual(["A"]);
  // Three cases cannot leave out what is rare, however strange.
  expect(
    predictionSet(
      conformal,
      new Map([
        ["A", 1],
        ["C", 99],
        ["D", 99],
      ]),
    ),
  ).toEqual(["A", "C", "D"]);
  expect(
    predictionSet(
      conformal,
      new Map([
        ["A", 11],
        ["B", 0],
        ["C", 5],
      ]),
    ),
  ).toEqual(["B", "C"]);
  expect(labelsApart(calibrate(casesOf(1, 2, 3, 4, 5, 6, 7, 8, 9), { coverage: 0.9 })!)).toEqual([]);
});

test("coverage is measured on each case by the limits of all others", () => {
  const cases = drawCases(40, new Random(3, "measure"));
  const options = { coverage: 0.8 };
  const sets = cases.map((own) => {
    const others = calibrate(
      cases.filter((other) => other !== own),
      options,
    )!;
    return predictionSet(others, own.scores);
  });
  expect(measureCoverage(calibrate(cases, options)!, cases)).toEqual({
    covered: sets.filter((set, i) => set.includes(cases[i]!.label)).length,
    cases: 40,
    meanLabels: sets.reduce((sum, { length }) => sum + length, 0) / 40,
  });
});
