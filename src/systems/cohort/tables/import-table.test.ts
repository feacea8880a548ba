import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Home,
  listContradictions,
  listFindings,
  listSpellingChanges,
  openHome,
  readClinicalRecords,
} from "../../../store/index.ts";
import { decideDoubt } from "./decide-doubt.ts";
import { importTable, proposeTableMapping } from "./import-table.ts";

const today = "2021-04-30";
const at = new Date("2021-05-01T00:00:00Z");
let folder: string;
let home: Home;
let homes = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-import-table-"));
});
beforeEach(async () => {
  home = await openHome(join(folder, `home-${++homes}`), { command: "a test", since: today, create: true });
});
afterEach(() => home.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

const take = async (name: string, text: string, options: { signal?: AbortSignal } = {}) => {
  const path = join(folder, name);
  await writeFile(path, text, "latin1");
  const mapping = await proposeTableMapping(path, { asOf: today });
  return importTable(home, path, { mapping, today, ...options });
};

const patients = `Patientennummer;Geschlecht;Geburtsdatum;Sterbedatum
P1;weiblich;12.05.1980;
P2;m;01.02.55;3.4.2019
`;
const cases = `Fallnummer;Patientennummer;Endgültige Diagnose;Diagnosedatum;Dignität;Lokalisation;Seite;Alter;Operationsdatum
F1;P1;Chondrosarkmo;12.05.2016;maligne;Femur;links;36;1.6.2016
F2;P2;Enchondrom;03.04.2018;maligne;Hand;rechts;63;
`;

test("several tables make patients and cases; what was doubted and contradicts is listed", async () => {
  await take("patients.csv", patients);
  const report = await take("cases.csv", cases);
  expect(report).toMatchObject({ imported: true, replaced: false, rows: 2, patients: 2, cases: 2 });
  expect(report.contradictions).toEqual({ "entity-malignancy": 1 });
  expect(await readClinicalRecords(home.database)).toEqual({
    patients: [
      { patient: "P1", sex: "female", birthDate: "1980-05-12" },
      { patient: "P2", sex: "male", birthDate: "1955-02-01", deathDate: "2019-04-03" },
    ],
    cases: [
      {
        patient: "P1",
        case: "F1",
        final: { entity: "Chondrosarcoma", malignancy: "malignant", date: "2016-05-12" },
        site: "femur",
        side: "left",
        ageYears: 36,
        treatments: [{ kind: "surgery", startDate: "2016-06-01" }],
        followUps: [],
      },
      {
        patient: "P2",
        case: "F2",
        final: { entity: "Enchondroma", malignancy: "malignant", date: "2018-04-03" },
        site: "hand",
        side: "right",
        ageYears: 63,
        treatments: [],
        followUps: [],
      },
    ],
  });
  expect(
    (await listFindings(home.database)).map(({ rule, table, line, decision }) => [rule, table, line, decision]),
  ).toEqual([
    ["misspelt-entity", "cases.csv", 2, { state: "open" }],
    ["two-digit-year", "patients.csv", 3, { state: "open" }],
  ]);
  const spelling = await listSpellingChanges(home.database);
  expect(spelling).toContainEqual({
    rule: "synonym",
    action: "changed",
    table: "patients.csv",
    line: 2,
    column: "Geschlecht",
    original: "weiblich",
    value: "female",
  });
});

test("the same table again changes nothing; a corrected one takes its place and keeps the decisions that still hold", async () => {
  await take("patients.csv", patients);
  await take("cases.csv", cases);
  const [finding] = await listFindings(home.database, { rule: "misspelt-entity" });
  const [contradiction] = await listContradictions(home.database);
  await decideDoubt(home, finding!.id, { state: "accepted", by: "a person", at });
  await decideDoubt(home, contradiction!.id, { state: "accepted", by: "a person", at });
  const before = await readClinicalRecords(home.database);
  expect(await take("cases.csv", cases)).toMatchObject({ imported: false, replaced: false, rows: 2 });
  expect(await readClinicalRecords(home.database)).toEqual(before);

  const corrected = cases.replace("rechts;63", "rechts;64").replace("F2;P2", "F2;P2");
  expect(await take("cases.csv", corrected)).toMatchObject({ imported: true, replaced: true });
  expect((await readClinicalRecords(home.database)).cases.map(({ ageYears }) => ageYears)).toEqual([36, 64]);
  const [kept] = await listFindings(home.database, { rule: "misspelt-entity" });
  expect(kept?.decision).toEqual({ state: "accepted", by: "a person", at });
  expect((await listContradictions(home.database))[0]?.decision.state).toBe("accepted");

  await take("cases.csv", cases.replace("Enchondrom;03.04.2018;maligne", "Enchondrom;03.04.2018;benigne"));
  expect(await listContradictions(home.database)).toEqual([]);
});

test("a decision does not pass to another case that stands at the line now and says the same", async () => {
  const heading = cases.split("\n")[0]!;
  const row = (number: number): string => `F${number};P${number};Chondrosarkmo;12.05.2016;maligne;Femur;links;36;`;
  await take("cases.csv", [heading, row(1), row(2), ""].join("\n"));
  const [first, second] = await listFindings(home.database, { rule: "misspelt-entity" });
  await decideDoubt(home, first!.id, { state: "accepted", by: "a person", at });
  await decideDoubt(home, second!.id, { state: "corrected", by: "a person", at, value: "Osteosarkom" });
  await take("cases.csv", [heading, row(1), row(3), row(2), ""].join("\n"));
  const states = (await listFindings(home.database, { rule: "misspelt-entity" })).map(({ decision }) => decision.state);
  expect(states).toEqual(["accepted", "open", "open"]);
  const entities = (await readClinicalRecords(home.database)).cases.map(({ final }) => final?.entity);
  expect(new Set(entities)).toEqual(new Set(["Chondrosarcoma"]));
});

test("a corrected cell counts as if the table said so, until it is opened again", async () => {
  await take("cases.csv", cases);
  const [finding] = await listFindings(home.database, { rule: "misspelt-entity" });
  const entity = async () => (await readClinicalRecords(home.database)).cases[0]?.final?.entity;
  await decideDoubt(home, finding!.id, { state: "corrected", by: "a person", at, value: "Osteosarkom" });
  expect(await entity()).toBe("Osteosarcoma");
  await decideDoubt(home, finding!.id, { state: "corrected", by: "a person", at, value: "" });
  expect(await entity()).toBeUndefined();
  await decideDoubt(home, finding!.id, { state: "open" });
  expect(await entity()).toBe("Chondrosarcoma");
  await take("patients.csv", patients);
  const [century] = await listFindings(home.database, { rule: "two-digit-year" });
  await decideDoubt(home, century!.id, { state: "corrected", by: "a person", at, value: "01.02.2015" });
  const birth = (await readClinicalRecords(home.database)).patients.find(({ patient }) => patient === "P2")?.birthDate;
  expect(birth).toBe("2015-02-01");
  const wrong = { state: "corrected", by: "a person", at, value: "Apfelbaum" } as const;
  await expect(decideDoubt(home, finding!.id, wrong)).rejects.toThrow("cannot be read as this column is");
  await expect(decideDoubt(home, "0", { state: "open" })).rejects.toThrow("There is no finding");
});

test("a stop writes nothing; a table that lacks a mapped column is refused", async () => {
  await expect(take("cases.csv", cases, { signal: AbortSignal.abort() })).rejects.toThrow("interrupted");
  expect(await readClinicalRecords(home.database)).toEqual({ patients: [], cases: [] });
  await take("cases.csv", cases);
  const mapping = await proposeTableMapping(join(folder, "cases.csv"), { asOf: today });
  await writeFile(join(folder, "other.csv"), "Patientennummer;Alter\nP1;3\n");
  await expect(importTable(home, join(folder, "other.csv"), { mapping, today })).rejects.toThrow(
    'no column "Fallnummer"',
  );
});

test("zero bytes, lone surrogates and formulas pass through the database as they can", async () => {
  await take(
    "patients.csv",
    `Patientennummer;Geschlecht;Geburtsdatum\nP1;=1+1;${"\0".repeat(3)}x\n\u00dc;w;@SUM(A1)\n`,
  );
  const findings = await listFindings(home.database);
  expect(findings.map(({ rule }) => rule)).toEqual(["unreadable-date", "unknown-sex", "unreadable-date"]);
});

test("FHIR resources become patients and cases like any table", async () => {
  const loinc = "http://loinc.org";
  const resources = [
    { resourceType: "Organization", id: "o" },
    {
      resourceType: "Condition",
      id: "c1",
      subject: { reference: "Patient/a" },
      verificationStatus: { coding: [{ code: "confirmed" }] },
      code: {
        text: "Osteosarkom",
        coding: [
          { system: "http://fhir.de/CodeSystem/bfarm/icd-10-gm", code: "C40.2" },
          { system: "urn:oid:icd-o-3", code: "9180/3" },
        ],
      },
      bodySite: [{ text: "Femur links" }],
      onsetDateTime: "2016-05-12T00:00:00Z",
    },
    { resourceType: "Patient", id: "a", identifier: [{ value: "P1" }], gender: "female", birthDate: "2000-02-03" },
    {
      resourceType: "Procedure",
      subject: { reference: "Patient/a" },
      reasonReference: [{ reference: "Condition/c1" }],
      code: { text: "Neoadjuvante Chemotherapie" },
      performedPeriod: { start: "2016-06-01", end: "2016-08-01" },
    },
    {
      resourceType: "Procedure",
      subject: { reference: "Patient/a" },
      reasonReference: [{ reference: "Condition/c1" }],
      code: { text: "Wide resection" },
      performedDateTime: "2016-09-01",
    },
    {
      resourceType: "Observation",
      subject: { reference: "Patient/a" },
      focus: [{ reference: "Condition/c1" }],
      code: { coding: [{ system: loinc, code: "33728-7" }] },
      valueQuantity: { value: 7.5, unit: "cm" },
    },
  ];
  await take("bundle.ndjson", resources.map((one) => JSON.stringify(one)).join("\n"));
  expect(await readClinicalRecords(home.database)).toEqual({
    patients: [{ patient: "P1", sex: "female", birthDate: "2000-02-03" }],
    cases: [
      {
        patient: "P1",
        case: "c1",
        final: { entity: "Osteosarcoma", date: "2016-05-12" },
        icd10: "C40.2",
        icdO3Morphology: "9180/3",
        site: "femur",
        side: "left",
        tumourSizeMm: 75,
        treatments: [
          { kind: "chemotherapy", startDate: "2016-06-01", endDate: "2016-08-01" },
          { kind: "surgery", startDate: "2016-09-01" },
        ],
        followUps: [],
      },
    ],
  });
});
