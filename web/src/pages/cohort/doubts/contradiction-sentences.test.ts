import { expect, test } from "vitest";
import { patientId } from "../../../../../src/clinic/ids.ts";
import type { CaseRecord, PatientRecord } from "../../../../../src/clinic/records.ts";
import { findContradictions } from "../../../../../src/clinic/tables/find-contradictions.ts";
import { germanContradiction } from "./contradiction-sentences.ts";

const same = (name: string): string => name;
const names = {
  entity: same,
  site: same,
  word: (name: string) => ({ malignant: "maligne", left: "links" })[name] ?? name,
};

const patient = patientId("P1");
const base = { patient, case: "F1", treatments: [], followUps: [] } as const;
const records: readonly (readonly [Omit<PatientRecord, "patient">, Omit<CaseRecord, keyof typeof base> | object])[] = [
  [{}, { final: { entity: "Osteoid osteoma", malignancy: "malignant" } }],
  [{}, { final: { entity: "Osteosarcoma" }, icd10: "D16.2" }],
  [{}, { final: { entity: "Osteosarcoma" }, icdO3Morphology: "9220/0" }],
  [{}, { final: { entity: "Osteoid osteoma" }, tnm: { t: "T1" } }],
  [{}, { site: "sternum", side: "left", position: "diaphyseal" }],
  [{ birthDate: "2020-01-01" }, { final: { entity: "Osteosarcoma", date: "2019-05" } }],
  [{ birthDate: "1980-01-01" }, { ageYears: 3, final: { entity: "Osteosarcoma", date: "2019-05-02" } }],
  [
    {},
    { final: { entity: "Osteosarcoma", date: "2019-05-02" }, treatments: [{ kind: "resection", startDate: "2018" }] },
  ],
  [{}, { final: { entity: "Osteosarcoma", date: "2019-05-02" }, followUps: [{ date: "2018-03", status: "unknown" }] }],
  [{ deathDate: "2018" }, { final: { entity: "Osteosarcoma", date: "2019-05-02" } }],
  [{ deathDate: "2018" }, { treatments: [{ kind: "resection", startDate: "2019" }] }],
  [{ deathDate: "2018" }, { followUps: [{ date: "2019-03", status: "unknown" }] }],
];

test("what contradicts within a record is said in German, whatever it is", () => {
  const details = records.flatMap(([person, record]) =>
    findContradictions({
      patients: [{ patient, ...person }],
      cases: [{ ...base, ...record } as CaseRecord],
    }).map(({ detail }) => detail),
  );
  expect(details.length).toBeGreaterThanOrEqual(records.length);
  expect(details.filter((detail) => germanContradiction(detail, names) === undefined)).toEqual([]);
  expect(germanContradiction(details[0]!, names)).toBe("Osteoid osteoma ist benign, in der Tabelle steht maligne.");
});

test("so is what contradicts across rows; dates as German has them, and of an unknown sentence nothing", () => {
  const german = (detail: string) => germanContradiction(detail, names);
  expect(german('The rows give the date of birth as "1980-05-12" and as "1981".')).toBe(
    "Die Zeilen nennen für das Geburtsdatum „12.05.1980“ und „1981“.",
  );
  expect(german('The site is said to be on the side "left", and the side to be "right".')).toContain("„links“");
  expect(german("The case F1 stands under the patients P1 and P2.")).toBe(
    "Der Fall F1 steht bei den Patienten P1 und P2.",
  );
  expect(german("The patients P1 and P2 have the same names and date of birth.")).toContain("dieselben Namen");
  expect(german("Something else.")).toBeUndefined();
});
