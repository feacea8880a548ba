import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storedImage } from "../../../test/support/stored-image.ts";
import { patientId } from "../../clinic/ids.ts";
import { encodeSafetensors } from "../../engine/safetensors.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { initialState, stateSpecs } from "../../nn/network.ts";
import { Random } from "../../numeric/random.ts";
import {
  continueOrCreateRun,
  finishRun,
  getRun,
  type Home,
  insertBatch,
  listRunEpochs,
  openHome,
  type StoredImage,
  writeClustering,
} from "../../store/index.ts";
import { namedNetwork } from "../training/index.ts";
import { type TransferSettings, transferPresets } from "./config.ts";
import { type EvaluateTransferOptions, evaluateTransfer, type TransferReport } from "./evaluate.ts";
import { modelCardName } from "./model-card.ts";
import { type PretrainOptions, type PretrainReport, pretrainNetwork } from "./pretrain.ts";
import { decodePretrained, pretrainedName } from "./pretrained-file.ts";
import { readSeen } from "./seen-radiographs.ts";

const side = 36;
const kinds = 4;
const now = () => new Date("2026-01-02T03:04:05Z");

/** Bars across or along, thin or thick. */
const drawBars = (kind: number, at: number): Float32Array => {
  const random = new Random(2, "bars", at);
  const period = kind % 2 === 0 ? 4 : 12;
  const phase = random.uniform(0, period);
  return Float32Array.from({ length: side * side }, (_, i) => {
    const along = kind < 2 ? i % side : Math.floor(i / side);
    return 0.5 + 0.4 * Math.sin((2 * Math.PI * (along + phase)) / period) + random.uniform(-0.08, 0.08);
  });
};

/** Two radiographs each of 30 patients, who are clustered, and of 12 more; the entity is whether the bars are across or along. */
const patients = 42;
const clusteredPatients = 30;
const images = Array.from({ length: 2 * patients }, (_, i): StoredImage => {
  const patient = Math.floor(i / 2);
  const kind = patient % kinds;
  return storedImage(`image-${i}`, {
    patient: patientId(`P${String(patient).padStart(2, "0")}`),
    entity: kind < 2 ? "Ewing sarcoma" : "Osteosarcoma",
  });
});

let folder: string;
let home: Home;
let clustering: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-transfer-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: now().toISOString(), create: true });
  await insertBatch(home.database, { images, duplicates: [], quarantined: [] });
  for (const [i, { id }] of images.entries()) {
    const pixels = drawBars(Math.floor(i / 2) % kinds, i).map((value) => Math.min(1, Math.max(0, value)));
    await home.files.writePicture(id, await encodeGreyPng({ width: side, height: side, pixels }));
  }
  const { run } = await continueOrCreateRun(home.database, {
    system: "atlas/cluster",
    settings: {},
    fingerprint: "clusters of bars",
  });
  clustering = run.id;
  const clustered = images.slice(0, 2 * clusteredPatients);
  const clusters = Array.from({ length: kinds }, (_, kind) => ({
    cluster: kind + 1,
    members: clustered
      .filter((_, i) => Math.floor(i / 2) % kinds === kind)
      .map(({ id }, rank) => ({ image: id, distance: rank, outlier: false })),
  }));
  await writeClustering(home.database, clustering, { clusters, at: now() });
  await finishRun(home.database, clustering, { metrics: {}, at: now() });
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const { small } = transferPresets;
const settings: TransferSettings = {
  ...small,
  network: "mobilenet_v1_0.25",
  imageSize: 32,
  sourceSize: side,
  pretraining: { ...small.pretraining, duration: { epochs: 4 } },
  downstream: { ...small.downstream, epochs: 2, folds: 3, seeds: 2 },
};

const pretrain = (more: Partial<PretrainOptions> = {}) =>
  pretrainNetwork(home, { settings, seed: 1, clustering, now, ...more });

const evaluate = (more: Partial<EvaluateTransferOptions> = {}) =>
  evaluateTransfer(home, {
    settings,
    seed: 5,
    target: "entity",
    classes: ["Ewing sarcoma", "Osteosarcoma"],
    only: new Set(images.slice(2 * clusteredPatients).map(({ id }) => id)),
    now,
    ...more,
  });

const pretrainedOf = async (run: string) => decodePretrained(await home.files.readArtefact(run, pretrainedName));

/** A signal that is set when it is told so. */
const stopAfter = (count: number) => {
  const controller = new AbortController();
  let told = 0;
  return {
    signal: controller.signal,
    tell: () => {
      told += 1;
      if (told === count) controller.abort();
    },
  };
};

/** Each test compiles several networks, which takes a busy machine its time. */
const timeout = 300_000;

