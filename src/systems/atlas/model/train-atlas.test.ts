import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  drawStripePicture,
  fillLabelledClusters,
  keepStripePicture,
  type StripeKind,
} from "../../../../test/support/labelled-clusters.ts";
import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { imageId } from "../../../clinic/ids.ts";
import type { GreyImage } from "../../../imaging/grey-image.ts";
import { Random } from "../../../numeric/random.ts";
import {
  appendClusterActions,
  getRun,
  type Home,
  listImages,
  listRunEpochs,
  openHome,
  readArchiveImages,
} from "../../../store/index.ts";
import { AtlasExplainer } from "./atlas-explainer.ts";
import { atlasModelName, decodeAtlasModel } from "./atlas-model.ts";
import { readAtlasOutcomes } from "./atlas-outcomes.ts";
import { RegionSorter } from "./region-sorter.ts";
import { sortAfterImport, sortArchive } from "./sort-archive.ts";
import { type TrainAtlasReport, trainAtlas } from "./train-atlas.ts";
import { viewOf } from "./view-of.ts";

let folder: string;
let home: Home;
let clustering: string;
let report: TrainAtlasReport;
const resumed: number[] = [];
const now = () => new Date("2026-02-03T04:05:06Z");
const options = { preset: "small", epochs: 6, seed: 3, now } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-train-atlas-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: now().toISOString(), create: true });
  clustering = await fillLabelledClusters(home, 24);
  const stop = new AbortController();
  const broken = trainAtlas(home, {
    ...options,
    signal: stop.signal,
    onEpoch: ({ epoch }) => epoch === 8 && stop.abort(),
  });
  await expect(broken).rejects.toMatchObject({ code: "interrupted" });
  report = await trainAtlas(home, { ...options, onResume: (epochs) => resumed.push(epochs) });
}, 1_200_000);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const figureOf = (name: string) => report.figures.find((figure) => figure.name === name)!;

describe("a training that was broken off", () => {
  test("goes on as the same run, each network where it was, and says so", async () => {
    expect(resumed).toEqual([6, 8]); // the first network is done, the second has made two epochs
    const run = await getRun(home.database, report.run);
    expect(run).toMatchObject({ system: "atlas/train", state: "finished", finishedAt: now() });
    const epochs = await listRunEpochs(home.database, report.run);
    expect(epochs.map(({ epoch, network }) => [epoch, network])).toEqual(
      Array.from({ length: 60 }, (_, i) => [i + 1, Math.floor(i / 6) + 1]), // five to measure, five to sort,
    );
    expect(epochs.every(({ validation }) => validation !== null)).toBe(true);
  });

  test("leaves no checkpoint behind", async () => {
    const names = (await home.files.listArtefacts(report.run)).map(({ name }) => name);
    expect(names.sort()).toEqual(["atlas-outcomes.jsonl", "atlas.safetensors"]);
  });
});

