import { expect, test } from "vitest";
import type { ContradictionRule } from "../findings.ts";
import { combineRows } from "./combine-rows.ts";
import type { RowValues } from "./row-values.ts";

const place = (rows: readonly RowValues[]) => rows.map((values, i) => ({ table: "t", line: i + 2, values }));
const patient: RowValues = { patient: "P1", sex: "female", birthDate: "1980-05-12", origin: "internal" };
const tumour: RowValues = {
  patient: "P1",
  case: "F1",
  preliminaryEntity: "Enchondroma",
  finalEntity: "Chondrosarcoma",
  malignancy: "malignant",
  confirmation: "histopathology",
  diagnosisDate: "2016-05-12",
  icd10: "C40.2",
  icdO3Morphology: "9220/3",
  site: "femur",
  side: "left",
  position: "metaphyseal",
  ageYears: 36,
  t: "2",
  n: "0",
  m: "0",
  therapies: ["surgery", "chemotherapy"],
  therapyDetail: "Resektion und Chemotherapie",
  therapyStart: "2016-06-01",
  surgeryDate: "2016-06-01",
  chemotherapyStart: "2016-07-15",
  chemotherapyEnd: "2016-10",
};
const visit: RowValues = {
  patient: "P1",
  case: "F1",
  visitDate: "2017-05-12",
  months: 12,
  status: "no evidence of disease",
};

test("one patient, one case and a visit out of three tables", () => {
  const { patients, cases, contradictions } = combineRows(place([patient, tumour, visit]));
  expect(patients).toEqual([{ patient: "P1", sex: "female", birthDate: "1980-05-12", origin: "internal" }]);
  expect(cases).toEqual([
    {
      patient: "P1",
      case: "F1",
      preliminary: { entity: "Enchondroma" },
      final: { entity: "Chondrosarcoma", malignancy: "malignant", confirmation: "histopathology", date: "2016-05-12" },
      icd10: "C40.2",
      icdO3Morphology: "9220/3",
      site: "femur",
      side: "left",
      position: "metaphyseal",
      ageYears: 36,
      tnm: { t: "2", n: "0", m: "0" },
      treatments: [
        { kind: "surgery", detail: "Resektion und Chemotherapie", startDate: "2016-06-01" },
        { kind: "chemotherapy", detail: "Resektion und Chemotherapie", startDate: "2016-07-15", endDate: "2016-10" },
      ],
      followUps: [{ date: "2017-05-12", months: 12, status: "no evidence of disease" }],
    },
  ]);
  expect(contradictions).toEqual([]);
});

test("a patient may have several cases, and a case without a number is the patient's own", () => {
  const { cases } = combineRows(
    place([patient, tumour, { ...tumour, case: "F2" }, { patient: "P2", finalEntity: "Osteosarcoma" }]),
  );
  expect(cases.map(({ patient: of, case: number }) => [of, number])).toEqual([
    ["P1", "F1"],
    ["P1", "F2"],
    ["P2", "P2"],
  ]);
});

test("a half of the trunk has a side, and nothing in its middle has", () => {
  const rulesAt = (site: string) =>
    combineRows(place([patient, { ...tumour, site, side: "left", position: undefined as never }])).contradictions.map(
      ({ rule }) => rule,
    );
  expect(["pelvis", "thoracic wall", "mandible"].flatMap(rulesAt)).toEqual([]);
  expect(["sternum", "sacrum", "lumbar spine"].flatMap(rulesAt)).toEqual(["site-side", "site-side", "site-side"]);
});

