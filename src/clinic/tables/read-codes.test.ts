import { expect, test } from "vitest";
import { readGrade, readIcd10, readMorphology, readTnm, readTnmPart, readTopography } from "./read-codes.ts";

test.each([
  ["C40.2", "C40.2"],
  ["c40.2", "C40.2"],
  ["C402", "C40.2"],
  ["C40,2", "C40.2"],
  ["C40.2 G L", "C40.2"],
  ["D16", "D16"],
  ["M85.55", "M85.55"],
  ["C98.1", undefined],
  ["C4O.2", undefined],
  ["40.2", undefined],
  ["C40.2.1", undefined],
])("the ICD-10 code %j", (text, value) => {
  expect(readIcd10(text).value).toBe(value);
});

test.each([
  ["9180/3", "9180/3"],
  ["M9180/3", "9180/3"],
  ["91803", "9180/3"],
  ["9180/7", undefined],
  ["1234/3", undefined],
  ["9180", undefined],
])("the morphology %j", (text, value) => {
  expect(readMorphology(text).value).toBe(value);
});

test("topographies are those of ICD-O", () => {
  expect(readTopography("c402").value).toBe("C40.2");
  expect(readTopography("C81.0").rules).toEqual(["invalid-icd-code"]);
});

test.each([
  ["2b", "t", "2b", undefined],
  ["T2b", "t", "2b", undefined],
  ["pT2B", "t", "2b", "p"],
  ["ypT1", "t", "1", "yp"],
  ["x", "t", "X", undefined],
  ["Tis", "t", "is", undefined],
  ["1", "n", "1", undefined],
  ["cM1b", "m", "1b", "c"],
] as const)("the part %j of a stage", (text, letter, part, prefix) => {
  expect(readTnmPart(text, letter).value).toEqual({ part, ...(prefix && { prefix }) });
});

test.each([
  ["5", "t"],
  ["N1", "t"],
  ["4", "n"],
  ["2", "m"],
  ["groß", "t"],
] as const)("%j is no %s", (text, letter) => {
  expect(readTnmPart(text, letter)).toEqual({ rules: ["invalid-tnm"] });
});

test("a whole stage in one cell", () => {
  expect(readTnm("pT2b N0 M0").value).toEqual({ prefix: "p", t: "2b", n: "0", m: "0" });
  expect(readTnm("T1aN0M0 G2").value).toEqual({ t: "1a", n: "0", m: "0" });
  expect(readTnm("T7 N0 M0").rules).toEqual(["invalid-tnm"]);
});

test("grades are 1 to 4", () => {
  expect(["G2", "2", "Grad II", "G5"].map((text) => readGrade(text).value)).toEqual([2, 2, 2, undefined]);
});

test("an ICD-10 code that its mark calls suspected is doubted, one called excluded is not taken", () => {
  expect(readIcd10("C40.2 L G")).toEqual({ value: "C40.2", rules: ["synonym"] });
  expect(readIcd10("C40.2 V")).toEqual({ value: "C40.2", rules: ["approximate-value"] });
  expect(readIcd10("C40.2 R A")).toEqual({ rules: ["invalid-icd-code"] });
});
