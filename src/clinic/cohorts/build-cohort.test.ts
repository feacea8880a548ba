import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { imageId, patientId } from "../ids.ts";
import type { CaseRecord, FollowUpRecord } from "../records.ts";
import { buildCohort, type Counts } from "./build-cohort.ts";
import { type CohortDefinition, parseCohortDefinition } from "./definition.ts";
import { flowBoxes } from "./flow-steps.ts";
import { gatherSubjects, lastFollowUp, type Subject } from "./subject.ts";
import { unknownNames } from "./unknown-names.ts";

const define = (criteria: readonly unknown[]): CohortDefinition =>
  parseCohortDefinition(
    JSON.stringify({ format: "osteon-cohort", version: 1, name: "test", title: "Test", start: "All", criteria }),
  );

const one = (patient: string, more: Partial<CaseRecord> = {}): CaseRecord => ({
  patient: patientId(patient),
  case: `case of ${patient}`,
  treatments: [],
  followUps: [],
  ...more,
});

const of = (cases: readonly CaseRecord[], images: readonly [patient: string, date: string][] = []): Subject[] =>
  gatherSubjects(
    { patients: [], cases },
    images.map(([patient, date], i) => ({
      patient: patientId(patient),
      image: imageId(`${patient} ${i}`),
      date,
      origin: "internal" as const,
    })),
  );

const staying = (subjects: readonly Subject[], condition: unknown): string[] =>
  buildCohort(define([{ include: condition, reason: "no" }]), subjects).members.map(({ patient }) => patient);

test("what is unknown meets no condition, and not turns it around", () => {
  const subjects = of([one("a", { ageYears: 12 }), one("b", { ageYears: 40 }), one("c")]);
  expect(staying(subjects, { ageYears: { to: 18 } })).toEqual(["a"]);
  expect(staying(subjects, { not: { ageYears: { to: 18 } } })).toEqual(["b", "c"]);
  expect(staying(subjects, { known: ["ageYears"] })).toEqual(["a", "b"]);
  expect(staying(subjects, { any: [{ ageYears: { from: 40 } }, { ageYears: { to: 12 } }] })).toEqual(["a", "b"]);
});

test("a date known by its year alone is inside a span only with all of its days", () => {
  const dated = (patient: string, date: string): CaseRecord => one(patient, { final: { entity: "Enchondroma", date } });
  const subjects = of([dated("a", "1999"), dated("b", "2000"), dated("c", "2021-12"), dated("d", "2000-06-01")]);
  expect(staying(subjects, { diagnosisDate: { from: "2000", to: "2021-12-31" } })).toEqual(["b", "c", "d"]);
  expect(staying(subjects, { diagnosisDate: { from: "2000-02-01" } })).toEqual(["c", "d"]);
});

test("the final diagnosis counts before the preliminary one", () => {
  const subjects = of([
    one("a", { preliminary: { entity: "Osteosarcoma" } }),
    one("b", { preliminary: { entity: "Osteosarcoma" }, final: { entity: "Enchondroma" } }),
  ]);
  expect(staying(subjects, { entity: ["Osteosarcoma"] })).toEqual(["a"]);
  expect(staying(subjects, { tissue: ["bone"] })).toEqual(["a", "b"]);
});

test("radiographs are narrowed to those before the therapy", () => {
  const surgery = [{ kind: "surgery" as const, startDate: "2010-05-12" }];
  const subjects = of(
    [one("a", { treatments: surgery }), one("b", { treatments: surgery }), one("c")],
    [
      ["a", "2010-05-01"],
      ["a", "2010-06-01"],
      ["b", "2011-01-01"],
      ["c", "2012-01-01"],
    ],
  );
  const { members, flow } = buildCohort(
    define([{ include: { images: { stage: ["pre-therapy"] } }, reason: "No radiograph before therapy" }]),
    subjects,
  );
  expect(members.map(({ patient, images }) => [patient, images])).toEqual([
    ["a", ["a 0"]],
    ["c", ["c 3"]],
  ]);
  expect(flow[0]!.excluded).toEqual({ patients: 1, cases: 1, images: 2 });
});