const wrong: readonly (readonly [ContradictionRule, ...RowValues[]])[] = [
  [
    "entity-malignancy",
    patient,
    { ...tumour, malignancy: "benign", t: undefined as never, n: undefined as never, m: undefined as never },
  ],
  ["entity-icd", patient, { ...tumour, icd10: "M85.5" }],
  ["entity-icd", patient, { ...tumour, icdO3Morphology: "9180/3" }],
  ["age-birth-date", patient, { ...tumour, ageYears: 41 }],
  ["site-side", patient, { ...tumour, site: "spine", position: undefined as never }],
  ["site-position", patient, { ...tumour, site: "ilium" }],
  [
    "benign-tnm",
    patient,
    { ...tumour, finalEntity: "Enchondroma", malignancy: "benign", icd10: "D16.2", icdO3Morphology: "9220/0" },
  ],
  ["birth-after-diagnosis", { ...patient, birthDate: "2018-01-01" }, tumour],
  ["treatment-before-diagnosis", patient, { ...tumour, surgeryDate: "2016-05-11" }],
  ["death-before-diagnosis", { ...patient, deathDate: "2016-05-11" }, tumour, visit],
  ["death-before-treatment", { ...patient, deathDate: "2016-05-13" }, tumour, visit],
  ["follow-up-after-death", { ...patient, deathDate: "2017-01-01" }, tumour, visit],
  ["follow-up-before-diagnosis", patient, tumour, { ...visit, visitDate: "2016-05-11" }],
  ["sex-conflict", patient, tumour, { patient: "P1", sex: "male" }],
  ["birth-date-conflict", patient, tumour, { patient: "P1", birthDate: "1981-05-12" }],
  ["death-date-conflict", { ...patient, deathDate: "2019-01-01" }, tumour, { ...visit, deathDate: "2019-01-02" }],
  ["diagnosis-conflict", patient, tumour, { patient: "P1", case: "F1", finalEntity: "Osteosarcoma" }],
  [
    "value-conflict",
    patient,
    tumour,
    { patient: "P1", case: "F1", tumourSizeMm: 40 },
    { patient: "P1", case: "F1", tumourSizeMm: 45 },
  ],
  ["site-side", patient, { ...tumour, sideOfSite: "right" }],
  ["case-conflict", patient, tumour, { patient: "P2", case: "F1", finalEntity: "Chondrosarcoma" }],
  [
    "same-person-two-ids",
    { ...patient, person: "x" },
    tumour,
    { patient: "P2", person: "x", birthDate: "1980-05-12", sex: "female" },
  ],
];

test.each(wrong.map(([rule, ...rows]) => ({ rule, rows })))(
  "$rule is told once, and nothing else",
  ({ rule, rows }) => {
    const { contradictions } = combineRows(place(rows));
    expect(contradictions.map((contradiction) => contradiction.rule)).toEqual([rule]);
  },
);

test("what was said first stays", () => {
  const { patients, cases } = combineRows(
    place([patient, tumour, { patient: "P1", sex: "male", case: "F1", finalEntity: "Osteosarcoma" }]),
  );
  expect([patients[0]?.sex, cases[0]?.final?.entity]).toEqual(["female", "Chondrosarcoma"]);
});

test("what is known by its month or year alone contradicts nothing that it leaves open", () => {
  const rows = [
    { ...patient, birthDate: "1980" },
    { ...tumour, diagnosisDate: "2016", surgeryDate: "2016-03-01" },
    visit,
  ];
  expect(combineRows(place(rows)).contradictions).toEqual([]);
});

test("the century of a birth year of two digits is settled by the diagnosis and the age", () => {
  const old = { ...patient, birthDate: "2005-03-01", birthCenturyGuessed: true };
  const { patients, contradictions, settledCenturies } = combineRows(
    place([old, { ...tumour, diagnosisDate: "2016-05-12", ageYears: 111 }]),
  );
  expect(patients[0]?.birthDate).toBe("1905-03-01");
  expect(settledCenturies).toEqual([{ table: "t", line: 2, birthDate: "1905-03-01" }]);
  expect(contradictions).toEqual([]);
  const young = combineRows(place([old, { ...tumour, ageYears: 11 }]));
  expect(young.patients[0]?.birthDate).toBe("2005-03-01");
});

test("what is said of a final diagnosis that nobody could read is not said of the preliminary one", () => {
  const { finalEntity: _, ...rest } = tumour;
  const { cases, contradictions } = combineRows(place([patient, { ...rest, finalUnread: true }]));
  expect([cases[0]?.preliminary, cases[0]?.final]).toEqual([{ entity: "Enchondroma", date: "2016-05-12" }, undefined]);
  expect(contradictions).toEqual([]);
});