describe("a trained atlas", () => {
  test("learned the regions of the labelled clusters, and what was discarded", async () => {
    expect(report).toMatchObject({ regions: ["Foot", "Hand", "Knee"], labelledClusters: 8, discardedClusters: 2 });
    const { card } = decodeAtlasModel(await home.files.readArtefact(report.run, atlasModelName));
    expect(card).toMatchObject({
      clustering,
      classes: ["Foot", "Hand", "Knee", discard],
      network: { name: "resnet18", imageSize: 32 },
      isPretrained: true,
      folds: 5,
    });
  });

  test("was tried on a fifth of the patients, half of whom are external, and on nobody whom it learned from", async () => {
    const outcomes = await readAtlasOutcomes(home.files, report.run);
    const of = (isHeld: boolean) =>
      new Set(outcomes.filter(({ side }) => (side === "hold-out") === isHeld).map(({ patient }) => patient));
    expect(of(true).intersection(of(false)).size).toBe(0);
    expect(of(true).size).toBe(report.testPatients);
    expect(report.testPatients / 96).toBeCloseTo(0.2, 1);
    expect(Math.abs(report.externalTestPatients / report.testPatients - 0.5)).toBeLessThan(0.15);
    expect(new Set(outcomes.map(({ side }) => side))).toEqual(new Set([1, 2, 3, 4, 5, "hold-out"]));
  });

  test("tells stripes from each other and rings from stripes, with intervals", () => {
    for (const name of ["top-1, hold-out", "top-1, validation", "discarded recognised, hold-out"]) {
      const { value, interval } = figureOf(name);
      expect([name, value]).toEqual([name, expect.closeTo(1, 0)]);
      expect(interval![0]).toBeLessThanOrEqual(value);
      expect(interval![1]).toBeGreaterThanOrEqual(value);
    }
    expect(figureOf("top-2, hold-out").value).toBeGreaterThanOrEqual(figureOf("top-1, hold-out").value);
    expect(report.confusion.labels).toContain(discard);
    expect(report.confusion.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(report.testRadiographs);
  });
});

describe("sorting", { timeout: 600_000 }, () => {
  test("puts the archive to regions, once, with what it is of no region", async () => {
    const sorted = await sortArchive(home, { now });
    const images = await listImages(home.database);
    expect(sorted).toMatchObject({ sorted: images.length, known: expect.any(Number) });
    const shown = await readArchiveImages(
      home.database,
      images.map(({ id }) => id),
    );
    const right = shown.filter(({ id, region }) => {
      const kind = images.find((image) => image.id === id)!.fileName.split("-")[0];
      return kind === discard ? region === null : region === kind;
    });
    expect(right.length / images.length).toBeGreaterThan(0.7);
    expect((await sortArchive(home, { now })).sorted).toBe(0);
    expect((await sortArchive(home, { now, again: true })).sorted).toBe(images.length);
  });

  test("at an import takes what came in since, and does no harm where the model cannot be read", async () => {
    const id = await keepStripePicture(home, "Knee", { seed: 1000 });
    expect(await sortAfterImport(home, { now })).toMatchObject({ sorted: 1, problem: null });
    expect((await readArchiveImages(home.database, [id]))[0]!.sorted?.region).toBe("Knee");
    await keepStripePicture(home, "Knee", { seed: 1001 });
    const [newest] = (await home.files.listArtefacts(report.run)).filter(({ name }) => name === atlasModelName);
    expect(newest).toBeDefined();
    const { run } = await sortArchive(home, { now });
    const whole = await home.files.readArtefact(run, atlasModelName);
    await home.files.writeArtefact(run, atlasModelName, whole.subarray(0, 1000));
    await keepStripePicture(home, "Knee", { seed: 1002 });
    expect(await sortAfterImport(home, { now })).toEqual({ problem: expect.stringContaining("damaged") });
    await home.files.writeArtefact(run, atlasModelName, whole);
    expect(await sortAfterImport(home, { now })).toMatchObject({ sorted: 1, problem: null });
  });

  test("says of noise and of a file of another modality that they are of no region", async () => {
    const sorter = await RegionSorter.open(home.files, report.run);
    const random = new Random(1);
    const noise = { width: 64, height: 64, pixels: Float32Array.from({ length: 4096 }, () => random.uniform(0, 1)) };
    const sort = (picture: GreyImage, modality?: string) =>
      sorter.sort(viewOf(picture, { imageSize: 32, colourfulness: 0 }), modality);
    expect(await sort(noise)).toMatchObject({ known: false, reason: "noise" });
    expect(await sort(drawStripePicture("Hand", 7), "MR")).toMatchObject({ known: false, reason: "other-modality" });
    const { region, score, second } = await sort(drawStripePicture("Hand", 7), "CR");
    expect(region).toBe("Hand");
    expect(score).toBeGreaterThan(second!.score);
    await sorter.release();
  });
});

describe("where the networks look", { timeout: 300_000 }, () => {
  const explain = async (label: string) => {
    const explainer = await AtlasExplainer.open(home.files, report.run);
    const { id } = (await listImages(home.database)).find(({ fileName }) => fileName.startsWith("Foot"))!;
    return explainer.explain(id, { labels: [label] }).finally(() => explainer.release());
  };

  test("is the mean of the five networks' maps", async () => {
    const { networks, predicted, classes, layer } = await explain("Foot" satisfies StripeKind);
    expect({ networks, layer }).toEqual({ networks: 5, layer: "layer2" });
    const { map, label, probability } = classes[0]!;
    expect(label).toBe("Foot");
    expect(probability).toBeGreaterThan(0);
    expect(predicted.probability).toBeGreaterThanOrEqual(probability);
    expect(map.values).toHaveLength(32 * 32);
    expect(Math.max(...map.values)).toBeLessThanOrEqual(1 + 1e-6);
  });

  test("cannot be asked of a region that was not learned, or of a run without networks", async () => {
    await expect(explain("Skull")).rejects.toMatchObject({ code: "bad-usage" });
    await expect(AtlasExplainer.open(home.files, clustering)).rejects.toMatchObject({ code: "not-found" });
    await expect(
      (async () =>
        (await AtlasExplainer.open(home.files, report.run)).explain(imageId("none"), { labels: ["Foot"] }))(),
    ).rejects.toMatchObject({
      code: "corrupt-store",
    });
  });
});

test("labels of one region alone, or of a few patients, are too few to learn from", { timeout: 300_000 }, async () => {
  const other = await openHome(join(folder, "other"), { command: "a test", since: now().toISOString(), create: true });
  try {
    await expect(trainAtlas(other, options)).rejects.toMatchObject({ code: "not-found" });
    const small = await fillLabelledClusters(other, 2);
    await expect(trainAtlas(other, options)).rejects.toThrow("at least 10 patients, and the labelled clusters have 6");
    const acting = { reader: "local", readerName: "local", at: now() };
    const undo = (cluster: number) => ({
      id: `undo ${cluster}`,
      cluster,
      kind: "undo" as const,
      label: null,
      undoes: `label of ${cluster}`,
    });
    await appendClusterActions(other.database, small, { actions: [3, 4, 5, 6].map(undo), acting });
    await expect(trainAtlas(other, options)).rejects.toThrow('only "Hand"');
  } finally {
    await other.close();
  }
});