test("a radiograph has to meet all that criteria ask of radiographs, one after another or together", () => {
  const surgery = [{ kind: "surgery" as const, startDate: "2010-05-12" }];
  const [subject] = of([one("a", { treatments: surgery })]);
  const image = (id: string, date: string, region: string) =>
    ({ image: imageId(id), date, region, origin: "internal" }) as const;
  const before = { images: { stage: ["pre-therapy"] } };
  const knee = { images: { region: ["Knee"] } };
  const membersOf = (criteria: readonly unknown[], ...images: Subject["images"]) =>
    buildCohort(define(criteria.map((include) => ({ include, reason: "no" }))), [{ ...subject!, images }]).members;
  const apart = [image("hip before", "2010-05-01", "Hip"), image("knee after", "2011-01-01", "Knee")];
  expect(membersOf([before, knee], ...apart)).toEqual([]);
  expect(membersOf([{ all: [before, knee] }], ...apart)).toEqual([]);
  const both = image("knee before", "2010-05-02", "Knee");
  expect(membersOf([before, knee], ...apart, both)).toMatchObject([{ images: ["knee before"] }]);
});

test("a member has the radiographs of its own case, not those from before the therapy of a later one", () => {
  const treated = (number: string, year: string): CaseRecord =>
    one("a", {
      case: number,
      final: { entity: "Enchondroma", date: year },
      treatments: [{ kind: "surgery", startDate: `${year}-06-01` }],
    });
  const subjects = of(
    [treated("1", "2005"), treated("2", "2012")],
    [
      ["a", "2005-01-01"],
      ["a", "2012-01-01"],
    ],
  );
  const { members } = buildCohort(
    define([{ include: { images: { stage: ["pre-therapy"] } }, reason: "no" }]),
    subjects,
  );
  expect(members).toMatchObject([{ case: { case: "1" }, images: ["a 0"] }]);
});

test("patients of whom nothing was heard are lost, whoever says so", () => {
  const seen = (...statuses: FollowUpRecord["status"][]): FollowUpRecord[] =>
    statuses.map((status, i) => ({ status, months: 6 * i + 3 }));
  const subjects = of([
    one("a"),
    one("b", { followUps: seen("no evidence of disease", "lost to follow-up") }),
    one("c", { followUps: seen("lost to follow-up", "stable disease") }),
  ]);
  expect(staying(subjects, { followUp: { lost: true } })).toEqual(["a", "b"]);
  expect(staying(subjects, { followUp: { lost: false, monthsAtLeast: 9 } })).toEqual(["c"]);
});

test("the last follow-up is found among dates, months and what has neither", () => {
  const final = { entity: "Enchondroma", date: "2010-03-01" };
  const last = (...followUps: FollowUpRecord[]) => lastFollowUp(one("a", { final, followUps }))?.status;
  const seen: FollowUpRecord = { date: "2011-03-01", status: "stable disease" };
  expect(last(seen, { months: 24, status: "metastasis" })).toBe("metastasis"); // its date was not to be read
  expect(last({ months: 24, status: "metastasis" }, seen)).toBe("metastasis");
  expect(last({ status: "lost to follow-up" }, seen)).toBe("lost to follow-up");
  expect(last({ status: "no evidence of disease" }, seen)).toBe("stable disease");
  expect(last({ ...seen, status: "metastasis" }, { ...seen, status: "died of disease" })).toBe("died of disease");
  expect(last()).toBeUndefined();
});

test("the earliest case that meets every criterion is the patient's", () => {
  const dated = (number: string, entity: string, date?: string): CaseRecord =>
    one("a", { case: number, final: { entity, ...(date ? { date } : {}) } });
  const subjects = of([dated("1", "Lipoma", "2001"), dated("2", "Enchondroma"), dated("3", "Enchondroma", "2012-02")]);
  const { members } = buildCohort(define([{ include: { entity: ["Enchondroma"] }, reason: "no" }]), subjects);
  expect(members.map((member) => member.case.case)).toEqual(["3"]);
});

const records = fc.array(
  fc.record({
    patient: fc.nat(30).map((n) => `P${n}`),
    ageYears: fc.integer({ min: 0, max: 90 }),
    entity: fc.constantFrom("Enchondroma", "Osteosarcoma", "Lipoma"),
  }),
  { maxLength: 60 },
);
const conditions = fc.oneof(
  fc.integer({ min: 0, max: 90 }).map((to) => ({ ageYears: { to } })),
  fc.constantFrom("Enchondroma", "Osteosarcoma", "Lipoma").map((entity) => ({ entity: [entity] })),
);
const criteria = fc.array(
  fc.tuple(conditions, fc.boolean()).map(([condition, include]) => ({
    ...(include ? { include: condition } : { exclude: condition }),
    reason: "because",
  })),
  { minLength: 1, maxLength: 5 },
);

