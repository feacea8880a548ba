import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { untrainedModel } from "../../../test/support/untrained-model.ts";
import { imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import { resNetFeatureLength } from "../../models/resnet.ts";
import { matrixOfRows } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { precedentIndexParts, readPrecedentIndex } from "../../retrieval/index-file.ts";
import { openSharedIndex } from "../../retrieval/shared-index.ts";
import { HomeFiles } from "../../store/files.ts";
import { type StoredImage, unknownAcquisition } from "../../store/index.ts";
import {
  familiarityName,
  indexName,
  lesionBoxesName,
  lesionIndexName,
  lesionPastLinksName,
  modelName,
  pastLinksName,
} from "./artefacts.ts";
import type { ArchiveFact, NeighbourFilters } from "./asked-positions.ts";
import { encodeFamiliarity } from "./familiarity.ts";
import { indexFeatures } from "./index-features.ts";
import { LinkEngine } from "./link-engine.ts";
import { encodePrecedentsModel } from "./model.ts";
import { encodePastLinks, linkArchive } from "./past-links.ts";

/** Forty patients with two radiographs each; every other patient's lesions are marked. */
const images: readonly StoredImage[] = Array.from({ length: 80 }, (_, i) => ({
  ...unknownAcquisition,
  id: imageId(`image ${i}`),
  fileId: `file ${i}`,
  exposure: null,
  patient: patientId(`P${i >> 1}`),
  sourcePatient: null,
  nameFolder: null,
  fileName: `${i}.png`,
  format: "png",
  pixelHash: `pixels ${i}`,
  colourfulness: 0,
  width: 64,
  height: 64,
  modality: null,
  origin: "internal",
  perceptualHash: null,
  geometry: null,
  nearDuplicateOf: null,
  label: null,
  entity: ["Chordoma", "Osteosarcoma", null][(i >> 1) % 3]!,
  region: null,
  ageYears: 5 + (i >> 1),
  sex: (i >> 1) % 2 === 0 ? "female" : "male",
  site: ["femur", "tibia", "hand"][(i >> 1) % 3]!,
  position: null,
}));
const marked = images.filter(({ patient }) => Number(patient.slice(1)) % 2 === 0);
const facts = images.map(
  ({ id, patient, entity, ageYears, sex, site }): ArchiveFact => ({
    image: id,
    patient,
    label: entity,
    ageYears,
    sex,
    site,
    acquiredOn: null,
    isFinal: null,
    diagnosedOn: null,
  }),
);

const readIndex = async (files: HomeFiles) =>
  openSharedIndex(await files.readThroughArtefact("index", indexName, (file) => readPrecedentIndex(file)));

let root: string;
let engine: LinkEngine;
const runs = { model: "train", index: "index", evaluation: null };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "osteon-engine-"));
  const files = new HomeFiles(root);
  for (const run of ["train", "index"]) await mkdir(join(root, "runs", run), { recursive: true });
  const model = untrainedModel("train", { imageSizes: [32], sourceSize: 32, bits: 64 });
  const random = new Random(3, "features");
  const featuresOf = (count: number) =>
    matrixOfRows(
      Array.from({ length: count }, () => Array.from({ length: resNetFeatureLength }, () => Math.abs(random.normal()))),
    );
  const whole = await indexFeatures(model, { images, features: featuresOf(images.length) });
  const lesions = await indexFeatures(model, { images: marked, features: featuresOf(marked.length) });
  await files.writeArtefact("train", modelName, encodePrecedentsModel(model));
  await files.writeArtefact("index", familiarityName, encodeFamiliarity({ texture: null }));
  await files.writeArtefact("index", indexName, precedentIndexParts(whole));
  await files.writeArtefact("index", pastLinksName, encodePastLinks(linkArchive(whole, { seed: 1 })));
  await files.writeArtefact("index", lesionIndexName, precedentIndexParts(lesions));
  await files.writeArtefact("index", lesionPastLinksName, encodePastLinks(linkArchive(lesions, { seed: 1 })));
  const box = { x: 1, y: 2, width: 30, height: 40 };
  await files.writeArtefact("index", lesionBoxesName, JSON.stringify(marked.map(({ id }) => [id, box])));
  engine = await LinkEngine.open(files, runs, { threads: 1 });
  engine.know(facts);
});
afterAll(async () => {
  await engine.release();
  await rm(root, { recursive: true, force: true });
});

const anyFeatures = fc.integer().map((seed) => {
  const random = new Random(seed, "query");
  return Float32Array.from({ length: resNetFeatureLength }, () => Math.abs(random.normal()));
});
const anyFilters: fc.Arbitrary<NeighbourFilters> = fc.record({
  ageYears: fc.option(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 10, max: 60 }))),
  sex: fc.option(fc.constantFrom("female", "male", "other")),
  site: fc.option(fc.constantFrom("femur", "tibia", "ulna")),
});

