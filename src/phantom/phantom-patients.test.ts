import { describe, expect, test } from "vitest";
import { entities } from "../clinic/entities.ts";
import { sites } from "../clinic/sites.ts";
import { OsteonError } from "../errors.ts";
import { jointCounts, phantomPatients, undiagnosedPatients } from "./phantom-patients.ts";
import { places } from "./places.ts";

const study = phantomPatients({ patients: 809, seed: 41 });
const count = (matches: (patient: (typeof study)[number]) => boolean): number => study.filter(matches).length;
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)]!;

describe("809 patients have nearly the margins of table 1", () => {
  test.each(entities)("$entity: $publishedPatients patients", ({ entity, publishedPatients }) => {
    expect(count((patient) => patient.entity === entity)).toBe(publishedPatients);
  });

  test.each(sites)("$site: $publishedPatients patients", ({ site, publishedPatients }) => {
    // evenly spaced draws leave less than one patient of chance for each of the ten entities
    const slack = Math.max(3, 0.05 * publishedPatients);
    expect(Math.abs(count((patient) => patient.site === site) - publishedPatients)).toBeLessThanOrEqual(slack);
  });

  test("366 women: within three standard deviations", () => {
    expect(Math.abs(count((patient) => patient.sex === "F") - 366)).toBeLessThan(3 * Math.sqrt(809 * 0.45 * 0.55));
  });

  test("age: median 30, interquartile range 30, mean 33.73, standard deviation 18.65, 3 to 89 years", () => {
    const ages = study.map((patient) => patient.ageYears);
    const mean = ages.reduce((sum, age) => sum + age, 0) / ages.length;
    const deviation = Math.sqrt(ages.reduce((sum, age) => sum + (age - mean) ** 2, 0) / ages.length);
    expect(Math.abs(quantile(ages, 0.5) - 30)).toBeLessThanOrEqual(4);
    expect(Math.abs(quantile(ages, 0.75) - quantile(ages, 0.25) - 30)).toBeLessThanOrEqual(4);
    expect(Math.abs(mean - 33.73)).toBeLessThan(3);
    expect(Math.abs(deviation - 18.65)).toBeLessThan(2);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...ages)).toBeLessThanOrEqual(89);
  });

  test("1792 radiographs: within five per cent", () => {
    const radiographs = study.reduce((sum, patient) => sum + patient.examinations.length, 0);
    expect(Math.abs(radiographs - 1792)).toBeLessThan(90);
  });

  test("about a tenth is external", () => {
    expect(count((patient) => patient.origin === "external") / 809).toBeGreaterThan(0.08);
    expect(count((patient) => patient.origin === "external") / 809).toBeLessThan(0.16);
  });
});

test("the joint table keeps both published margins and no negative cell", () => {
  const joint = jointCounts();
  for (const [j, { publishedPatients }] of sites.entries()) {
    expect(joint.reduce((sum, row) => sum + row[j]!, 0)).toBeCloseTo(publishedPatients, 6);
  }
  for (const [i, { publishedPatients }] of entities.entries()) {
    const row = joint[i]!;
    expect(Math.abs(row.reduce((sum, cell) => sum + cell, 0) - publishedPatients)).toBeLessThan(0.5);
    expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
  }
});

test("clinical knowledge holds: age and position follow the entity", () => {
  for (const patient of study) {
    if (patient.entity === "Ewing sarcoma") expect(patient.ageYears).toBeLessThanOrEqual(20);
    if (patient.entity === "Non ossifying fibroma") expect(patient.ageYears).toBeLessThanOrEqual(22);
    if (patient.entity === "Chondroblastoma" && patient.position) {
      expect(["epiphyseal", "epi-metaphyseal"]).toContain(patient.position);
    }
    if (patient.entity === "Chondrosarcoma") expect(patient.ageYears).toBeGreaterThanOrEqual(22);
    expect(places[patient.site].map(({ place }) => place)).toContain(patient.place);
  }
});

test("dates lie between 2000 and 2021, radiographs before the diagnosis, one id for one patient", () => {
  expect(new Set(study.map(({ id }) => id)).size).toBe(809);
  for (const patient of study) {
    expect(patient.diagnosisDate <= "2021-12-31").toBe(true);
    for (const { date } of patient.examinations) {
      expect(date >= "2000-01-01" && date <= patient.diagnosisDate).toBe(true);
    }
  }
});

test("the same seed gives the same patients, another seed others", () => {
  expect(phantomPatients({ patients: 50, seed: 7 })).toEqual(phantomPatients({ patients: 50, seed: 7 }));
  expect(phantomPatients({ patients: 50, seed: 8 })).not.toEqual(phantomPatients({ patients: 50, seed: 7 }));
});

test("new patients have ids of their own, and come after the centre's years", () => {
  const known = new Set<string>(study.map(({ id }) => id));
  for (const { id, examinations } of undiagnosedPatients({ patients: 50, seed: 41 })) {
    expect(known.has(id)).toBe(false);
    for (const { date } of examinations) expect(date > "2021-12-31" && date < "2024-01-01").toBe(true);
  }
});

test.each([0, -1, 2.5, Number.NaN, 10000])("%s patients are refused", (patients) => {
  expect(() => phantomPatients({ patients, seed: 1 })).toThrow(OsteonError);
});
