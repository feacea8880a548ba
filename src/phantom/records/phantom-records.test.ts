import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { readXlsx } from "hucre";
import { describe, expect, test } from "vitest";
import type { ContradictionRule } from "../../clinic/findings.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import { siteTerm } from "../../clinic/vocabulary/sites.ts";
import { OsteonError } from "../../errors.ts";
import { addDays, yearsBetween } from "./days.ts";
import { phantomRecords } from "./phantom-records.ts";
import { reportFilesOf, tableFilesOf } from "./record-files.ts";
import { englishReports } from "./reports/english-patterns.ts";
import { germanReports } from "./reports/german-patterns.ts";
import { latin1Csv, workbook } from "./table-files.ts";

const centre = phantomRecords({ patients: 2000, seed: 41 });
const cases = centre.patients.flatMap((patient) => patient.cases.map((one) => ({ patient, one })));
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)]!;

test("the same seed gives the same bytes, another seed others", async () => {
  const bytes = async (seed: number) => {
    const records = phantomRecords({ patients: 60, seed });
    return [...(await tableFilesOf(records)), ...reportFilesOf(records)].map(({ name, content }) => [
      name,
      Buffer.from(content).toString("base64"),
    ]);
  };
  expect(await bytes(7)).toEqual(await bytes(7));
  expect(await bytes(8)).not.toEqual(await bytes(7));
});

describe("what is true is in order", () => {
  test("patients have one record each, cases one number each", () => {
    expect(new Set(centre.patients.map(({ record }) => record.patient)).size).toBe(2000);
    expect(new Set(cases.map(({ one }) => one.case)).size).toBe(cases.length);
    expect(Math.abs(cases.length / 2000 - 8922 / 8377)).toBeLessThan(0.03);
  });

  test("dates follow each other", () => {
    for (const { patient, one } of cases) {
      const { birthDate, deathDate } = patient.record;
      const diagnosed = one.final?.date ?? one.preliminary?.date;
      if (diagnosed === undefined) continue;
      const later = [
        ...one.treatments.flatMap(({ startDate, endDate }) => [startDate ?? [], endDate ?? []].flat()),
        ...one.followUps.flatMap(({ date }) => date ?? []),
      ];
      for (const date of later) expect(date >= diagnosed && date <= (deathDate ?? "2025")).toBe(true);
      if (birthDate === undefined) continue;
      expect(birthDate <= diagnosed).toBe(true);
      if (one.ageYears !== undefined) expect(one.ageYears).toBe(yearsBetween(birthDate, diagnosed));
    }
  });

  test("entities, behaviour, codes, sides and positions go together", () => {
    for (const { one } of cases) {
      const diagnosis = one.final ?? one.preliminary;
      const term = diagnosis && entityTerm(diagnosis.entity)!;
      if (term && diagnosis.malignancy) {
        expect([term.malignancy, ...(term.otherMalignancies ?? [])]).toContain(diagnosis.malignancy);
      }
      if (term && one.icd10) expect(term.icd10.some((code) => one.icd10!.startsWith(code))).toBe(true);
      if (term && one.icdO3Morphology) expect(term.icdO3).toContain(one.icdO3Morphology);
      if (one.tnm) expect(diagnosis?.malignancy).toBe("malignant");
      if (one.side) expect(siteTerm(one.site!)!.paired).toBe(true);
      if (one.position) expect(siteTerm(one.site!)!.hasPositions).toBe(true);
    }
  });

  test("radiographs say truly when they were taken", () => {
    for (const { radiographed, cases: own } of centre.patients) {
      const starts = own[0]!.treatments
        .filter(({ kind }) => kind !== "other")
        .flatMap(({ startDate }) => startDate ?? []);
      const surgery = own[0]!.treatments.find(({ kind }) => kind === "surgery")?.startDate;
      for (const { date, stage } of radiographed?.examinations ?? []) {
        if (stage === undefined) expect(starts.every((start) => date <= start)).toBe(true);
        else expect(starts.some((start) => date > start)).toBe(true);
        if (stage === "postoperative") expect(date > surgery!).toBe(true);
        if (stage === "post-chemotherapy" && surgery) expect(date <= surgery).toBe(true);
      }
    }
  });

  test("ages and years are as in table 2.2: median 46 and 2011, interquartile range 35 and 11", () => {
    const ages = cases.flatMap(({ one }) => one.ageYears ?? []);
    expect(Math.abs(quantile(ages, 0.5) - 46)).toBeLessThanOrEqual(4);
    expect(Math.abs(quantile(ages, 0.75) - quantile(ages, 0.25) - 35)).toBeLessThanOrEqual(4);
    const years = cases.flatMap(({ one }) => one.final?.date ?? []).map((date) => Number(date.slice(0, 4)));
    expect(Math.abs(quantile(years, 0.5) - 2011)).toBeLessThanOrEqual(1);
    expect(Math.abs(quantile(years, 0.75) - quantile(years, 0.25) - 11)).toBeLessThanOrEqual(4);
  });
});

test("the flow adds up, and every step excludes somebody", () => {
  expect(centre.flow[0]).toMatchObject({ excluded: 0, remaining: 2000 });
  for (const [i, { excluded, remaining }] of centre.flow.entries()) {
    if (i === 0) continue;
    expect(excluded).toBeGreaterThan(0);
    expect(remaining).toBe(centre.flow[i - 1]!.remaining - excluded);
  }
});

