import { expect, test } from "vitest";
import { entities } from "../../clinic/entities.ts";
import { Random } from "../../numeric/random.ts";
import { drawRadiograph } from "../draw-radiograph.ts";
import type { Implant, PhantomPatient } from "../patient.ts";
import { phantomPatient, phantomPatients } from "../phantom-patients.ts";
import { implantFor } from "./implant-for.ts";

const at = (place: string, region: string, implant?: Implant): PhantomPatient => ({
  ...phantomPatient(
    "T0001",
    { entity: "Osteosarcoma", site: place.startsWith("humerus") ? "humerus" : "femur" },
    new Random(5),
  ),
  place,
  region,
  examinations: [
    { date: "2010-05-05", study: 1, view: "AP" },
    { date: "2010-09-05", study: 2, view: "AP", stage: "postoperative", ...(implant ? { implant } : {}) },
  ],
});

/** Share of the picture that is another by a seventh of the full scale after the operation than on the bone without a tumour. */
const changedShare = (patient: PhantomPatient): number => {
  const shown = (examination: PhantomPatient["examinations"][number]): number[] => {
    const examinations = [patient.examinations[0]!, examination];
    const { stored, bitsStored, photometric } = drawRadiograph({ ...patient, examinations }, 1, {
      withoutLesion: true,
    });
    const top = 2 ** bitsStored - 1;
    return Array.from(stored, (value) => (photometric === "MONOCHROME1" ? top - value : value) / top);
  };
  const after = shown(patient.examinations[1]!);
  const { date, study, view } = patient.examinations[1]!;
  const before = shown({ date, study, view });
  return after.filter((value, i) => Math.abs(value - before[i]!) > 1 / 7).length / after.length;
};

const cases: readonly (readonly [string, string, Implant])[] = [
  ["femur distal metaphysis", "Knee", "knee endoprosthesis"],
  ["femur proximal metaphysis", "Hip", "hip endoprosthesis"],
  ["humerus proximal metaphysis", "Shoulder", "shoulder endoprosthesis"],
  ["femur diaphysis", "Femur", "intramedullary nail"],
  ["femur diaphysis", "Femur", "plate"],
];

test.each(cases)(
  "after an operation at the %s the tumour is gone and metal is there (%s, %s)",
  (place, region, implant) => {
    const patient = at(place, region, implant);
    expect(drawRadiograph(patient, 0).box[2]).toBeGreaterThan(0);
    const after = drawRadiograph(patient, 1);
    expect(after.box).toEqual([0, 0, 0, 0]);
    expect(after.mask.some((value) => value > 0)).toBe(false);
    expect(changedShare(patient)).toBeGreaterThan(0.01);
  },
);

test("every entity on every bone can be operated", () => {
  const seen = new Set<Implant>();
  for (const patient of phantomPatients({ patients: 160, seed: 3 })) {
    const implant = implantFor(patient);
    if (seen.has(implant)) continue;
    seen.add(implant);
    const operated = {
      ...patient,
      examinations: [{ date: "2011-01-01", study: 1, view: "lateral", stage: "postoperative" }],
    } as const;
    const { stored, mask, bitsStored } = drawRadiograph(operated, 0);
    expect(mask.every((value) => value === 0)).toBe(true);
    expect(stored.every((value) => value < 2 ** bitsStored)).toBe(true);
    expect(new Set(stored).size).toBeGreaterThan(50);
  }
  expect(seen.size).toBeGreaterThanOrEqual(6);
  expect(entities.every(({ entity }) => implantFor({ entity, site: "hand", place: "metacarpal ring", seed: 1 }))).toBe(
    true,
  );
}, 30_000);
