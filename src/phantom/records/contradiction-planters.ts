/** Facts that cannot all be right, one planter for each kind; the values are well written, only they do not go together. */
import type { ContradictionRule } from "../../clinic/findings.ts";
import { type EntityTerm, entityTerm, entityTerms } from "../../clinic/vocabulary/entities.ts";
import type { Random } from "../../numeric/random.ts";
import { lastDayOfRecords } from "./course.ts";
import { addDays, daysBetween } from "./days.ts";
import type { Chart } from "./his-rows.ts";
import { type Carrier, dayCell, diagnosedOn, type Planted, type Planter, setCell } from "./plant.ts";
import { type AnyRow, copyRow } from "./table-row.ts";
import { entityCell, malignancyCell, positionCell, sexCell, sideCell } from "./word-choice.ts";

type Plant = (chart: Chart, random: Random, charts: readonly Chart[]) => Planted | undefined;

/** A contradiction within the patient's only case. */
const inCase = (
  rule: ContradictionRule,
  carrier: Carrier,
  plant: (chart: Chart, random: Random) => boolean,
): Planter => ({
  rule,
  carrier,
  plant: (chart, random) =>
    plant(chart, random) ? { contradiction: { rule, case: chart.patient.cases[0]!.case } } : undefined,
});

/** A second row that says otherwise. */
const inSecondRow = (rule: ContradictionRule, carrier: Carrier, plant: Plant): Planter => ({ rule, carrier, plant });

/** Places in the middle of the body. */
const unsided = ["spine", "cervical spine", "thoracic spine", "lumbar spine", "sacrum", "coccyx", "sternum"];

/** Places without a shaft or ends. */
const withoutShaft = [
  ...unsided,
  "pelvis",
  "ilium",
  "ischium",
  "pubis",
  "acetabulum",
  "scapula",
  "patella",
  "skull",
  "abdominal wall",
  "thoracic wall",
  "head-neck region",
  "dorsum",
];

const behaviours = (term: EntityTerm) => [term.malignancy, ...(term.otherMalignancies ?? [])];

/** The visits are struck from the chart: nothing may be said of the patient after the false date. */
const strikeVisits = (chart: Chart): void => {
  chart.visitRows[0]!.length = 0;
  chart.patient = {
    ...chart.patient,
    cases: chart.patient.cases.map((one) => ({ ...one, followUps: [] })),
  };
};

const treatmentDates = (chart: Chart): string[] =>
  chart.patient.cases[0]!.treatments.flatMap(({ startDate }) => startDate ?? []).sort();

