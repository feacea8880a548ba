import { expect, test } from "vitest";
import { buildCohort } from "../../../clinic/cohorts/build-cohort.ts";
import { parseCohortDefinition } from "../../../clinic/cohorts/definition.ts";
import { gatherSubjects } from "../../../clinic/cohorts/subject.ts";
import { imageId, type PatientId, patientId } from "../../../clinic/ids.ts";
import type { StoredImage } from "../../../store/index.ts";
import { auditSplit, linkedMembers, type SplitSources, splitCohort } from "./split-cohort.ts";

/** A radiograph of a patient of its own; what shows what, by image. */
const image = (id: string, more: Partial<StoredImage> = {}): StoredImage =>
  ({
    id: imageId(id),
    patient: patientId(`patient of ${id}`),
    pixelHash: `samples of ${id}`,
    studyInstanceUid: null,
    perceptualHash: null,
    nearDuplicateOf: null,
    origin: "internal",
    ...more,
  }) as StoredImage;

const sourcesOf = (images: readonly StoredImage[], samePerson: SplitSources["samePerson"] = []): SplitSources => {
  const cases = images.map(({ patient, id }) => ({ patient, case: id, treatments: [], followUps: [] }));
  const shown = images.map(({ id, patient }) => ({ image: id, patient, origin: "internal" as const }));
  const subjects = gatherSubjects({ patients: [], cases }, shown);
  return { subjects: new Map(subjects.map((one) => [one.patient, one])), images, samePerson };
};

/** Of everybody but some. */
const cohortOf = ({ subjects }: SplitSources, without: readonly PatientId[] = []) =>
  buildCohort(
    parseCohortDefinition(
      JSON.stringify({
        format: "osteon-cohort",
        version: 1,
        name: "test",
        title: "Test",
        start: "All",
        criteria: [{ exclude: { known: ["sex"] }, reason: "no" }],
      }),
    ),
    [...subjects.values()].filter(({ patient }) => !without.includes(patient)),
  );

test("a copy of a copy is linked with the first, also where the one between is not in the cohort", () => {
  const [a, b, c] = [
    image("a"),
    image("b", { nearDuplicateOf: imageId("a") }),
    image("c", { nearDuplicateOf: imageId("b") }),
  ];
  const sources = sourcesOf([a, b, c]);
  const cohort = cohortOf(sources, [b.patient]);
  expect(linkedMembers(cohort, sources)).toEqual([[a.patient, c.patient]]);
  const leaks = auditSplit(cohort, { parts: { train: [a.patient], test: [c.patient] }, folds: [] }, sources);
  expect(leaks).toMatchObject([{ kind: "near-duplicate", parts: ["train", "test"], images: ["a", "c"] }]);
});

test("who is linked stays together, and the audit of such a split finds nothing", () => {
  const images = Array.from({ length: 24 }, (_, i) =>
    image(`i${i}`, i % 6 === 1 ? { nearDuplicateOf: imageId(`i${i - 1}`) } : {}),
  );
  const sources = sourcesOf(images, [[images[3]!.patient, images[4]!.patient]]);
  const cohort = cohortOf(sources);
  for (let seed = 0; seed < 20; seed++) {
    const split = splitCohort(cohort, { parts: { train: 0.5, test: 0.5 }, seed }, { ...sources, by: "entity" });
    expect(auditSplit(cohort, split, sources)).toEqual([]);
  }
});