test("visits stand in their order, also where a date could not be read", () => {
  const visits: RowValues[] = [
    { patient: "P1", case: "F1", months: 24, status: "stable disease" },
    { ...visit, visitDate: "2018-11-12", months: 30 },
    visit,
  ];
  const [only] = combineRows(place([patient, tumour, ...visits])).cases;
  expect(only?.followUps.map(({ months }) => months)).toEqual([12, 24, 30]);
});

test("a table may have a row per treatment; the same one told twice is one", () => {
  const rows: RowValues[] = [
    { patient: "P1", case: "F1", therapies: ["surgery"], therapyStart: "2016-06-01" },
    { patient: "P1", case: "F1", therapies: ["chemotherapy"], therapyStart: "2016-07-01" },
    { patient: "P1", case: "F1", therapies: ["surgery"], therapyStart: "2017-02-01" },
    { patient: "P1", case: "F1", therapies: ["surgery"], surgeryDate: "2016-06" },
  ];
  const { cases, contradictions } = combineRows(place(rows));
  expect(cases[0]?.treatments).toEqual([
    { kind: "surgery", startDate: "2016-06-01" },
    { kind: "chemotherapy", startDate: "2016-07-01" },
    { kind: "surgery", startDate: "2017-02-01" },
  ]);
  expect(contradictions).toEqual([]);
});

test("a full date of birth settles the century of one whose year had two digits, whichever comes first", () => {
  const guessed: RowValues = { patient: "P1", birthDate: "2016-05-12", birthCenturyGuessed: true };
  const known: RowValues = { patient: "P1", birthDate: "1916-05-12" };
  for (const rows of [
    [guessed, known],
    [known, guessed],
  ]) {
    const { patients, contradictions, settledCenturies } = combineRows(place(rows));
    expect(patients).toEqual([{ patient: "P1", birthDate: "1916-05-12" }]);
    expect(contradictions).toEqual([]);
    expect(settledCenturies).toEqual([{ table: "t", line: rows.indexOf(guessed) + 2, birthDate: "1916-05-12" }]);
  }
  const other = combineRows(place([guessed, { patient: "P1", birthDate: "1916-06-12" }]));
  expect(other.contradictions.map(({ rule }) => rule)).toEqual(["birth-date-conflict"]);
});

test("a visit that two tables tell alike is one visit", () => {
  const [record] = combineRows(place([visit, { ...visit }, { ...visit, months: 24, visitDate: "2018-05-12" }])).cases;
  expect(record?.followUps.map(({ months }) => months)).toEqual([12, 24]);
});

test("a treatment without a date is the first of its kind; dated ones are told apart by their dates", () => {
  const treatmentsOf = (rows: readonly RowValues[]) =>
    combineRows(place(rows.map((row) => ({ patient: "P1", case: "F1", ...row })))).cases[0]!.treatments.map(
      ({ startDate }) => startDate,
    );
  const op: RowValues = { therapies: ["surgery"] };
  expect(
    treatmentsOf([op, { surgeryDate: "2016-06-01" }, { surgeryDate: "2017" }, { surgeryDate: "2016-06" }]),
  ).toEqual(["2016-06-01", "2017"]);
  expect(
    treatmentsOf([{ surgeryDate: "2017-02" }, op, { surgeryDate: "2017-02-03" }, { surgeryDate: "2018" }]),
  ).toEqual(["2017-02", "2018"]);
});

test("many cases of one patient and many treatments of one case take no longer than as many of many", () => {
  const cases = Array.from({ length: 30_000 }, (_, i) => ({ patient: "P1", case: `F${i}`, site: "femur" }));
  expect(combineRows(place(cases)).cases).toHaveLength(30_000);
  const operations = Array.from({ length: 8_000 }, (_, i) => ({
    patient: "P1",
    case: "F1",
    surgeryDate: new Date(Date.UTC(1900, 0, 1 + i)).toISOString().slice(0, 10),
  }));
  expect(combineRows(place(operations)).cases[0]!.treatments).toHaveLength(8_000);
});
