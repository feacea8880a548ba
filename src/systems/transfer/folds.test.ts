import { expect, test } from "vitest";
import { patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import { patientFolds } from "./folds.ts";

/** 41 patients of one class and 22 of the other; every third has two radiographs. */
const items = Array.from({ length: 63 }, (_, i) => ({
  patient: patientId(`P${i}`),
  label: i < 41 ? "Ewing" : "other",
})).flatMap((item, i) => (i % 3 === 0 ? [item, item] : [item]));
const folds = patientFolds(items, { folds: 10, hasValidation: true, random: new Random(1) });

test("everybody is tested once, on a side that shares no patient with the others", () => {
  expect(folds.flatMap(({ test: tested }) => tested).sort((a, b) => a - b)).toEqual([...items.keys()]);
  for (const { train, validation, test: tested } of folds) {
    expect(train.length + validation.length + tested.length).toBe(items.length);
    const [learned, kept, held] = [train, validation, tested].map(
      (positions) => new Set(positions.map((at) => items[at]!.patient)),
    );
    expect(kept!.isDisjointFrom(learned!) && held!.isDisjointFrom(learned!) && held!.isDisjointFrom(kept!)).toBe(true);
    expect(held!.size).toBeGreaterThanOrEqual(6);
    expect(held!.size).toBeLessThanOrEqual(7);
  }
});

test("each fold keeps the classes' shares, and what is kept apart by one is tested by the next", () => {
  for (const [fold, { validation, test: tested }] of folds.entries()) {
    const patients = new Set(tested.filter((at) => items[at]!.label === "Ewing").map((at) => items[at]!.patient));
    expect([4, 5]).toContain(patients.size);
    expect(validation).toEqual(folds[(fold + 1) % 10]!.test);
  }
});

test("the seed decides who is where, and the order of the items does not", () => {
  const again = patientFolds(items, { folds: 10, hasValidation: true, random: new Random(1) });
  expect(again).toEqual(folds);
  expect(patientFolds(items, { folds: 10, hasValidation: true, random: new Random(2) })).not.toEqual(folds);
  const turned = patientFolds(items.toReversed(), { folds: 10, hasValidation: true, random: new Random(1) });
  const patientsOf = (positions: readonly number[], from: typeof items) =>
    new Set(positions.map((at) => from[at]!.patient));
  expect(patientsOf(turned[0]!.test, items.toReversed())).toEqual(patientsOf(folds[0]!.test, items));
});

test("more folds than patients of a class are refused", () => {
  expect(() => patientFolds(items, { folds: 23, hasValidation: false, random: new Random(1) })).toThrow("22 patients");
});
