import fc from "fast-check";
import { expect, test } from "vitest";
import { accuracyScore, precisionScore, recallScore } from "../../../evidence/classification-scores.ts";
import { accuracyOf, batchedRecall, judgedClasses, meanOneVersusRest, meanOverClasses, ratioOf } from "./statistics.ts";

const classes = ["a", "b", "c", "d"];
const cases = fc.array(
  fc.record({ label: fc.constantFrom("a", "b", "c"), said: fc.constantFrom("a", "b", "c", "d", null) }),
  { minLength: 1, maxLength: 40 },
);

test("figures by position are those that are counted from labels, whichever cases are drawn", () => {
  fc.assert(
    fc.property(cases, fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 }), (all, picks) => {
      const positions = picks.map((pick) => pick % all.length);
      const drawn = positions.map((position) => all[position]!);
      const predictions = { truth: drawn.map(({ label }) => label), predicted: drawn.map(({ said }) => said) };
      const judged = judgedClasses(all, classes);
      expect(accuracyOf(judged)(positions)).toBeCloseTo(accuracyScore(predictions), 12);
      expect(meanOverClasses(judged, "precision")(positions)).toBeCloseTo(precisionScore(predictions, "macro"), 12);
      expect(meanOverClasses(judged, "recall")(positions)).toBeCloseTo(recallScore(predictions, "macro"), 12);
      const rest = classes.map(
        (name) => drawn.filter(({ label, said }) => (label === name) === (said === name)).length / drawn.length,
      );
      expect(meanOneVersusRest(judged)(positions)).toBeCloseTo(rest.reduce((sum, own) => sum + own, 0) / 4, 12);
      const present = new Set(drawn.map(({ label }) => label)).size;
      const batched = batchedRecall(judged, drawn.length)(positions);
      expect(batched).toBeLessThanOrEqual(present / classes.length + 1e-12);
    }),
  );
});

test("a ratio with nothing below its line is no number", () => {
  expect(ratioOf([1], [0])([])).toBeNaN();
  expect(ratioOf([1, 0, 1], [1, 1, 1])([0, 2, 2])).toBe(1);
});
