import fc from "fast-check";
import { expect, test } from "vitest";
import { patientId } from "../ids.ts";
import { makeSplit, type SplitPlan, type SplitSubject } from "./make-split.ts";

const subjects = fc
  .uniqueArray(
    fc.record({
      patient: fc.nat(300).map((n) => patientId(`P${n}`)),
      stratum: fc.constantFrom("Enchondroma", "Osteosarcoma", "Ewing sarcoma"),
      origin: fc.constantFrom("internal" as const, "external" as const),
    }),
    { selector: ({ patient }) => patient, minLength: 1, maxLength: 150 },
  )
  .chain((of) =>
    fc.record({
      of: fc.constant(of),
      links: fc.array(fc.tuple(fc.nat(of.length - 1), fc.nat(of.length - 1)), { maxLength: 10 }),
    }),
  );

const plan: SplitPlan = { parts: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 7, folds: 5 };

test("every patient is on one side, linked ones on the same, in any order of the subjects", () => {
  fc.assert(
    fc.property(subjects, fc.nat(), ({ of, links: pairs }, seed) => {
      const links = pairs.map(([a, b]) => [of[a]!.patient, of[b]!.patient] as const);
      const { folds, ...unfolded } = plan;
      const some: SplitPlan = { ...unfolded, ...(of.length > 40 && { folds: folds! }), seed, links };
      const split = makeSplit(of, some);
      expect(Object.values(split.parts).flat().sort()).toEqual(of.map(({ patient }) => patient).sort());
      if (some.folds) expect(split.folds.flat().sort()).toEqual([...split.parts.train!].sort());
      const sideOf = new Map(Object.entries(split.parts).flatMap(([part, all]) => all.map((one) => [one, part])));
      for (const [a, b] of links) expect(sideOf.get(a)).toBe(sideOf.get(b));
      expect(makeSplit(of.toReversed(), some)).toEqual(split);
    }),
  );
});

const cohort = (external: number): SplitSubject[] =>
  Array.from({ length: 400 }, (_, i) => ({
    patient: patientId(`P${i}`),
    stratum: i % 4 === 0 ? "Osteosarcoma" : "Osteochondroma",
    origin: Math.floor(i / 4) % 10 < external ? "external" : "internal",
  }));

test("strata keep their shares, and folds have nearly the same size", () => {
  const of = cohort(1);
  const { parts, folds } = makeSplit(of, plan);
  const rare = new Set(of.filter(({ stratum }) => stratum === "Osteosarcoma").map(({ patient }) => patient));
  expect(parts.test!.filter((patient) => rare.has(patient))).toHaveLength(20);
  expect([parts.train!.length, parts.validation!.length, parts.test!.length]).toEqual([240, 80, 80]);
  expect(folds.map((fold) => fold.length)).toEqual([48, 48, 48, 48, 48]);
});

test("many small strata do not add their rounding up to other shares than were asked for", () => {
  const of = Array.from(
    { length: 100 },
    (_, i): SplitSubject => ({
      patient: patientId(`P${i}`),
      stratum: `entity ${i < 60 ? Math.floor(i / 2) : Math.floor(i / 4)}`, // thirty of two patients, ten of four
    }),
  );
  const { parts } = makeSplit(of, plan);
  expect([parts.train!.length, parts.validation!.length, parts.test!.length]).toEqual([60, 20, 20]);
  const trained = new Set(parts.train);
  const isTrained = (stratum: string) => of.some((one) => one.stratum === stratum && trained.has(one.patient));
  expect(of.filter(({ stratum }) => !isTrained(stratum))).toEqual([]);
});

test("a part has the external share that was asked for, as far as there are external patients", () => {
  const share = (external: number): number => {
    const of = cohort(external);
    const isExternal = new Map(of.map(({ patient, origin }) => [patient, origin === "external"]));
    const { test: part } = makeSplit(of, { ...plan, external: { part: "test", share: 0.5 } }).parts;
    return part!.filter((patient) => isExternal.get(patient)).length / part!.length;
  };
  expect(share(2)).toBe(0.5);
  expect(share(1)).toBe(0.5); // all forty of them
  expect(share(0)).toBe(0);
});

test("plans that cannot be are refused", () => {
  expect(() => makeSplit([], { parts: { train: 0.8, test: 0.3 }, seed: 1 })).toThrow("sum to 1, not to 1.1");
  expect(() => makeSplit([], { ...plan, folds: 1 })).toThrow("at least 2");
  expect(() => makeSplit(cohort(1).slice(0, 4), plan)).toThrow("5 folds need");
  expect(() => makeSplit([], { ...plan, external: { part: "exam", share: 0.5 } })).toThrow("one of the split's parts");
});
