import fc from "fast-check";
import { expect, test } from "vitest";
import { imageId, patientId } from "../ids.ts";
import type { CaseRecord } from "../records.ts";
import { type AuditedImage, type AuditedSet, auditLeaks } from "./audit-leaks.ts";

const [ann, bob, eve] = ["ann", "bob", "eve"].map(patientId) as [never, never, never];

const picture = (
  name: string,
  patient: ReturnType<typeof patientId>,
  more: Partial<AuditedImage> = {},
): AuditedImage => ({
  image: imageId(name),
  patient,
  pixelHash: `pixels of ${name}`,
  ...more,
});

const tumour = (patient: ReturnType<typeof patientId>, side: "left" | "right"): CaseRecord => ({
  patient,
  case: `case of ${patient}`,
  final: { entity: "Enchondroma" },
  site: "femur",
  side,
  treatments: [],
  followUps: [],
});

const set = (images: readonly AuditedImage[], patients: AuditedSet["patients"] = []): AuditedSet => ({
  images,
  patients,
});

const kindsOf = (a: AuditedSet, b: AuditedSet, options = {}): string[] =>
  auditLeaks(a, b, options).map(({ kind }) => kind);

test("each kind of leak is told once, the strongest of a pair of pictures", () => {
  const left = set([picture("1", ann, { studyInstanceUid: "2.25.1", perceptualHash: "00000000ffffffff" })]);
  const check = (more: Partial<AuditedImage>, of = bob): string[] => kindsOf(left, set([picture("2", of, more)]));
  expect(check({})).toEqual([]);
  expect(check({}, ann)).toEqual(["same-patient"]);
  expect(check({ pixelHash: "pixels of 1", studyInstanceUid: "2.25.1" })).toEqual(["same-picture"]);
  expect(check({ studyInstanceUid: "2.25.1" })).toEqual(["same-study"]);
  expect(check({ nearDuplicateOf: imageId("1") })).toEqual(["near-duplicate"]);
  expect(check({ perceptualHash: "00000001fffffffe" })).toEqual(["near-duplicate"]);
  expect(check({ perceptualHash: "0000001ffffffffe" })).toEqual([]);
  expect(
    kindsOf(
      set([picture("1", ann, { nearDuplicateOf: imageId("0") })]),
      set([picture("2", bob, { nearDuplicateOf: imageId("0") })]),
    ),
  ).toEqual(["near-duplicate"]);
});

test("one person under two numbers is told from the tables and from what the persons share", () => {
  const person = { birthDate: "1990-05-12", sex: "female" as const };
  const a = set([], [{ patient: ann, ...person, cases: [tumour(ann, "left")] }]);
  const other = (more: object, side: "left" | "right" = "left"): AuditedSet =>
    set([], [{ patient: bob, ...person, ...more, cases: [tumour(bob, side)] }]);
  expect(kindsOf(a, other({}))).toEqual(["same-person"]);
  expect(kindsOf(a, other({ sex: "male" }))).toEqual([]);
  expect(kindsOf(a, other({ birthDate: "1990" }))).toEqual([]);
  expect(kindsOf(a, other({}, "right"))).toEqual([]);
  expect(kindsOf(a, other({ sex: "male" }), { samePerson: [[bob, ann]] })).toEqual(["same-person"]);
  expect(kindsOf(a, other({ sex: "male" }), { samePerson: [[bob, eve]] })).toEqual([]);
});

test("the audit is the same from both sides", () => {
  const images = fc.uniqueArray(
    fc.record({
      image: fc.nat(9).map((n) => imageId(`i${n}`)),
      patient: fc.constantFrom(ann, bob, eve),
      pixelHash: fc.constantFrom("a", "b", "c"),
      studyInstanceUid: fc.constantFrom("1", "2", "3"),
    }),
    { maxLength: 8, selector: ({ image }) => image },
  );
  const pairs = (a: AuditedSet, b: AuditedSet): string[] =>
    auditLeaks(a, b)
      .map(({ kind, patients }) => `${kind} ${[...patients].sort().join()}`)
      .sort();
  fc.assert(
    fc.property(images, images, (a, b) => {
      expect(pairs(set(a), set(b))).toEqual(pairs(set(b), set(a)));
    }),
  );
});
