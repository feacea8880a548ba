import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storedImage } from "../../../../test/support/stored-image.ts";
import { patientId } from "../../../clinic/ids.ts";
import { encodeGreyPng } from "../../../imaging/grey-png.ts";
import { Random } from "../../../numeric/random.ts";
import { getRun, type Home, insertBatch, listRunEpochs, openHome, type StoredImage } from "../../../store/index.ts";
import { readOutcomes } from "../evaluation-outcomes.ts";
import { runStudy, type StudyReport } from "./run-study.ts";
import { parseStudyPlan, readStudyPlan } from "./study-plan.ts";
import { studyTables, tablesAsText } from "./study-tables.ts";

const side = 36;
const now = () => new Date("2026-01-02T03:04:05Z");

/** Bars across or along. */
const drawBars = (isAcross: boolean, at: number): Float32Array => {
  const random = new Random(2, "bars", at);
  const phase = random.uniform(0, 8);
  return Float32Array.from({ length: side * side }, (_, i) => {
    const along = isAcross ? i % side : Math.floor(i / side);
    return 0.5 + 0.4 * Math.sin((2 * Math.PI * (along + phase)) / 8) + random.uniform(-0.08, 0.08);
  });
};

/** Twenty patients with one radiograph, and eight with two; every second one has bars across. */
const images = Array.from({ length: 36 }, (_, i): StoredImage => {
  const patient = i < 20 ? i : 20 + Math.floor((i - 20) / 2);
  return storedImage(`image-${i}`, {
    patient: patientId(`Person-${String(patient).padStart(2, "0")}`),
    entity: patient % 2 === 0 ? "Osteochondroma" : "Osteosarcoma",
    width: side,
    height: side,
    ageYears: 20 + patient,
  });
});

let folder: string;
let home: Home;
let report: StudyReport;
const resumed: number[] = [];

const plan = readStudyPlan({ shuffles: 2, folds: 0, search: 0, epochs: 4, imageSize: 32, seed: 3 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-study-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: now().toISOString(), create: true });
  await insertBatch(home.database, { images, duplicates: [], quarantined: [] });
  for (const [i, { id, entity }] of images.entries()) {
    const pixels = drawBars(entity === "Osteochondroma", i).map((value) => Math.min(1, Math.max(0, value)));
    await home.files.writePicture(id, await encodeGreyPng({ width: side, height: side, pixels }));
  }
  const breaking = new AbortController();
  const broken = runStudy(home, { plan, now, signal: breaking.signal, onNetwork: () => breaking.abort() });
  await expect(broken).rejects.toMatchObject({ code: "interrupted" });
  report = await runStudy(home, { plan, now, onResume: (done) => resumed.push(done) });
}, 600_000);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a study", () => {
  test("that was broken off goes on behind the network that it had finished, in the same run", async () => {
    expect(resumed).toEqual([1]);
    const { state, system } = await getRun(home.database, report.run);
    expect([state, system]).toEqual(["finished", "precedents/study"]);
    const epochs = await listRunEpochs(home.database, report.run);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]); // two models in two shuffles, and five parts
  });

  test("has the table of the original, each figure with its interval, and tells bars apart", () => {
    const tested = report.measures.scores.filter(({ part }) => part === "test");
    expect(tested.map(({ model }) => model)).toEqual(["resnet", "transformer", "recommender"]);
    for (const { accuracy, precision, recall } of tested)
      for (const { value, interval, byShuffle, deviation } of [accuracy, precision, recall]) {
        expect(byShuffle).toHaveLength(2);
        expect(deviation).not.toBeNull();
        expect(interval![0]).toBeLessThanOrEqual(value);
        expect(interval![1]).toBeGreaterThanOrEqual(value);
      }
    expect(report.measures.leaveOneOut!.readings[0]!.figure.value).toBeGreaterThan(0.7);
    expect(report.measures.differences).toHaveLength(3);
    expect(report.measures.significance.map(({ pairs }) => pairs.length)).toEqual([3, 3, 3]);
    expect(report.description.labels.map(({ patients }) => patients)).toEqual([14, 14]);
    expect(report.description.labels[0]!.tested).toEqual([3, 3]);
    const text = tablesAsText(studyTables(report));
    for (const part of ["92.86 ± 0.59", "strict majority", "Leave one patient out", "Shapiro-Wilk W(28)"])
      expect(text).toContain(part);
  });

  test("never finds a patient's own radiographs where they are excluded", async () => {
    expect(report.measures.leaveOneOut!.siblings).toMatchObject({ queries: 16, references: 35, foundWhenExcluded: 0 });
    const outcomes = await readOutcomes(home.files, report.run);
    expect(outcomes.map(({ image }) => image)).toEqual(images.map(({ id }) => id).sort());
    for (const { patient, hashed, exact } of outcomes)
      for (const list of [hashed, exact]) expect(list.map((one) => one.patient)).not.toContain(patient);
  });

  test("writes a report with figures 5 and 6, which names nobody and fetches nothing", async () => {
    const read = async (name: string) => new TextDecoder().decode(await home.files.readArtefact(report.run, name));
    const page = await read("report.html");
    expect(page).toContain("Figure 5. Osteochondroma");
    expect(page).toContain("Figure 6. Osteosarcoma");
    expect(page).not.toMatch(/Person-|image-\d|<script|https?:\/\/(?!www\.w3\.org)/);
    expect(await read("figure-5.svg")).toContain("data:image/png;base64,");
  });
});

test("what cannot be done as planned is refused in a sentence", async () => {
  const run = (told: object) => runStudy(home, { plan: readStudyPlan({ ...plan, ...told }), now });
  await expect(run({ crops: ["segmented"] })).rejects.toThrow("No lesion is marked");
  await expect(run({ labels: ["Osteosarcoma", "Chordoma"] })).rejects.toThrow("two values");
  await expect(run({ target: "region" })).rejects.toThrow("two values");
});

test("a plan that is none says where", () => {
  expect(() => parseStudyPlan("{")).toThrow("no JSON");
  expect(() => readStudyPlan({ shuffles: 0 })).toThrow('"shuffles"');
  expect(() => readStudyPlan({ shuffle: 3 })).toThrow("cannot be read");
  expect(() => readStudyPlan({ models: ["transformer"] })).toThrow('leaves "resnet" out');
  expect(() => readStudyPlan({ crops: ["whole", "whole"] })).toThrow("twice");
});
