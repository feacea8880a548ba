import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMapping } from "./mapping.ts";
import { proposeMapping } from "./propose-mapping.ts";
import { rowReader } from "./read-row.ts";

const asOf = "2021-04-30";
const header = (
  "Fallnummer;Patientennummer;Vorläufige Diagnose;Endgültige Diagnose;Diagnosesicherung;Diagnosedatum;Dignität;ICD-10;" +
  "ICD-O-3 Morphologie;Lokalisation;Seite;Position;Alter;T;N;M;Grading;Tumorgröße (cm);Primär/Rezidiv;Therapie;Therapiebeginn;" +
  "Operationsdatum;Chemotherapie Beginn"
).split(";");
const good = (
  "F1;P1;V.a. Osteosarkom;Chondrosarkom G2;Histologie;12.05.2016;maligne;C40.2;9220/3;Femur links;;metaphysär;54,5;pT2;0;0;G2;" +
  "7,5;Primärtumor;Resektion und Chemotherapie;1.6.2016;1.6.2016;15.07.2016"
).split(";");

const reader = () => {
  const { columns } = proposeMapping({ header, rows: [good], asOf });
  return rowReader({ table: "cases.csv", header, columns, asOf });
};

test("the mapping of a German table is proposed whole, and passes as a mapping file", () => {
  const mapping = proposeMapping({ header, rows: [good], asOf });
  expect(mapping.columns.map(({ field }) => field)).toEqual([
    "case",
    "patient",
    "preliminaryEntity",
    "finalEntity",
    "confirmation",
    "diagnosisDate",
    "malignancy",
    "icd10",
    "icdO3Morphology",
    "site",
    "side",
    "position",
    "age",
    "t",
    "n",
    "m",
    "grade",
    "tumourSize",
    "occurrence",
    "therapy",
    "therapyStart",
    "surgeryDate",
    "chemotherapyStart",
  ]);
  expect(parseMapping(JSON.stringify(mapping))).toEqual(mapping);
});

test("columns without a telling heading are told by their cells; what nobody can tell is not read", () => {
  const mapping = proposeMapping({
    header: ["Patient No", "X1", "X2", "X3", "Remarks"],
    rows: [
      ["1", "m", "Osteosarkom", "Femur", "was tired"],
      ["2", "w", "Enchondrom", "Tibia", "none"],
      ["3", "w", "Ewing-Sarkom", "Becken", "late"],
    ],
    asOf,
  });
  expect(mapping.columns.map(({ field }) => field)).toEqual(["patient", "sex", "finalEntity", "site", null]);
});

test("a row is read with a finding for every cell that was not taken as it stands", () => {
  const { values, findings } = reader()({ line: 2, cells: good });
  expect(values).toEqual({
    case: "F1",
    patient: "P1",
    preliminaryEntity: "Osteosarcoma",
    finalEntity: "Chondrosarcoma",
    confirmation: "histopathology",
    diagnosisDate: "2016-05-12",
    malignancy: "malignant",
    icd10: "C40.2",
    icdO3Morphology: "9220/3",
    site: "femur",
    sideOfSite: "left",
    position: "metaphyseal",
    ageYears: 54.5,
    t: "2",
    tnmPrefix: "p",
    n: "0",
    m: "0",
    grade: 2,
    tumourSizeMm: 75,
    occurrence: "primary",
    therapies: ["surgery", "chemotherapy"],
    therapyDetail: "Resektion und Chemotherapie",
    therapyStart: "2016-06-01",
    surgeryDate: "2016-06-01",
    chemotherapyStart: "2016-07-15",
  });
  const of = (column: string) => findings.filter((finding) => finding.column === column).map(({ rule }) => rule);
  expect(of("Vorläufige Diagnose")).toEqual(["synonym"]);
  expect(of("Diagnosedatum")).toEqual(["date-format"]);
  expect(of("ICD-10")).toEqual([]);
  expect(findings.every(({ table, line }) => table === "cases.csv" && line === 2)).toBe(true);
});

const withCell = (column: string, cell: string): string[] =>
  good.map((old, at) => (header[at] === column ? cell : old));