describe("pretraining", { timeout }, () => {
  let whole: PretrainReport;
  beforeAll(async () => {
    whole = await pretrain();
  }, timeout);

  test("learns cluster numbers by patient, and keeps weights, a card, and whom it has seen", async () => {
    const report = whole;
    expect(report).toMatchObject({ clusters: kinds, patients: 24, radiographs: 48, epochs: 4, leftOut: 0 });
    expect(report.beginning).toEqual({ from: "nothing" });
    const { card, state } = await pretrainedOf(report.run);
    expect(card).toMatchObject({ network: "mobilenet_v1_0.25", clustering, radiographs: 48, clusters: kinds });
    expect(card.test).toEqual({ value: report.figures[0]!.value, interval: report.figures[0]!.interval });
    expect(state.get("conv_stem.weight")!.shape).toEqual([8, 1, 3, 3]);
    expect(state.get("classifier.weight")!.shape).toEqual([kinds, 256]);
    const text = new TextDecoder().decode(await home.files.readArtefact(report.run, modelCardName));
    expect(text).toContain("48 radiographs of 24 patients");
    expect(text).not.toMatch(/P\d\d|image-\d/);
    const epochs = await listRunEpochs(home.database, report.run);
    expect(epochs.map(({ epoch, validation }) => [epoch, validation !== null])).toEqual(
      [1, 2, 3, 4].map((epoch) => [epoch, true]),
    );
  });

  test("broken off and started again, gives the weights that it gives unbroken", async () => {
    const { signal, tell } = stopAfter(2);
    await expect(pretrain({ signal, onEpoch: tell })).rejects.toMatchObject({ code: "interrupted" });
    const goneOnAfter: number[] = [];
    const report = await pretrain({ onResume: (done) => goneOnAfter.push(done) });
    expect(goneOnAfter).toEqual([2]);
    expect(report.run).not.toBe(whole.run);
    expect((await pretrainedOf(report.run)).state).toEqual((await pretrainedOf(whole.run)).state);
    expect((await getRun(home.database, report.run)).state).toBe("finished");
  });

  test("begins with given weights, and leaves out the patients of its task", async () => {
    const { network } = namedNetwork("mobilenet_v1_0.25", 7);
    const given = initialState(stateSpecs(network, [1, 3, 32, 32]), 3);
    const begin = { name: "imagenet.safetensors", bytes: encodeSafetensors({ tensors: given, metadata: {} }) };
    const leaveOut = new Set([patientId("P00"), patientId("P01")]);
    const report = await pretrain({ begin, leaveOut, epochs: 1 });
    expect(report.beginning).toEqual({ from: "weights", file: "imagenet.safetensors" });
    expect(report.leftOut).toBe(4);
    const { learned, clustered } = await readSeen(home, report.run);
    expect(clustered.size).toBe(2 * clusteredPatients);
    expect(learned.size).toBeGreaterThanOrEqual(50);
    for (const { id, patient } of images) if (leaveOut.has(patient)) expect(learned.has(id)).toBe(false);
  });

  test("is refused for weights of another network, too few patients, and a clustering that is not there", async () => {
    const { network } = namedNetwork("resnet18", 7);
    const other = initialState(stateSpecs(network, [1, 1, 32, 32]), 3);
    const begin = { name: "other", bytes: encodeSafetensors({ tensors: other, metadata: {} }) };
    await expect(pretrain({ begin })).rejects.toMatchObject({ code: "shape-mismatch" });
    const leaveOut = new Set(images.slice(0, 44).map(({ patient }) => patient));
    await expect(pretrain({ leaveOut })).rejects.toThrow("at least 10 patients to learn from; there are 8");
    await expect(pretrain({ clustering: "nowhere" })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the comparison", { timeout }, () => {
  let run: string;
  let whole: TransferReport;
  beforeAll(async () => {
    ({ run } = await pretrain({ seed: 3, epochs: 1 }));
    whole = await evaluate({ pretrained: run });
  }, timeout);

  test("tests every radiograph once a seed from each start, and tells intervals and paired differences", async () => {
    const { transfer, figures, overlap } = whole;
    expect(overlap).toEqual({ learned: 0, clustered: 0 });
    expect(transfer).toMatchObject({ radiographs: 24, patients: 12, folds: 3, seeds: 2, chance: 0.5 });
    expect(transfer.rows.map(({ start, from }) => [start, from])).toEqual([
      ["nothing", null],
      ["domain", run],
    ]);
    for (const { accuracy, bySeed } of transfer.rows) {
      expect(bySeed).toHaveLength(2);
      for (const share of bySeed) expect(Number.isInteger(Math.round(share * 24 * 1e6) / 1e6)).toBe(true);
      expect(accuracy).toBeCloseTo((bySeed[0]! + bySeed[1]!) / 2, 12);
    }
    expect(transfer.differences).toHaveLength(1);
    expect(figures[0]!.name).toBe("accuracy, domain");
  });

  test("broken off and started again, trains no network twice and gives what it gives unbroken", async () => {
    const { signal, tell } = stopAfter(4);
    const stopped = evaluate({ pretrained: run, signal, onNetwork: tell });
    await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
    const trained: number[] = [];
    const again = await evaluate({ pretrained: run, onNetwork: (done) => trained.push(done) });
    expect(trained).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(again.transfer.rows).toEqual(whole.transfer.rows);
    expect(again.transfer.differences).toEqual(whole.transfer.differences);
    expect(await listRunEpochs(home.database, again.run)).toHaveLength(12);
  });

  test("refuses patients whom the pretraining learned from, unless that is allowed", async () => {
    const all = { only: undefined, pretrained: run };
    await expect(evaluate(all)).rejects.toThrow("27 of the task's 42 patients"); // trained or validated on
    const few = { ...settings, downstream: { ...settings.downstream, epochs: 1 } };
    const { overlap, transfer } = await evaluate({ ...all, settings: few, allowOverlap: true, images: 40 });
    expect(overlap).toEqual({ learned: 27, clustered: 30 });
    expect(transfer.radiographs).toBeGreaterThan(40); // each seed draws its own
  });

  test("refuses a run that is no pretraining, and one that is not there", async () => {
    await expect(evaluate({ pretrained: clustering })).rejects.toThrow("no finished pretraining");
    await expect(evaluate({ pretrained: "../elsewhere" })).rejects.toMatchObject({ code: "not-found" });
  });
});
