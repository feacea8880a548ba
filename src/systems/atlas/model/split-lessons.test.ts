import { describe, expect, test } from "vitest";
import { storedImage } from "../../../../test/support/stored-image.ts";
import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { imageId, patientId } from "../../../clinic/ids.ts";
import type { StoredImage } from "../../../store/index.ts";
import { foldsOf, hiddenClustersOf } from "./fit-folds.ts";
import { type Lesson, problemOfLessons, regionsOf } from "./lessons.ts";
import { splitLessons } from "./split-lessons.ts";

const lesson = (
  name: string,
  { label, cluster, ...more }: { readonly label: string; readonly cluster: number } & Partial<StoredImage>,
): Lesson => ({ label, cluster, image: storedImage(name, { patient: patientId(`P ${name}`), ...more }) });

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const lessons = [
  ...numbers(40).map((i) =>
    lesson(`hand ${i}`, { label: "Hand", cluster: 1 + (i % 4), origin: i % 3 === 0 ? "external" : "internal" }),
  ),
  ...numbers(40).map((i) => lesson(`knee ${i}`, { label: "Knee", cluster: 5 + (i % 4) })),
  ...numbers(50).map((i) => lesson(`page ${i}`, { label: discard, cluster: 9 + (i % 10) })),
  lesson("hand 0 again", {
    label: "Hand",
    cluster: 1,
    patient: patientId("P twin"),
    nearDuplicateOf: imageId("hand 0"),
  }),
];
const split = splitLessons(lessons, 7);
const folds = foldsOf(lessons, split);

describe("a split of lessons", () => {
  test("holds a fifth of each region's patients out, half of them external as far as there are any", () => {
    const held = (label: string) =>
      lessons.filter((one) => one.label === label && split.holdOut.has(one.image.patient));
    expect(held("Knee")).toHaveLength(8);
    expect(held(discard)).toHaveLength(10);
    expect(held("Hand").filter(({ image }) => image.origin === "external")).toHaveLength(4);
  });

  test("has everybody else in one validation set", () => {
    expect(split.folds).toHaveLength(5);
    const everybody = split.folds.flatMap((patients) => [...patients]);
    expect(new Set(everybody).size).toBe(everybody.length);
    expect(everybody.length + split.holdOut.size).toBe(new Set(lessons.map(({ image }) => image.patient)).size);
  });

  test("keeps patients together whose radiographs show the same", () => {
    const sideOf = (patient: string) =>
      [split.holdOut, ...split.folds].findIndex((side) => side.has(patientId(patient)));
    expect(sideOf("P twin")).toBe(sideOf("P hand 0"));
  });
});

describe("a fold", () => {
  test("validates on nobody whom it learns from, and neither on who is held out", () => {
    for (const { learn, validation } of folds) {
      const patients = new Set(learn.map(({ image }) => image.patient));
      for (const { image } of validation) expect(patients.has(image.patient)).toBe(false);
      for (const { image } of [...learn, ...validation]) expect(split.holdOut.has(image.patient)).toBe(false);
    }
  });

  test("does not see a fifth of the discarded clusters, which follow each other; of all others it does", () => {
    const clustersOf = (some: readonly Lesson[]) => new Set(some.map(({ cluster }) => cluster));
    for (const [fold, { learn, validation }] of folds.entries()) {
      const seen = clustersOf([...learn, ...validation]);
      expect([...numbers(18).map((i) => i + 1)].filter((cluster) => !seen.has(cluster))).toEqual([
        9 + 2 * fold,
        10 + 2 * fold,
      ]);
    }
  });

  test("of the networks that sort learns from who was held out too, and from nobody whom it validates on", () => {
    for (const [fold, { learn, validation }] of foldsOf(lessons, split, { learnsHoldOut: true }).entries()) {
      expect(validation).toEqual(folds[fold]!.validation);
      const added = learn.filter(({ image }) => split.holdOut.has(image.patient));
      expect(learn).toHaveLength(folds[fold]!.learn.length + added.length);
      expect(new Set(added.map(({ label }) => label))).toEqual(new Set(["Hand", "Knee", discard]));
      const hidden = [9 + 2 * fold, 10 + 2 * fold];
      expect(added.filter(({ cluster }) => hidden.includes(cluster))).toEqual([]);
      const held = lessons.filter(
        ({ image, cluster }) => split.holdOut.has(image.patient) && !hidden.includes(cluster),
      );
      expect(added).toEqual(held);
    }
  });

  test("sees a discarded cluster that is the only one", () => {
    expect(hiddenClustersOf([lesson("page", { label: discard, cluster: 3 })], 5).size).toBe(0);
  });
});

test("lessons of two regions and ten patients are enough, of fewer they are not", () => {
  expect(regionsOf(lessons)).toEqual(["Hand", "Knee"]);
  expect(problemOfLessons(lessons)).toBeNull();
  expect(problemOfLessons([])?.message).toContain("there is none");
  expect(problemOfLessons(lessons.filter(({ label }) => label !== "Knee"))?.message).toContain('only "Hand"');
  expect(problemOfLessons([...lessons.slice(0, 4), ...lessons.slice(40, 44)])?.message).toContain("have 8");
});
