import { expect, test } from "vitest";
import { patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import { rowScores, type Start, startDifferences, type TestedItem } from "./transfer-scores.ts";

/** 60 patients in ten seeds; each is named rightly with some chance, the hard ones by no start. */
const tested = (start: Start, chance: number): TestedItem[] =>
  Array.from({ length: 10 }, (_, seed) => seed).flatMap((seed) =>
    Array.from({ length: 60 }, (_, i) => ({
      seed,
      image: `image-${i}`,
      patient: patientId(`P${i}`),
      label: i % 3 === 0 ? "A" : "B",
      isRight: i % 10 !== 0 && new Random(3, start, seed, i).chance(chance),
    })),
  );

test("the accuracy of a start is the mean over seeds; its two intervals hold it", () => {
  const { accuracy, interval, byPatient, bySeed } = rowScores(tested("nothing", 0.6), 0);
  expect(bySeed).toHaveLength(10);
  expect(accuracy).toBeCloseTo(bySeed.reduce((sum, value) => sum + value, 0) / 10, 12);
  for (const [low, high] of [interval!, byPatient]) {
    expect(low).toBeLessThan(accuracy);
    expect(high).toBeGreaterThan(accuracy);
    expect(high - low).toBeLessThan(0.25);
  }
});

test("a gain of thirty points is a difference, one of none is not; every pair is compared once", () => {
  const rows = new Map<Start, TestedItem[]>([
    ["nothing", tested("nothing", 0.6)],
    ["imagenet", tested("imagenet", 0.6)],
    ["domain", tested("domain", 0.95)],
  ]);
  const differences = startDifferences(rows);
  expect(differences.map(({ first, second }) => [first, second])).toEqual([
    ["nothing", "imagenet"],
    ["nothing", "domain"],
    ["imagenet", "domain"],
  ]);
  expect(differences.map(({ differs }) => differs)).toEqual([false, true, true]);
  const [, gain] = differences;
  const [own, other] = [rowScores(rows.get("domain")!, 0), rowScores(rows.get("nothing")!, 0)];
  expect(gain!.difference).toBeCloseTo(own.accuracy - other.accuracy, 12);
  expect(gain!.interval![0]).toBeGreaterThan(0.2);
  expect(gain!.byPatient[0]).toBeGreaterThan(0.2);
});

test("one seed has no interval over seeds", () => {
  const items = tested("nothing", 0.6).filter(({ seed }) => seed === 0);
  expect(rowScores(items, 0).interval).toBeNull();
});
