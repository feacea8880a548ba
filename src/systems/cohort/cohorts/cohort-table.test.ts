import { expect, test } from "vitest";
import { imageId, patientId } from "../../../clinic/ids.ts";
import type { CaseRecord } from "../../../clinic/records.ts";
import { cohortRow, cohortTable } from "./cohort-table.ts";

const of: CaseRecord = {
  patient: patientId("P1"),
  case: "F1",
  preliminary: { entity: "Osteosarcoma" },
  final: { entity: "Enchondroma", date: "2010-02" },
  tnm: { prefix: "c", t: "1", m: "0" },
  treatments: [{ kind: "surgery" }, { kind: "chemotherapy" }],
  followUps: [{ date: "2012-05-01", status: "stable disease" }],
};
const member = { patient: of.patient, case: of, images: [imageId("a"), imageId("b")] };

test("a row holds what is known of the member's case, months of follow-up also where only dates are", () => {
  expect(cohortRow(member, undefined)).toMatchObject({
    entity: "Enchondroma",
    preliminaryEntity: "Osteosarcoma",
    tnm: "cT1 M0",
    treatments: "surgery, chemotherapy",
    outcome: "stable disease",
    followUpMonths: 27,
    radiographs: 2,
    sex: undefined,
  });
});

test("what is known later is left out, with its heading", () => {
  const [heading, row] = cohortTable([member], new Map(), "imaging");
  expect(row).toHaveLength(heading!.length);
  expect(heading).toContain("preliminaryEntity");
  for (const later of ["entity", "malignancy", "icd10", "tnm", "treatments", "outcome"])
    expect(heading).not.toContain(later);
  expect(row).not.toContain("Enchondroma");
});