describe("errors", () => {
  const counts = new Map<string, number>();
  for (const { rule } of [...centre.findings, ...centre.contradictions]) counts.set(rule, (counts.get(rule) ?? 0) + 1);

  test("each of the 41 kinds is planted at least 40 times among 2,000 patients", () => {
    expect(counts.size).toBe(41);
    expect([...counts].filter(([, count]) => count < 40)).toEqual([]);
  });

  test("no patient carries two contradictions", () => {
    const patients = centre.contradictions.flatMap(({ patient, otherPatient, rule }) =>
      rule === "same-person-two-ids" ? [patient, otherPatient!] : [patient],
    );
    expect(new Set(patients).size).toBe(patients.length);
  });

  test("what eligibility asks about is lost only outside of the study", () => {
    const losing: readonly ContradictionRule[] = ["sex-conflict", "treatment-before-diagnosis", "diagnosis-conflict"];
    const drawn = new Set(
      centre.patients.filter(({ radiographed }) => radiographed).map(({ record }) => record.patient),
    );
    for (const { rule, patient } of centre.contradictions) {
      if (losing.includes(rule)) expect(drawn.has(patient)).toBe(false);
    }
  });

  test("a cell without a finding says what is true", () => {
    const ages = new Map(cases.map(({ one }) => [one.case, one.ageYears]));
    const contradicted = new Set(centre.contradictions.map((one) => one.case));
    const table = centre.tables.find(({ name }) => name === "cases.csv")!;
    for (const { cells, rule } of table.rows) {
      const number = String(cells.Fallnummer?.value);
      if (rule || cells.Alter === undefined || cells.Alter.rule || contradicted.has(number)) continue;
      expect(Number(cells.Alter.value)).toBe(ages.get(number));
    }
  });

  test("findings name the lines and columns of the files", () => {
    const csv = latin1Csv(centre.tables[1]!);
    const lines = Buffer.from(csv).toString("latin1").split("\r\n");
    const header = lines[0]!.split(";");
    for (const { table, line, column, rule } of centre.findings) {
      if (table !== "cases.csv" || rule !== "two-digit-year") continue;
      expect(lines[line - 1]!.split(";")[header.indexOf(column)]).toMatch(/^\d\d\.\d\d\.\d\d$/);
    }
  });
});

test("the tables can be read by other programs", async () => {
  const [patients, , visits] = centre.tables;
  const rows = parse(Buffer.from(latin1Csv(patients!)), { delimiter: ";", encoding: "latin1", columns: true });
  expect(rows).toHaveLength(patients!.rows.length);
  expect(rows.some((row) => Object.values(row as object).some((cell) => /[äöüß]/.test(String(cell))))).toBe(true);
  const { sheets } = await readXlsx(await workbook(visits!));
  expect(sheets[0]!.rows).toHaveLength(visits!.rows.length + 1);
  expect(sheets[0]!.rows[1]![2]).toBeInstanceOf(Date);
}, 30_000);

describe("reports", () => {
  const { reports } = centre;

  test("one to four a case, two of three in German, dated in the course", () => {
    const perCase = Map.groupBy(reports, (one) => one.case);
    expect(Math.max(...[...perCase.values()].map((list) => list.length))).toBeLessThanOrEqual(4);
    expect(reports.filter(({ fields }) => fields.language === "de").length / reports.length).toBeCloseTo(2 / 3, 1);
    const diagnosed = new Map(cases.map(({ one }) => [one.case, one.final?.date ?? one.preliminary?.date]));
    for (const one of reports) expect(one.date >= addDays(diagnosed.get(one.case)!, -10)).toBe(true);
  });

  test("at least 60 patterns of sentences in each language", () => {
    for (const slots of [germanReports, englishReports]) {
      const texts = new Set(
        Object.values(slots).flatMap((list) => list.flatMap(({ patterns }) => patterns.map(([text]) => text))),
      );
      expect(texts.size).toBeGreaterThanOrEqual(60);
    }
  });

  test("no blank stays open, and what a report says is true of its case", () => {
    const truth = new Map(cases.map(({ one }) => [one.case, one]));
    for (const { text, fields, case: number } of reports) {
      const one = truth.get(number)!;
      expect(text).not.toMatch(/[{}]|undefined/);
      if (fields.site) expect(fields.site).toBe(one.site);
      if (fields.side) expect(fields.side).toBe(one.side);
      if (fields.position) expect(fields.position).toBe(one.position);
      if (fields.sizeMm) expect(fields.sizeMm[0]).toBe(one.tumourSizeMm);
      if (fields.occurrence) expect(fields.occurrence).toBe(one.occurrence);
      const sizes = fields.sizeMm ?? [];
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }
  });
});

test("a hundred sentences by hand, half in each language, by the vocabularies' names, in other words than the patterns", async () => {
  const file = join(import.meta.dirname, "../../../test/fixtures/reports/sentences.jsonl");
  const sentences = (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(sentences.filter(({ language }) => language === "de")).toHaveLength(50);
  expect(sentences.filter(({ language }) => language === "en")).toHaveLength(50);
  const patterns = [germanReports, englishReports].flatMap((slots) =>
    Object.values(slots).flatMap((list) => list.flatMap((slot) => slot.patterns.map(([text]) => text))),
  );
  for (const { text, fields } of sentences) {
    expect(patterns).not.toContain(text);
    if (fields.site) expect(siteTerm(fields.site)).toBeDefined();
    for (const { entity } of fields.diagnoses) expect(entityTerm(entity)).toBeDefined();
  }
});

test.each([0, 2.5, 10_000])("%s patients are refused", (patients) => {
  expect(() => phantomRecords({ patients, seed: 1 })).toThrow(OsteonError);
});
