import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { findLabelNoise } from "./confident-learning.ts";

describe("confident learning", () => {
  test("by hand: thresholds are each label's own mean, the joint sums to the labels", () => {
    // label 0: 0.9, 0.8, 0.1 -> threshold 0.6; label 1: 0.7, 0.9 -> 0.8
    const labels = [0, 0, 0, 1, 1];
    const probabilities = [
      [0.9, 0.1],
      [0.8, 0.2],
      [0.1, 0.9], // confidently 1, though called 0
      [0.3, 0.7], // confidently nothing
      [0.1, 0.9],
    ];
    const { joint, noise, suspects } = findLabelNoise({ labels, probabilities });
    expect(suspects).toEqual([{ example: 2, given: 0, proposed: 1, margin: 0.1 - 0.9 }]);
    expect(joint).toEqual([
      [2, 1],
      [0, 2],
    ]);
    expect(noise).toBeCloseTo(0.2, 12);
  });

  test("finds planted wrong labels, by how doubtful they are", () => {
    const random = new Random(4, "label noise");
    const truth = Array.from({ length: 600 }, (_, i) => i % 3);
    const wrong = new Set(Array.from({ length: 600 }, (_, i) => i).filter(() => random.next() < 0.1));
    const labels = truth.map((label, i) => (wrong.has(i) ? (label + 1) % 3 : label));
    const probabilities = truth.map((label) => {
      const scores = [0, 1, 2].map((c) => Math.exp(random.normal(c === label ? 6 : 0, 1)));
      const sum = scores.reduce((all, score) => all + score, 0);
      return scores.map((score) => score / sum);
    });
    const { suspects, noise } = findLabelNoise({ labels, probabilities });
    const right = suspects.filter(({ example }) => wrong.has(example));
    expect(right.length / wrong.size).toBeGreaterThan(0.85);
    expect(right.length / suspects.length).toBeGreaterThan(0.85);
    expect(noise).toBeGreaterThan(0.06);
    expect(noise).toBeLessThan(0.14);
    expect(suspects.map(({ margin }) => margin)).toEqual(suspects.map(({ margin }) => margin).sort((a, b) => a - b));
  });

  test("doubts nothing where every label is the most probable class, and keeps each label's count", () => {
    const rows = fc.array(fc.tuple(fc.nat(3), fc.double({ min: 0.5, max: 1, noNaN: true })), { minLength: 1 });
    fc.assert(
      fc.property(rows, (examples) => {
        const labels = examples.map(([label]) => label);
        const probabilities = examples.map(([label, p]) => [0, 1, 2, 3].map((c) => (c === label ? p : (1 - p) / 3)));
        const { suspects, joint, noise } = findLabelNoise({ labels, probabilities });
        expect(suspects).toEqual([]);
        expect(noise).toBe(0);
        joint.forEach((row, label) => {
          const count = labels.filter((one) => one === label).length;
          expect(row.reduce((sum, n) => sum + n, 0)).toBeCloseTo(count, 9);
        });
      }),
    );
  });

  test.each([
    [[0], []],
    [[2], [[0.5, 0.5]]],
    [
      [0, 1],
      [[0.5, 0.5], [1]],
    ],
    [[0.5], [[1]]],
  ])("refuses labels %j of %j", (labels, probabilities) => {
    expect(() => findLabelNoise({ labels, probabilities })).toThrow("a label that is a class");
  });
});