describe("a search", () => {
  test("never returns the query's own patients, under any filter, of whole images and of lesions", () => {
    fc.assert(
      fc.property(
        anyFeatures,
        anyFilters,
        fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 10 }),
        fc.record({ k: fc.integer({ min: 1, max: 50 }), exact: fc.boolean(), lesion: fc.boolean() }),
        (features, filters, own, { k, exact, lesion }) => {
          const excludePatients = new Set<PatientId>(own.map((number) => patientId(`P${number}`)));
          const found = engine.search(features, lesion ? "lesion" : "whole image", {
            k,
            exact,
            excludePatients,
            filters,
          });
          const patients = found.neighbours.map(({ patient }) => patient);
          expect(patients.filter((patient) => excludePatients.has(patient))).toEqual([]);
          expect(new Set(patients).size).toBe(patients.length);
          // Filters are applied before the ranking: as many come back as there are, up to k.
          expect(patients.length).toBe(Math.min(k, found.matching));
          for (const { image } of found.neighbours) {
            const { ageYears, sex, site } = facts.find((fact) => fact.image === image)!;
            if (filters.ageYears)
              expect(ageYears! >= filters.ageYears[0] && ageYears! <= filters.ageYears[1]).toBe(true);
            if (filters.sex !== null) expect(sex).toBe(filters.sex);
            if (filters.site !== null) expect(site).toBe(filters.site);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  const query = Float32Array.from({ length: resNetFeatureLength }, (_, i) => (i % 7) / 7);
  const all = { k: 5, excludePatients: new Set<PatientId>() };

  test("of lesions names the boxes that were compared; of whole images none", () => {
    expect(engine.search(query, "lesion", all).neighbours.every(({ box }) => box?.width === 30)).toBe(true);
    expect(engine.search(query, "whole image", all).neighbours.every(({ box }) => box === null)).toBe(true);
    expect(engine.lesionPatients(all)).toBe(20);
    expect(engine.lesionPatients({ excludePatients: new Set([patientId("P0"), patientId("P1")]) })).toBe(19);
  });

  test("says how certain such votes were only where all patients are asked", () => {
    const filters: NeighbourFilters = { ageYears: null, sex: "female", site: null };
    expect(engine.search(query, "whole image", { ...all, filters }).certainty).toBeNull();
    const found = engine.search(query, "whole image", { ...all, k: 1 });
    expect(found.past).toEqual({ basis: "learned", patients: 40 });
    if (found.vote) expect(found.certainty?.patients).toBeGreaterThan(5);
  });

  test("refers only to earlier patients with a final diagnosis where that is asked, and says how many it left out", () => {
    const dated = facts.map((fact, i) => ({
      ...fact,
      acquiredOn: `20${String(10 + (i >> 3)).padStart(2, "0")}-05-01`, // four patients a year, 2010 to 2019
      isFinal: i >> 1 === 1 ? false : null, // P1 has a label, and tables that leave it open
    }));
    engine.know(dated);
    const references = { before: "2015-01-01", final: true };
    const found = engine.search(query, "whole image", { ...all, k: 50, references });
    const allowed = new Set(
      dated
        .filter(({ acquiredOn, label, isFinal }) => acquiredOn < "2015-01-01" && label !== null && isFinal !== false)
        .map(({ patient }) => patient),
    );
    expect(new Set(found.neighbours.map(({ patient }) => patient))).toEqual(allowed);
    expect(found.matching).toBe(allowed.size);
    const open = dated.filter(({ label, isFinal }) => label === null || isFinal === false);
    expect(found.leftOut.open).toBe(new Set(open.map(({ patient }) => patient)).size);
    expect(found.leftOut.open + found.leftOut.later + allowed.size).toBe(40);
    const own = new Set([...allowed].slice(0, 2));
    expect(engine.search(query, "whole image", { ...all, excludePatients: own, references }).matching).toBe(
      allowed.size - 2,
    );
    engine.know(facts);
  });

  test("has a patient's other radiographs behind the nearest one, measured alike", () => {
    const found = engine.search(query, "whole image", { ...all, exact: true });
    for (const { image, patient, cosineDistance, others } of found.neighbours) {
      const theirs = images.filter((one) => one.patient === patient && one.id !== image);
      expect(others.map((other) => other.image)).toEqual(theirs.map(({ id }) => id));
      for (const other of others) expect(other.cosineDistance).toBeGreaterThanOrEqual(cosineDistance);
    }
  });

  test("promises nothing by patients from whom the network has learned", () => {
    expect(engine.search(query, "whole image", all)).toMatchObject({
      prediction: null,
      predictionProblem: { code: "no-held-out" },
      far: null,
    });
  });

  test("goes by what the archive knows now: whose a radiograph is, and what it shows", () => {
    const [nearest] = engine.search(query, "whole image", all).neighbours;
    engine.know(
      facts.map((fact) => (fact.image === nearest!.image ? { ...fact, patient: patientId("Q"), label: "New" } : fact)),
    );
    expect(engine.search(query, "whole image", all).neighbours[0]).toMatchObject({ patient: "Q", label: "New" });
    const excludePatients = new Set([patientId("Q")]);
    const others = engine.search(query, "whole image", { ...all, excludePatients }).neighbours;
    expect(others.map(({ image }) => image)).not.toContain(nearest!.image);
    engine.know(facts);
  });

  test("gives the same by indexes that another thread has read", async () => {
    const other = await LinkEngine.open(new HomeFiles(root), runs, { threads: 1, shared: engine.shared });
    other.know(facts);
    expect(other.search(query, "lesion", all)).toEqual(engine.search(query, "lesion", all));
    expect(other.shared.whole.directions.values.buffer).toBe(engine.shared.whole.directions.values.buffer);
    await other.release();
  });
});

test("by patients whom the network was kept from it is told what cannot be ruled out, of new patients alone", async () => {
  const files = new HomeFiles(root);
  await mkdir(join(root, "runs", "held"), { recursive: true });
  const heldOut = new Set(
    images
      .filter(({ entity }) => entity !== null)
      .map(({ patient }) => patient)
      .slice(0, 24),
  );
  const index = await readIndex(files);
  await files.writeArtefact("held", familiarityName, encodeFamiliarity({ texture: null }));
  await files.writeArtefact("held", indexName, precedentIndexParts(index));
  await files.writeArtefact("held", pastLinksName, encodePastLinks(linkArchive(index, { seed: 1, heldOut })));
  const other = await LinkEngine.open(files, { ...runs, index: "held" }, { threads: 1 });
  other.know(facts);
  const query = Float32Array.from({ length: resNetFeatureLength }, (_, i) => (i % 5) / 5);
  const options = { k: 5, excludePatients: new Set<PatientId>() };
  const { prediction, past } = other.search(query, "whole image", options);
  expect(past).toEqual({ basis: "held-out", patients: heldOut.size });
  expect(prediction).toMatchObject({ coverage: 0.9, patients: heldOut.size });
  expect(prediction!.labels.map(({ label }) => label).sort()).toEqual(["Chordoma", "Osteosarcoma"]); // noise: nothing can be ruled out
  // Filters choose whom to look at; what is promised stays as it is.
  const filters: NeighbourFilters = { ageYears: null, sex: "female", site: null };
  expect(other.search(query, "whole image", { ...options, filters }).prediction).toEqual(prediction);
  const own = new Set([patientId("P5")]);
  expect(other.search(query, "whole image", { ...options, excludePatients: own }).predictionProblem?.code).toBe(
    "own-patient-known",
  );
  const sure = { ...options, wish: { coverage: 0.99, byLabel: false } };
  expect(other.search(query, "whole image", sure).predictionProblem?.code).toBe("too-few-held-out");
  await other.release();
});

test("a past patient is linked by a radiograph of which it is known what it shows, where there is one", async () => {
  const index = await readIndex(new HomeFiles(root));
  const entries = index.entries.map((entry, i) => (i % 2 === 0 ? { ...entry, label: null } : entry));
  const { links } = linkArchive({ ...index, entries }, { seed: 1 });
  const labelled = new Set(entries.filter(({ label }) => label !== null).map(({ patient }) => patient));
  expect(links.filter(({ label }) => label !== null)).toHaveLength(labelled.size);
});

test("the places of a picture add up to its similarity with a neighbour", async () => {
  const random = new Random(9, "picture");
  const picture = { width: 64, height: 48, pixels: Float32Array.from({ length: 64 * 48 }, () => random.next()) };
  const features = await engine.embed(picture);
  const [nearest] = engine.search(features, "whole image", { k: 1, excludePatients: new Set() }).neighbours;
  const other = engine.directionOf("whole image", nearest!.image)!;
  const { similarity, map } = await (await engine.maps()).draw(picture, { other, mean: engine.meanOf("whole image") });
  expect(similarity).toBeCloseTo(1 - nearest!.cosineDistance, 4);
  expect([map.columns, map.rows, map.values.length]).toEqual([48, 36, 48 * 36]);
  expect(Math.max(...map.values)).toBe(1);
  expect(engine.directionOf("lesion", imageId("image 2"))).toBeNull(); // P1's lesions are not marked
});
