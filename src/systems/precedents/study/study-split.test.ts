import fc from "fast-check";
import { expect, test } from "vitest";
import { imageId, patientId } from "../../../clinic/ids.ts";
import { Random } from "../../../numeric/random.ts";
import type { StoredImage } from "../../../store/index.ts";
import { drawShuffles, neverTested, type StudyItem, validationFolds } from "./study-split.ts";

/** Radiographs of patients, as many of each as told. */
const itemsOf = (counts: readonly number[], duplicates: readonly (readonly [number, number])[] = []): StudyItem[] =>
  counts.flatMap((count, patient) =>
    Array.from({ length: count }, (_, i): StudyItem => {
      const other = duplicates.find(([own]) => own === patient && i === 0)?.[1];
      const image = {
        id: imageId(`P${patient}-${i}`),
        patient: patientId(`P${patient}`),
        nearDuplicateOf: other === undefined ? null : imageId(`P${other}-0`),
      } as StoredImage;
      return { image, patient: image.patient, label: "abc"[patient % 3]! };
    }),
  );

const options = { shuffles: 3, testShare: 0.2, rule: "single-radiograph", folds: 5, seed: 1 } as const;

test("nobody is learned from and tested, whoever is tested has one radiograph, and folds part the patients who are not", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 60 }),
      fc.nat(),
      (counts, seed) => {
        const items = itemsOf(counts);
        const shuffles = drawShuffles(items, { ...options, seed });
        expect(drawShuffles(items, { ...options, seed })).toEqual(shuffles);
        for (const { train, test: tested, folds } of shuffles) {
          expect([...train, ...tested].sort((a, b) => a - b)).toEqual([...items.keys()]);
          for (const position of tested)
            expect(items.filter(({ patient }) => patient === items[position]!.patient)).toHaveLength(1);
          expect(folds.flat().sort((a, b) => a - b)).toEqual(train);
          const sides = folds.map((fold) => new Set(fold.map((position) => items[position]!.patient)));
          expect(sides.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(sides.flatMap((side) => [...side])).size);
        }
        const chosenOn = new Set(neverTested(items, shuffles));
        expect(shuffles.every(({ test: tested }) => tested.every((position) => !chosenOn.has(position)))).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});

test("of each label a fifth of all its patients is tested, as far as there are some with one radiograph", () => {
  const items = itemsOf(Array.from({ length: 90 }, (_, i) => (i < 30 ? 1 : 2))); // 30 of a label, 10 of them with one
  for (const { test: tested } of drawShuffles(items, options)) expect(tested).toHaveLength(18);
  const scarce = itemsOf(Array.from({ length: 90 }, (_, i) => (i < 9 ? 1 : 2)));
  for (const { test: tested } of drawShuffles(scarce, options)) expect(tested).toHaveLength(9);
  for (const { test: tested } of drawShuffles(scarce, { ...options, rule: "any" }))
    expect(new Set(tested.map((position) => scarce[position]!.patient)).size).toBe(18);
});

test("shuffles differ, and patients whose radiographs may show one person are not tested", () => {
  const items = itemsOf(new Array<number>(90).fill(1), [[4, 7]]);
  const shuffles = drawShuffles(items, { ...options, shuffles: 20 });
  expect(new Set(shuffles.map(({ test: tested }) => tested.join())).size).toBe(20);
  expect(shuffles.flatMap(({ test: tested }) => tested)).not.toContain(4);
  expect(shuffles.flatMap(({ test: tested }) => tested)).not.toContain(7);
});

test("no folds are none", () => {
  expect(validationFolds(itemsOf([1, 1]), [0, 1], { folds: 0, random: new Random(1) })).toEqual([]);
});