test("every step adds up, and everybody is either a member or excluded once", () => {
  fc.assert(
    fc.property(records, criteria, (rows, steps) => {
      const subjects = of(
        rows.map(({ patient, ageYears, entity }, i) => one(patient, { case: String(i), ageYears, final: { entity } })),
      );
      const { start, flow, members, excluded } = buildCohort(define(steps), subjects);
      let before: Counts = start;
      for (const { excluded: gone, remaining } of flow) {
        for (const key of ["patients", "cases", "images"] as const)
          expect(gone[key] + remaining[key]).toBe(before[key]);
        before = remaining;
      }
      expect(before.patients).toBe(members.length);
      const all = [...members, ...excluded].map(({ patient }) => patient).sort();
      expect(all).toEqual(subjects.map(({ patient }) => patient).sort());
    }),
  );
});

test("criteria without a heading share a box of the diagram", () => {
  const cohort = buildCohort(
    define([
      { include: { known: ["entity"] }, reason: "No diagnosis", remaining: "Diagnosed" },
      { include: { known: ["site"] }, reason: "No site" },
      { include: { known: ["sex"] }, reason: "No sex" },
    ]),
    of([one("a"), one("b", { final: { entity: "Lipoma" } })]),
  );
  expect(flowBoxes(cohort)).toEqual([
    { remaining: ["All", "2 patients, 0 radiographs"] },
    { excluded: ["No diagnosis (n = 1)"], remaining: ["Diagnosed", "1 patient, 0 radiographs"] },
    { excluded: ["No site (n = 1)", "No sex (n = 0)"], remaining: ["Test", "0 patients, 0 radiographs"] },
  ]);
});

test("a definition that is wrong is refused with the place", () => {
  const parse = (criterion: unknown): unknown => define([criterion]);
  expect(() => parseCohortDefinition("{")).toThrow("no JSON");
  expect(() => parse({ include: { ageYears: { from: "old" } }, reason: "no" })).toThrow("criteria[0]");
  expect(() => parse({ include: { diagnosisDate: { from: "12.5.2001" } }, reason: "no" })).toThrow("criteria[0]");
  expect(() => parse({ include: { sex: ["female"] } })).toThrow("criteria[0]");
  expect(() => parse({ include: { sex: ["female"], site: ["femur"] }, reason: "no" })).toThrow("one key");
  expect(() => parse({ include: { knwon: ["sex"] }, reason: "no" })).toThrow(
    /"knwon" is no condition; .*criteria\[0\].include/s,
  );
  expect(() => parse({ include: { all: [{ sex: ["f"] }] }, reason: "no" })).toThrow(
    /"female".*include\.all\[0\]\.sex/s,
  );
  expect(() => parse({ include: { ageYears: { from: 20, to: 2 } }, reason: "no" })).toThrow("lies after");
  expect(() => parse({ include: { diagnosisDate: { from: "2001-05", to: "2001" } }, reason: "no" })).not.toThrow();
  expect(() => parse({ reason: "no" })).toThrow("either");
});

test("the definitions that come with Osteon can be read", () => {
  const folder = new URL("../../../studies/cohorts/", import.meta.url);
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files)
    expect(`${parseCohortDefinition(readFileSync(new URL(file, folder), "utf8")).name}.json`).toBe(file);
});

test("names that nothing goes by are found, wherever they stand, and guessed", () => {
  const definition = define([
    {
      include: { all: [{ entity: ["Enchondroma", "Osteosarkom"] }, { not: { site: ["femur", "femurr"] } }] },
      reason: "no",
    },
    {
      exclude: { any: [{ entity: ["Entity of our labels"] }, { position: ["metaphyseal", "upside down"] }] },
      reason: "no",
    },
  ]);
  const subjects = of([one("a", { final: { entity: "Entity of our labels" } })]);
  expect(unknownNames(definition, subjects)).toEqual([
    {
      kind: "entity",
      name: "Osteosarkom",
      meant: "Osteosarcoma",
      path: ["criteria", 0, "include", "all", 0, "entity", 1],
    },
    { kind: "site", name: "femurr", meant: "femur", path: ["criteria", 0, "include", "all", 1, "not", "site", 1] },
    { kind: "position", name: "upside down", path: ["criteria", 1, "exclude", "any", 1, "position", 1] },
  ]);
});
