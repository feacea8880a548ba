import { expect, test } from "vitest";
import { unknownAcquisition } from "../../store/index.ts";
import { acquisitionFacts } from "./acquisition-facts.ts";

test("a file that says nothing leaves everything open", () => {
  expect(acquisitionFacts({})).toEqual(unknownAcquisition);
});

test("the acquisition's date goes before the study's, and only days of the calendar are dates", () => {
  const dateOf = (AcquisitionDate: string, StudyDate: string): string | null =>
    acquisitionFacts({ AcquisitionDate, StudyDate }).acquisitionDate;
  expect(dateOf("20190401", "20190331")).toBe("2019-04-01");
  expect(dateOf("20190230", "1989.03.31")).toBe("1989-03-31");
  expect(dateOf("2019", "unknown")).toBeNull();
  expect(dateOf("00000000", "20191301")).toBeNull();
});

test("the image's side goes before the series', and what is no UID is not kept as one", () => {
  const facts = acquisitionFacts({
    ImageLaterality: "L",
    Laterality: "R",
    SOPInstanceUID: "1.2.840.1",
    StudyInstanceUID: "Miller 1.2",
  });
  expect([facts.laterality, facts.sopInstanceUid, facts.studyInstanceUid]).toEqual(["L", "1.2.840.1", null]);
});
