import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accuracyScore,
  balancedAccuracyScore,
  f1Score,
  type Predictions,
  precisionScore,
  recallScore,
  scoresByLabel,
} from "./classification-scores.ts";
import { confusionMatrix } from "./confusion-matrix.ts";

interface GoldenCase extends Predictions {
  readonly name: string;
  readonly confusion: readonly (readonly number[])[];
  readonly scores: Readonly<Record<string, number>>;
}
const golden = JSON.parse(
  readFileSync(new URL("../../test/fixtures/evidence/golden.json", import.meta.url), "utf8"),
) as { readonly classification: readonly GoldenCase[] };

const scores = {
  accuracy: accuracyScore,
  balancedAccuracy: balancedAccuracyScore,
  "precision-micro": (p: Predictions) => precisionScore(p, "micro"),
  "precision-macro": (p: Predictions) => precisionScore(p, "macro"),
  "recall-micro": (p: Predictions) => recallScore(p, "micro"),
  "recall-macro": (p: Predictions) => recallScore(p, "macro"),
  "f1-micro": (p: Predictions) => f1Score(p, "micro"),
  "f1-macro": (p: Predictions) => f1Score(p, "macro"),
};

describe.each(golden.classification)("$name, against scikit-learn", (expected) => {
  test.each(Object.entries(scores))("%s", (name, score) => {
    expect(score(expected)).toBeCloseTo(expected.scores[name], 12);
  });

  test("confusion matrix", () => {
    expect(confusionMatrix(expected.truth, expected.predicted).counts).toEqual(expected.confusion);
  });
});

describe("identities", () => {
  const label = fc.constantFrom("a", "b", "c", "d");
  const predictions = fc
    .array(fc.tuple(label, label), { minLength: 1, maxLength: 30 })
    .map((pairs): Predictions => ({ truth: pairs.map(([t]) => t), predicted: pairs.map(([, p]) => p) }));

  test("micro precision, recall and F1 are the accuracy, where every item has one label", () => {
    fc.assert(
      fc.property(predictions, (p) => {
        for (const score of [precisionScore, recallScore, f1Score]) {
          expect(score(p, "micro")).toBeCloseTo(accuracyScore(p), 12);
        }
      }),
    );
  });

  test("renaming the labels changes no average", () => {
    fc.assert(
      fc.property(predictions, ({ truth, predicted }) => {
        const rename = (old: string | null): string => ({ a: "z", b: "q", c: "a", d: "b" })[old ?? ""] ?? "";
        const renamed = { truth: truth.map(rename), predicted: predicted.map(rename) };
        for (const score of Object.values(scores)) expect(score(renamed)).toBeCloseTo(score({ truth, predicted }), 12);
      }),
    );
  });
});

describe("undecided items", () => {
  const predictions: Predictions = { truth: ["a", "a", "b", "b"], predicted: ["a", null, "b", "a"] };

  test("are wrong for accuracy and recall, and no false alarm for precision", () => {
    expect(accuracyScore(predictions)).toBe(0.5);
    expect(scoresByLabel(confusionMatrix(predictions.truth, predictions.predicted))).toEqual([
      { label: "a", precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
      { label: "b", precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
    ]);
    expect(precisionScore(predictions, "micro")).toBeCloseTo(2 / 3, 12);
    expect(recallScore(predictions, "micro")).toBe(0.5);
  });
});

test("unequal lengths and labels that are not counted are refused", () => {
  expect(() => confusionMatrix(["a"], [])).toThrow("1 true labels and 0 predicted");
  expect(() => confusionMatrix(["a"], ["b"], ["a"])).toThrow('"b" is not among');
});
