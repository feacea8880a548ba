import { expect, test } from "vitest";
import { patientId } from "../../../clinic/ids.ts";
import { type Search, searches } from "./link-rows.ts";
import { readingsOf } from "./readings.ts";
import { significanceOf } from "./significance.ts";
import type { LabelledNeighbour, TestedQuery } from "./study-items.ts";

/** A query whose neighbours have these labels by every search. */
const query = (patient: number, label: string, labels: string, shuffle = 0): TestedQuery => {
  const list: LabelledNeighbour[] = [...labels].map((own, i) => ({
    rank: i + 1,
    position: 100 + i,
    distance: (i + 1) / 10,
    label: own,
  }));
  const neighbours = Object.fromEntries(searches.map((search) => [search, list])) as Record<
    Search,
    LabelledNeighbour[]
  >;
  return {
    shuffle,
    position: patient,
    image: `i${patient}`,
    patient: patientId(`P${patient}`),
    label,
    neighbours,
    relevant: 6,
  };
};

const classes = ["a", "b", "c"];
const prevalence = new Map([
  ["a", 10],
  ["b", 5],
  ["c", 1],
]);
const valuesOf = (queries: readonly TestedQuery[]): Map<string, number> =>
  new Map(
    readingsOf(queries, { prevalence, classes, seed: 1 })
      .filter(({ k }) => k === 3)
      .map(({ name, figure }) => [name, figure.value]),
  );

test("one set of neighbours gives each reading its own figure", () => {
  const values = valuesOf([
    query(0, "a", "aab"), // two of three
    query(1, "a", "abc"), // one, the nearest: plurality wins by the tie, a strict majority does not
    query(2, "b", "bbb"),
    query(3, "c", "abc"), // one, the farthest
  ]);
  expect(Object.fromEntries(values)).toMatchObject({
    "precision@k, images": (2 / 3 + 1 / 3 + 1 + 1 / 3) / 4,
    "plurality, ties to the nearest": 3 / 4,
    "strict majority, undecided is wrong": 2 / 4,
    "majority or none, of those decided": 1,
    "share that a majority decides": 2 / 4,
    "unanimous or none, of those decided": 1,
    "share that is unanimous": 1 / 4,
    "at least one of k is right": 1,
    "mean over the classes of one against the rest": (3 / 4 + 1 + 3 / 4) / 3,
    "votes weighed by 1 / prevalence": 3 / 4, // of two ties the rare c wins, once rightly
    "precision, mean over the classes": (2 / 3 + 1 + 0) / 3,
    "precision over all cases": 3 / 4,
    "recall, mean over the classes": (1 + 1 + 0) / 3,
    "found of all that are relevant": (2 + 1 + 3 + 1) / 4 / 6,
    "most that can be found of all that are relevant": 1 / 2,
  });
  expect(values.get("recall by class within batches of 4, absent classes 0")).toBeCloseTo((1 + 1 + 0) / 3, 12);
});

test("a patient's images vote together where they are pooled", () => {
  const one = { ...query(0, "a", "abb") };
  const other = { ...query(1, "a", "aab"), patient: one.patient };
  const values = valuesOf([one, other, query(2, "b", "bbb")]);
  expect(values.get("plurality, ties to the nearest")).toBeCloseTo(2 / 3, 12);
  expect(values.get("one vote of all images of a patient")).toBe(1); // three for each, the nearest an a
});

test("a figure is the mean over the shuffles, with their deviation", () => {
  const readings = readingsOf(
    [query(0, "a", "aaa"), query(1, "a", "bbb"), query(2, "a", "aaa", 1), query(3, "b", "bbb", 1)],
    { prevalence, classes, seed: 1 },
  );
  const { figure } = readings.find(({ name, k }) => name === "plurality, ties to the nearest" && k === 3)!;
  expect(figure.byShuffle).toEqual([0.5, 1]);
  expect(figure.value).toBe(0.75);
  expect(figure.deviation).toBeCloseTo(Math.SQRT1_2 / 2, 12);
  expect(figure.interval![0]).toBeLessThan(0.75);
});

test("the tests of table 3 by the numbers of the paper: no pair of models is alike", () => {
  const { anova, pairs, normality } = significanceOf("accuracy", [
    { model: "resnet", byShuffle: [0.5119, 0.541, 0.5701] },
    { model: "transformer", byShuffle: [0.609, 0.628, 0.647] },
    { model: "recommender", byShuffle: [0.9227, 0.9286, 0.9345] },
  ]);
  expect(anova!.pValue).toBeLessThan(0.0001);
  expect(pairs.map(({ pValue }) => pValue < 0.01)).toEqual([true, true, true]);
  expect(pairs[0]!.pValue).toBeCloseTo(0.0047, 4); // the paper prints 0.0035
  expect(normality.every(({ w }) => w !== null && w > 0.99)).toBe(true);
});