test.each([
  ["Endgültige Diagnose", "Chondrosarkmo", "misspelt-entity", "doubted", "Chondrosarcoma"],
  ["Endgültige Diagnose", "Meniskusriss", "unknown-entity", "dropped", undefined],
  ["Lokalisation", "Schleudersitz", "unknown-site", "dropped", undefined],
  ["Lokalisation", "Fibulla", "misspelt-site", "doubted", "fibula"],
  ["Dignität", "gefährlich", "unknown-word", "dropped", undefined],
  ["Diagnosedatum", "12.05.16", "two-digit-year", "doubted", "2016-05-12"],
  ["Diagnosedatum", "05/06/2016", "ambiguous-date", "doubted", "2016-06-05"],
  ["Diagnosedatum", "unklar", "placeholder", "changed", undefined],
  ["Alter", "154", "implausible-age", "dropped", undefined],
  ["Alter", "999", "placeholder", "changed", undefined],
  ["Tumorgröße (cm)", "ca. 7,5", "approximate-value", "doubted", "75"],
  ["T", "9", "invalid-tnm", "dropped", undefined],
  ["ICD-10", "4O.2", "invalid-icd-code", "dropped", undefined],
  ["Dignität", "gutartig?", "approximate-value", "doubted", "benign"],
])("a %s of %j is %s", (column, cell, rule, action, value) => {
  const { findings } = reader()({ line: 2, cells: withCell(column, cell) });
  const found = findings.find((finding) => finding.column === column);
  expect(found).toEqual({
    rule,
    action,
    table: "cases.csv",
    line: 2,
    column,
    original: cell,
    ...(value === undefined ? {} : { value }),
  });
});

test("rows that repeat, that slipped or that name nobody are left out whole", () => {
  const read = reader();
  read({ line: 2, cells: good });
  expect(
    read({ line: 3, cells: good.map((cell) => ` ${cell.toUpperCase()}`) }).findings.map(({ rule }) => rule),
  ).toEqual(["repeated-row"]);
  const slippedRight = [...good.slice(0, 5), "", ...good.slice(5, -1)];
  const slippedLeft = [...good.slice(0, 3), ...good.slice(4), ""];
  for (const cells of [slippedRight, slippedLeft, [...good, "x"]]) {
    const { values, findings } = read({ line: 4, cells });
    expect(values).toBeUndefined();
    expect(findings.map(({ rule, column }) => [rule, column])).toEqual([["shifted-row", ""]]);
  }
  const nobody = read({ line: 5, cells: withCell("Patientennummer", "unbekannt") });
  expect([nobody.values, nobody.findings.map(({ rule }) => rule)]).toEqual([undefined, ["no-patient"]]);
});

test("a row of a narrow table that lost a cell is left out", () => {
  const narrow = ["Patient ID", "Case ID", "Sex", "DOB", "Visit date", "Outcome", "Months since diagnosis"];
  const row = ["P1", "F1", "F", "1980-05-12", "2016-05-12", "NED", "12"];
  const { columns } = proposeMapping({ header: narrow, rows: [row], asOf });
  const read = rowReader({ table: "visits.csv", header: narrow, columns, asOf });
  expect(read({ line: 2, cells: row }).findings.filter(({ action }) => action === "dropped")).toEqual([]);
  const lost = [...row.slice(0, 2), ...row.slice(3), ""];
  expect(read({ line: 3, cells: lost }).findings.map(({ rule }) => rule)).toEqual(["shifted-row"]);
});

test("a row with a single wrong cell is not taken for a slipped one", () => {
  for (const [at, heading] of header.entries()) {
    if (heading === "Patientennummer") continue;
    const cells = good.map((cell, i) => (i === at ? "Ω unfug Ω" : cell));
    expect([heading, reader()({ line: 2, cells }).values?.patient]).toEqual([heading, "P1"]);
  }
});

test("whatever the cells hold, every row is read or left out with a reason, and no cell says nothing in silence", () => {
  const cell = fc.oneof(
    fc.constantFrom(...good),
    fc.string(),
    fc.constantFrom("", "-", "?", "=1+1", "\0", "9".repeat(5000)),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
      const { values, findings } = reader()({ line: 2, cells });
      if (values === undefined && cells.some((text) => text.trim() !== "")) expect(findings).toHaveLength(1);
      for (const finding of findings) expect(finding.original.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test("names stand in no finding: not of a repeated, slipped or broken row, nor of a name in a wrong encoding", () => {
  const headings = ["Patientennummer", "Nachname", "Vorname", "Geschlecht", "Geburtsdatum", "Sterbedatum"];
  const person = ["P1", "Zzyx", "Qwert", "weiblich", "12.05.1980", "01.02.2016"];
  const { columns } = proposeMapping({ header: headings, rows: [person], asOf });
  const read = rowReader({ table: "patients.csv", header: headings, columns, asOf });
  const rows = [
    person,
    person,
    ["P2", "ZzyxÃ¼", "k.A.", "weiblich", "12.05.1981", ""],
    ["", "Zzyx", "Qwert", "weiblich", "12.05.1982", ""],
    ["P3", "", "Zzyx", "Qwert", "weiblich", "12.05.1983", "01.02.2016"],
  ];
  const findings = rows.flatMap((cells, i) => read({ line: i + 2, cells }).findings);
  expect(findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(["repeated-row", "broken-encoding", "placeholder", "no-patient", "shifted-row"]),
  );
  expect(JSON.stringify(findings)).not.toMatch(/Zzyx|Qwert/);
});