/** The planters; those that few patients suit come first. */
export const contradictionPlanters: readonly Planter[] = [
  inCase("site-side", "anyone", ({ patient, caseRows }, random) => {
    const { site, side } = patient.cases[0]!;
    if (side || !site || !unsided.includes(site)) return false;
    setCell(caseRows[0]!, "Seite", sideCell(random.pick(["left", "right"]), random));
    return true;
  }),
  inCase("death-before-treatment", "not of the study", (chart) => {
    const diagnosed = diagnosedOn(chart.patient.cases[0]!);
    const last = treatmentDates(chart).at(-1);
    if (chart.patient.record.deathDate || !diagnosed || !last || daysBetween(diagnosed, last) < 3) return false;
    strikeVisits(chart);
    setCell(chart.patientRow, "Sterbedatum", dayCell(addDays(last, -2)));
    return true;
  }),
  inCase("treatment-before-diagnosis", "not of the study", (chart, random) => {
    const diagnosed = diagnosedOn(chart.patient.cases[0]!);
    const { birthDate } = chart.patient.record;
    if (!diagnosed || !chart.caseRows[0]!.cells.Operationsdatum) return false;
    const early = addDays(diagnosed, -150 - random.integer(600));
    if (!birthDate || early < birthDate) return false;
    setCell(chart.caseRows[0]!, "Operationsdatum", dayCell(early));
    delete chart.caseRows[0]!.cells.Therapiebeginn;
    return true;
  }),
  inCase("follow-up-after-death", "not of the study", (chart, random) => {
    const visits = chart.patient.cases[0]!.followUps;
    const [from, to] = [visits.at(-2)?.date, visits.at(-1)?.date];
    if (chart.patient.record.deathDate || !from || !to || daysBetween(from, to) < 20) return false;
    setCell(chart.patientRow, "Sterbedatum", dayCell(addDays(from, 2 + random.integer(daysBetween(from, to) - 5))));
    return true;
  }),
  inCase("death-before-diagnosis", "not of the study", (chart, random) => {
    const diagnosed = diagnosedOn(chart.patient.cases[0]!);
    const { birthDate, deathDate } = chart.patient.record;
    if (!diagnosed || deathDate || treatmentDates(chart).length > 0) return false;
    const death = addDays(diagnosed, -20 - random.integer(700));
    if (birthDate && death < birthDate) return false;
    strikeVisits(chart);
    setCell(chart.patientRow, "Sterbedatum", dayCell(death));
    return true;
  }),
  inSecondRow("death-date-conflict", "not of the study", ({ patient, patientRow, visitRows }, random) => {
    const death = patient.record.deathDate;
    const other = death && addDays(death, 5 + random.integer(200));
    if (!other || other > lastDayOfRecords || visitRows[0]!.length === 0) return undefined;
    const row = copyRow(patientRow);
    setCell(row, "Sterbedatum", dayCell(other));
    return {
      contradiction: { rule: "death-date-conflict" },
      added: { table: "patients", after: patientRow as AnyRow, row: row as AnyRow },
    };
  }),
  inCase("site-position", "anyone", ({ patient, caseRows }, random) => {
    const { site, position } = patient.cases[0]!;
    if (position || !site || !withoutShaft.includes(site)) return false;
    setCell(caseRows[0]!, "Position", positionCell(random.pick(["diaphyseal", "metaphyseal", "epiphyseal"]), random));
    return true;
  }),
  inCase("entity-malignancy", "not of the study", ({ patient, caseRows }, random) => {
    const { final, tnm } = patient.cases[0]!;
    const term = final && entityTerm(final.entity);
    if (!term || tnm) return false;
    const wrong = (["benign", "malignant"] as const).find(
      (one) => one !== final.malignancy && !behaviours(term).includes(one),
    );
    if (!wrong) return false;
    setCell(caseRows[0]!, "Dignität", malignancyCell(wrong, random));
    return true;
  }),
  inCase("entity-icd", "anyone", ({ patient, caseRows }, random) => {
    const { final, icd10, icdO3Morphology } = patient.cases[0]!;
    const term = final && entityTerm(final.entity);
    if (!term) return false;
    if (icdO3Morphology && random.chance(0.4)) {
      const others = entityTerms.flatMap((one) => one.icdO3).filter((code) => !term.icdO3.includes(code));
      setCell(caseRows[0]!, "ICD-O-3 Morphologie", { value: random.pick(others) });
      return true;
    }
    if (!icd10) return false;
    const others = ["S72.0", "M17.1", "I10.0", "E11.9", "K35.8", "C50.9", "M54.5", "J45.0"].filter(
      (code) => !term.icd10.some((own) => code.startsWith(own)),
    );
    setCell(caseRows[0]!, "ICD-10", { value: random.pick(others) });
    return true;
  }),
  inCase("benign-tnm", "anyone", ({ patient, caseRows }, random) => {
    const { final, tnm } = patient.cases[0]!;
    if (tnm || final?.malignancy !== "benign") return false;
    const [row] = caseRows;
    setCell(row!, "T", { value: random.pick(["pT1", "T2", "cT1"]), rule: "synonym" });
    setCell(row!, "N", { value: "N0", rule: "synonym" });
    setCell(row!, "M", { value: "M0", rule: "synonym" });
    return true;
  }),
  inCase("follow-up-before-diagnosis", "anyone", ({ patient, visitRows }, random) => {
    const [one] = patient.cases;
    const diagnosed = diagnosedOn(one!);
    const [first] = visitRows[0]!;
    if (!diagnosed || !first || visitRows[0]!.length < 3) return false;
    const early = addDays(diagnosed, -60 - random.integer(700));
    setCell(first, "visit date", { value: new Date(early) });
    delete first.cells["months since diagnosis"];
    return true;
  }),
  inCase("age-birth-date", "anyone", ({ patient, caseRows }, random) => {
    const { ageYears } = patient.cases[0]!;
    if (ageYears === undefined || !patient.record.birthDate || !diagnosedOn(patient.cases[0]!)) return false;
    const off = 5 + random.integer(20);
    setCell(caseRows[0]!, "Alter", {
      value: String(ageYears >= off + 2 && random.chance(0.5) ? ageYears - off : ageYears + off),
    });
    return true;
  }),
  inCase("birth-after-diagnosis", "not of the study", (chart, random) => {
    const { birthDate, deathDate } = chart.patient.record;
    const [one] = chart.patient.cases;
    const diagnosed = diagnosedOn(one!);
    if (!birthDate || deathDate || !diagnosed) return false;
    setCell(chart.patientRow, "Geburtsdatum", dayCell(addDays(diagnosed, 30 + random.integer(1000))));
    delete chart.caseRows[0]!.cells.Alter;
    return true;
  }),
  inSecondRow("sex-conflict", "not of the study", ({ patient, patientRow }, random) => {
    const { sex } = patient.record;
    if (!sex) return undefined;
    const row = copyRow(patientRow);
    setCell(row, "Geschlecht", sexCell(sex === "female" ? "male" : "female", random));
    return {
      contradiction: { rule: "sex-conflict" },
      added: { table: "patients", after: patientRow as AnyRow, row: row as AnyRow },
    };
  }),
  inSecondRow("birth-date-conflict", "not of the study", ({ patient, patientRow }, random) => {
    const { birthDate } = patient.record;
    if (!birthDate) return undefined;
    const row = copyRow(patientRow);
    setCell(row, "Geburtsdatum", dayCell(addDays(birthDate, -1 - random.integer(4000))));
    return {
      contradiction: { rule: "birth-date-conflict" },
      added: { table: "patients", after: patientRow as AnyRow, row: row as AnyRow },
    };
  }),
  inSecondRow("diagnosis-conflict", "no tumour of bone", ({ patient, caseRows }, random) => {
    const [one] = patient.cases;
    if (!one?.final) return undefined;
    const [first] = caseRows;
    const entity = random.pick(
      ["Lipoma", "Liposarcoma", "Myxoma", "Haemangioma", "Schwannoma"].filter((name) => name !== one.final!.entity),
    );
    const row = copyRow(first!);
    setCell(row, "Endgültige Diagnose", entityCell(entity, random));
    return {
      contradiction: { rule: "diagnosis-conflict", case: one.case },
      added: { table: "cases", after: first as AnyRow, row: row as AnyRow },
    };
  }),
  inSecondRow("case-conflict", "no tumour of bone", ({ patient, caseRows }, random, charts) => {
    const [one] = patient.cases;
    const other = random.pick(charts).patient.record.patient;
    if (other === patient.record.patient || !one) return undefined;
    const [first] = caseRows;
    const row = copyRow(first!);
    setCell(row, "Patientennummer", { value: other });
    return {
      contradiction: { rule: "case-conflict", case: one.case, otherPatient: other },
      added: { table: "cases", after: first as AnyRow, row: row as AnyRow },
    };
  }),
];
