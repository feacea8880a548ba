/**
 * From files to feature vectors: radiographs are read, decoded, letter-boxed and standardised in threads while ResNet-18 runs,
 * beside the session alone, which is fed one prepared batch again and again; then a training step with augmentation beside the
 * step alone. The two of a pair run in turn in one process, so that a drift of the machine meets both.
 *
 * `npm run bench -- features [WORKERS]` takes the radiographs of ../shared/data/fracatlas256, or draws some where they are missing.
 */

import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sgd } from "../src/engine/optimisers.ts";
import { floatTensor, labelTensor } from "../src/engine/tensor.ts";
import { decodeGreyPicture, pictureFormat } from "../src/imaging/decode-picture.ts";
import { encodeGreyPng } from "../src/imaging/grey-png.ts";
import { letterbox } from "../src/imaging/letterbox.ts";
import { loadBatches } from "../src/learning/batch-loader.ts";
import { GreyDataset } from "../src/learning/grey-dataset.ts";
import { pictureBatches } from "../src/learning/picture-batches.ts";
import { defaultWorkers, Prefetch } from "../src/learning/prefetch.ts";
import { trainingBatches } from "../src/learning/training-batches.ts";
import { resNet18 } from "../src/models/resnet.ts";
import { inferenceSession, initialState, stateSpecs } from "../src/nn/network.ts";
import { classification } from "../src/nn/objective.ts";
import { TrainStep } from "../src/nn/train-step.ts";
import { drawAll } from "../src/phantom/draw-pool.ts";
import { phantomPatients } from "../src/phantom/phantom-patients.ts";
import { readRadiograph } from "../src/systems/cohort/read-radiograph.ts";
import { presets } from "../src/systems/precedents/config.ts";
import { type Bench, type Figure, median } from "./figure.ts";

const folder = resolve("../shared/data/fracatlas256");
const [batchSize, imageSize] = [16, 224];
const [phantomCount, phantomSide] = [48, 256];

/** How a pair is measured: in each round `leadIn` runs that bring it to its pace, and `timed` ones. */
interface Pace {
  readonly rounds: number;
  readonly leadIn: number;
  readonly timed: number;
}

/** What one round took of each image. */
interface Cost {
  readonly seconds: number;
  /** Of all threads of this process, in milliseconds. */
  readonly processor: number;
}

const costOf = async (run: () => Promise<unknown>, { leadIn, timed }: Pace): Promise<Cost> => {
  for (let i = 0; i < leadIn; i++) await run();
  const start = performance.now();
  const before = process.cpuUsage();
  for (let i = 0; i < timed; i++) await run();
  const { user, system } = process.cpuUsage(before);
  const images = timed * batchSize;
  return { seconds: (performance.now() - start) / 1e3 / images, processor: (user + system) / 1e3 / images };
};

/** Both in turn, the other one first in every second round; the ratios are the medians of the rounds' own ratios. */
const inTurn = async (
  {
    name,
    fed,
    bare,
    wanted,
  }: { name: string; fed: () => Promise<unknown>; bare: () => Promise<unknown>; wanted?: string },
  pace: Pace,
): Promise<Figure[]> => {
  const costs: { fed: Cost; bare: Cost }[] = [];
  for (let round = 0; round < pace.rounds; round++) {
    if (round % 2 === 0) costs.push({ bare: await costOf(bare, pace), fed: await costOf(fed, pace) });
    else costs.push({ fed: await costOf(fed, pace), bare: await costOf(bare, pace) });
  }
  const of = (value: (cost: { fed: Cost; bare: Cost }) => number): number => median(costs.map(value));
  const peer = "alone, one batch";
  return [
    {
      name,
      value: of((cost) => 1 / cost.fed.seconds),
      unit: "images/s",
      peer,
      peerValue: of((cost) => 1 / cost.bare.seconds),
      ratio: of((cost) => cost.bare.seconds / cost.fed.seconds),
      ...(wanted === undefined ? {} : { wanted }),
    },
    {
      name: `${name}: processor time`,
      value: of((cost) => cost.fed.processor),
      unit: "ms/image",
      peer,
      peerValue: of((cost) => cost.bare.processor),
      ratio: of((cost) => cost.bare.processor / cost.fed.processor),
    },
  ];
};

/** Batches of the files, round and round. */
function* endlessBatches(paths: readonly string[]): Generator<string[]> {
  for (let at = 0; ; at += batchSize) {
    yield Array.from({ length: batchSize }, (_, i) => paths[(at + i) % paths.length]!);
  }
}

