import { describe, expect, test } from "vitest";
import { imageId, patientId } from "../../clinic/ids.ts";
import { scoresByLabel } from "../../evidence/classification-scores.ts";
import { hitRateAtK, precisionAtK } from "../../evidence/retrieval-scores.ts";
import type { Neighbour } from "../../retrieval/neighbours.ts";
import { compareEvaluations } from "./compare-evaluations.ts";
import { confusionOf, type EvaluatedQuery, figuresOf, labelsOf, mainFigure, votedLabel } from "./evaluation-scores.ts";

const neighboursOf = (labels: readonly string[]): Neighbour[] =>
  labels.map((label, i) => ({
    rank: i + 1,
    patient: patientId(`N${i}`),
    image: imageId(`n${i}`),
    distance: (i + 1) / 100,
    cosineDistance: (i + 1) / 100,
    label,
  }));

/** A query of a patient with a label, whose seven neighbours are as told. */
const query = (patient: number, label: string, neighbours: string): EvaluatedQuery => ({
  image: imageId(`image-${patient}`),
  patient: patientId(`P${patient}`),
  label,
  hashed: neighboursOf([...neighbours]),
  exact: neighboursOf([...neighbours]),
});

const right = (patient: number, label: string): EvaluatedQuery => query(patient, label, label.repeat(7));
const patients = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, i) => from + i);

describe("figures and labels of an evaluation", () => {
  const queries = [
    ...patients(8).map((i) => right(i, "a")),
    ...patients(4, 8).map((i) => query(i, "a", "bbbbbaa")),
    ...patients(6, 12).map((i) => right(i, "b")),
    query(18, "c", "aaabbbb"),
  ];

  test("are those of the confusion matrix of the plurality vote of five", () => {
    expect(queries.map(votedLabel).filter((label) => label === "b")).toHaveLength(10);
    expect(confusionOf(queries)).toEqual({
      labels: ["a", "b", "c"],
      counts: [
        [8, 4, 0],
        [0, 6, 0],
        [1, 0, 0],
      ],
      undecided: [0, 0, 0],
    });
    const labels = labelsOf(queries, 1);
    expect(labels.map(({ intervals: _, ...scores }) => scores)).toEqual(scoresByLabel(confusionOf(queries)));
    const figureOf = (wanted: string): number => figuresOf(queries, 1).find(({ name }) => name === wanted)!.value;
    expect(figureOf(mainFigure)).toBeCloseTo(14 / 19, 12);
    const retrieved = queries.map(({ label, hashed }) => ({ label, neighbours: hashed.map((each) => each.label) }));
    for (const k of [1, 3, 5, 7]) {
      expect(figureOf(`precision@${k}`)).toBeCloseTo(precisionAtK(retrieved, k), 12);
      expect(figureOf(`hit rate@${k}`)).toBeCloseTo(hitRateAtK(retrieved, k), 12);
    }
  });

  test("an interval holds its figure, and is the same for the same seed", () => {
    const [a] = labelsOf(queries, 1);
    for (const score of ["precision", "recall", "f1"] as const) {
      const [low, high] = a!.intervals[score]!;
      expect(low).toBeLessThanOrEqual(a![score]);
      expect(high).toBeGreaterThanOrEqual(a![score]);
      expect(high - low).toBeGreaterThan(0);
    }
    expect(labelsOf(queries, 1)).toEqual(labelsOf(queries, 1));
  });

  test("where every patient is right, no figure is certain", () => {
    for (const { name, value, interval } of figuresOf(
      patients(6).map((i) => right(i, "a")),
      1,
    )) {
      expect([name, value]).toEqual([name, 1]);
      expect(interval[0]).toBeCloseTo(0.6097, 3); // Wilson's of 6 of 6
      expect(interval[1]).toBeCloseTo(1, 12);
    }
  });

  test("six patients of six right do not make certainty, and one patient makes no interval", () => {
    const [, b, c] = labelsOf(queries, 1);
    expect(b!.recall).toBe(1);
    const [low, high] = b!.intervals.recall!;
    expect(low).toBeCloseTo(0.6097, 3); // Wilson's of 6 of 6
    expect(high).toBeCloseTo(1, 12);
    expect(c!.intervals).toEqual({ precision: null, recall: null, f1: null });
  });

  test("images of one patient are no patients: many of them make no interval either", () => {
    const one = patients(10).map((i) => ({ ...right(i, "a"), patient: patientId("P") }));
    expect(labelsOf([...one, ...patients(6, 20).map((i) => right(i, "b"))], 1)[0]!.intervals.recall).toBeNull();
  });
});

describe("two evaluations", () => {
  const first = [...patients(15).map((i) => right(i, "a")), ...patients(15, 15).map((i) => query(i, "b", "aaaaaab"))];
  const better = [...patients(30).map((i) => right(i, i < 15 ? "a" : "b"))];
  const main = (a: readonly EvaluatedQuery[], b: readonly EvaluatedQuery[]) =>
    compareEvaluations(a, b)!.find(({ name }) => name === mainFigure)!;

  test("that are the same do not differ at all", () => {
    for (const { difference, interval, differs } of compareEvaluations(first, first)!) {
      expect([difference, ...interval, differs]).toEqual([0, 0, 0, false]);
    }
  });

  test("differ where one is right on half of the patients more, whichever comes first", () => {
    expect(main(first, better)).toMatchObject({ difference: 0.5, differs: true });
    expect(main(better, first)).toMatchObject({ difference: -0.5, differs: true });
    expect(main(first, better).interval[0]).toBeGreaterThan(0);
    expect(main(first, better).interval).toEqual(
      main(better, first)
        .interval.map((end) => -end)
        .reverse(),
    );
  });

  test("do not differ by one patient of thirty", () => {
    const almost = better.map((one, i) => (i === 20 ? first[20]! : one));
    expect(main(almost, better)).toMatchObject({ difference: expect.closeTo(1 / 30, 12), differs: false });
  });

  test("do not differ by four patients of thirty, though no draw of patients is likely to miss all four", () => {
    const almost = better.map((one, i) => (i >= 20 && i < 24 ? first[i]! : one));
    const { interval, differs } = main(almost, better);
    expect(interval[0]).toBeGreaterThan(0);
    expect(differs).toBe(false); // the exact McNemar test: p = 0.125
    const six = better.map((one, i) => (i >= 20 && i < 26 ? first[i]! : one));
    expect(main(six, better).differs).toBe(true); // p = 0.03125
  });

  test("do not care in which order they linked", () => {
    expect(compareEvaluations(first, better.toReversed())).toEqual(compareEvaluations(first, better));
  });

  test("of other radiographs, or with other labels, are not compared", () => {
    expect(compareEvaluations(first, better.slice(1))).toBeNull();
    expect(compareEvaluations(first.slice(1), better)).toBeNull();
    expect(compareEvaluations(first, [...better.slice(1), right(99, "a")])).toBeNull();
    expect(compareEvaluations(first, [query(0, "c", "aaaaaaa"), ...better.slice(1)])).toBeNull();
    expect(compareEvaluations([], [])).toBeNull();
  });
});
