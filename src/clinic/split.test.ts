import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { patientId } from "./ids.ts";
import { type SplitItem, stratifiedTestPatients } from "./split.ts";

const items = fc.array(
  fc.record({ patient: fc.nat(40).map((n) => patientId(`P${n}`)), label: fc.constantFrom("a", "b", "c") }),
  { minLength: 1, maxLength: 120 },
);
const split = (of: readonly SplitItem[], seed: number) =>
  stratifiedTestPatients(of, { share: 0.2, random: new Random(seed) });

test("both sides keep at least one patient of every label that has two, and the split follows from the seed", () => {
  fc.assert(
    fc.property(items, fc.integer(), (of, seed) => {
      const test = split(of, seed);
      expect(split(of, seed)).toEqual(test);
      const firstLabel = new Map(of.toReversed().map(({ patient, label }) => [patient, label]));
      for (const label of ["a", "b", "c"]) {
        const patients = [...firstLabel].filter(([, own]) => own === label).map(([patient]) => patient);
        const chosen = patients.filter((patient) => test.has(patient)).length;
        if (patients.length >= 2) {
          expect(chosen).toBeGreaterThanOrEqual(1);
          expect(chosen).toBeLessThan(patients.length);
        } else expect(chosen).toBe(0);
      }
    }),
  );
});

test("the share is kept by label", () => {
  const of = Array.from({ length: 150 }, (_, i) => ({
    patient: patientId(`P${i}`),
    label: i < 100 ? "common" : "rare",
  }));
  const test = split(of, 1);
  expect(of.filter(({ patient, label }) => label === "common" && test.has(patient)).length).toBe(20);
  expect(of.filter(({ patient, label }) => label === "rare" && test.has(patient)).length).toBe(10);
});