const drawPhantoms = async (into: string): Promise<void> => {
  const patients = phantomPatients({ patients: phantomCount, seed: 1 });
  const tasks = patients.map((patient) => ({ seed: 1, patient, examinationIndex: 0 }));
  let drawn = 0;
  for await (const { file } of drawAll(tasks, 2)) {
    const outcome = await readRadiograph(file);
    if (!outcome.ok) throw new Error(outcome.reason.detail);
    const picture = letterbox(outcome.radiograph.image, phantomSide);
    await writeFile(join(into, `phantom-${drawn++}.png`), await encodeGreyPng(picture));
  }
};

const features = async (paths: readonly string[], workers: number): Promise<Figure[]> => {
  const inputShape = [batchSize, 1, imageSize, imageSize]; // radiographs are grey, and so are the networks made for them
  const network = resNet18({ numClasses: 10 });
  const state = initialState(stateSpecs(network, inputShape), 0);
  const session = await inferenceSession(network, { inputShape, state });
  const batches = new Prefetch(endlessBatches(paths), pictureBatches({ imageSize, channels: 1 }), { workers });
  try {
    const prepared = floatTensor(inputShape, (await batches.next()).value!.value);
    return await inTurn(
      {
        name: `ResNet-18 features of files, batch ${batchSize}, ${threadsOf(workers)}`,
        bare: () => session.run({ x: prepared }),
        fed: async () => session.run({ x: floatTensor(inputShape, (await batches.next()).value!.value) }),
        ...(workers === 0 ? {} : { wanted: "ratio >= 0.9" }),
      },
      workers === 0 ? { rounds: 3, leadIn: 2, timed: 6 } : { rounds: 20, leadIn: 1, timed: 4 },
    );
  } finally {
    await batches.close();
    await session.release();
  }
};

const training = async (paths: readonly string[], workers: number): Promise<Figure[]> => {
  const pictures = new GreyDataset(256);
  for (const path of paths) {
    const bytes = await readFile(path);
    pictures.add(await decodeGreyPicture(bytes, pictureFormat(bytes)!));
  }
  const inputShape = [batchSize, 1, imageSize, imageSize];
  const network = resNet18({ numClasses: 10 });
  const step = await TrainStep.create({
    network,
    inputShape,
    objective: classification(),
    optimiser: sgd({ momentum: 0.9 }),
    state: initialState(stateSpecs(network, inputShape), 0),
  });
  const { augmentation } = presets.small.training;
  const batches = loadBatches(
    { pictures: pictures.length, batchSize, epochs: Number.POSITIVE_INFINITY, seed: 1 },
    trainingBatches({ pictures: pictures.shared(), imageSize, augmentation, seed: 1 }),
    { workers },
  );
  const targets = { labels: labelTensor(Array.from({ length: batchSize }, (_, i) => i % 10)) };
  const stepOn = (x: Float32Array) => step.step({ x: floatTensor(inputShape, x), targets, lr: 0.01 });
  try {
    const prepared = (await batches.next()).value!.value;
    return await inTurn(
      {
        name: `ResNet-18 training step with augmentation, batch ${batchSize}, ${threadsOf(workers)}`,
        bare: () => stepOn(prepared),
        fed: async () => stepOn((await batches.next()).value!.value),
      },
      { rounds: 4, leadIn: 1, timed: 2 },
    );
  } finally {
    await batches.close();
    await step.release();
  }
};

const threadsOf = (workers: number): string => `${workers} ${workers === 1 ? "thread" : "threads"}`;

export const featuresOfFiles: Bench = async ({ args, say }) => {
  const workers = args[0] === undefined ? defaultWorkers() : Number(args[0]);
  const drawn = existsSync(folder) ? undefined : await mkdtemp(join(tmpdir(), "osteon-features-"));
  try {
    if (drawn) {
      say(`${folder} is missing; drawing ${phantomCount} phantom radiographs instead`);
      await drawPhantoms(drawn);
    }
    const from = drawn ?? folder;
    const names = (await readdir(from)).filter((name) => /\.(?:jpe?g|png)$/i.test(name)).sort();
    const paths = names.map((name) => join(from, name));
    say(`Features of ${paths.length} radiographs of ${from}, round and round`);
    const figures = await features(paths, workers);
    if (workers > 0) {
      say("The same without threads");
      figures.push(...(await features(paths, 0)));
    }
    say("Training steps with augmentation");
    figures.push(...(await training(paths, workers)));
    return figures;
  } finally {
    if (drawn) await rm(drawn, { recursive: true, force: true });
  }
};
