import { describe, expect, test } from "vitest";
import { globalAveragePool, relu } from "../engine/ops.ts";
import { decodeSafetensors, encodeSafetensors } from "../engine/safetensors.ts";
import { floatTensor } from "../engine/tensor.ts";
import type { GreyImage } from "../imaging/grey-image.ts";
import { warp } from "../imaging/warp.ts";
import { resNet18 } from "../models/resnet.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { convolution, linear } from "../nn/layers.ts";
import { inferenceSession, initialState, type Network, stateSpecs } from "../nn/network.ts";
import { Random } from "../numeric/random.ts";
import { type AugmentationOptions, augment } from "./augment.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { classWeights } from "./class-weights.ts";
import { ClassifierValidation } from "./classifier-validation.ts";
import { GreyDataset, standardiseInPlace } from "./grey-dataset.ts";
import { classifierStep, type TrainingSettings, trainClassifier } from "./train-classifier.ts";

const mild: AugmentationOptions = {
  affine: { rotate: 10, scale: [0.9, 1.1], aspect: 0.05, translatePercent: 0.05 },
  horizontalFlip: 0.5,
  verticalFlip: 0,
  randomBrightnessContrast: { brightnessLimit: 0.1, contrastLimit: 0.1 },
  coarseDropout: { p: 0.2, holeRange: [0.1, 0.2] },
};

const settings: TrainingSettings = {
  imageSize: 24,
  batchSize: 5,
  epochs: 12,
  optimiser: { name: "AdamW", lr: 0.01, weightDecay: 0.01 },
  warmup: 0.1,
  labelSmoothing: 0,
  classBalance: "none",
  augmentation: mild,
  seed: 3,
};

/** Twenty pictures of two kinds: upright and lying bars, at random places. */
const bars = (): { pictures: GreyDataset; labels: number[]; classes: number } => {
  const random = new Random(8);
  const pictures = new GreyDataset(32);
  const labels: number[] = [];
  for (let i = 0; i < 20; i++) {
    const label = i % 2;
    const at = 4 + random.integer(20);
    const pixels = Float32Array.from({ length: 32 * 32 }, (_, p) => {
      const across = label === 0 ? p % 32 : Math.floor(p / 32);
      return (across >= at && across < at + 5 ? 0.8 : 0.1) + random.uniform(-0.05, 0.05);
    });
    pictures.add({
      width: 32,
      height: 32,
      pixels: pixels.map((value) => Math.min(1, Math.max(0, value))),
    } satisfies GreyImage);
    labels.push(label);
  }
  return { pictures, labels, classes: 2 };
};

const tiny: Network<"logits"> = (scope, x) => {
  const first = relu(
    batchNormalisation(
      scope.at("bn1"),
      convolution(scope.at("conv1"), x, { outChannels: 8, kernelSize: 5, stride: 2, padding: 2 }),
    ),
  );
  const second = relu(
    batchNormalisation(
      scope.at("bn2"),
      convolution(scope.at("conv2"), first, { outChannels: 8, kernelSize: 3, padding: 1 }),
    ),
  );
  return { logits: linear(scope.at("fc"), globalAveragePool(second), 2) };
};

test("a small network learns twenty pictures, and the same seed gives the same bits", async () => {
  const first = await trainClassifier(tiny, { ...bars(), settings });
  expect(first.history.at(-1)!.accuracy).toBeGreaterThanOrEqual(0.9);
  const second = await trainClassifier(tiny, { ...bars(), settings });
  expect(second.state).toEqual(first.state);
});

test("a step that has trained before gives the same bits as a new one, also where it goes on", async () => {
  const short = { ...bars(), settings: { ...settings, epochs: 3 } };
  const kept: Checkpoint[] = [];
  const wanted = await trainClassifier(tiny, short, { onEpoch: (_, save) => void kept.push(save()) });
  const state = initialState(stateSpecs(tiny, [5, 1, 24, 24]), 77);
  const step = await classifierStep(tiny, { counts: [10, 10], settings: short.settings, beginning: { state } });
  await trainClassifier(tiny, { ...short, step, settings: { ...short.settings, seed: 9 } });
  expect(await trainClassifier(tiny, { ...short, step })).toEqual(wanted);
  expect(await trainClassifier(tiny, { ...short, step }, { resumeFrom: kept[1]! })).toEqual(wanted);
  await step.release();
});

test("threads that make batches ready change no bit of the result, and end when training fails", async () => {
  const short = { ...bars(), settings: { ...settings, epochs: 2 } };
  const alone = await trainClassifier(tiny, short, { workers: 0 });
  for (const workers of [1, 3]) expect(await trainClassifier(tiny, short, { workers })).toEqual(alone);
  const failing = trainClassifier(tiny, short, {
    workers: 1,
    onEpoch: () => {
      throw new RangeError("the disk is full");
    },
  });
  await expect(failing).rejects.toThrow("the disk is full");
});

test("ResNet-18 over-fits twenty pictures in seconds", async () => {
  const { history } = await trainClassifier(resNet18({ numClasses: 2 }), {
    ...bars(),
    settings: {
      ...settings,
      imageSize: 32,
      batchSize: 10,
      epochs: 16,
      optimiser: { name: "AdamW", lr: 1e-3, weightDecay: 0.01 },
    },
  });
  expect(history.at(-1)!.accuracy).toBeGreaterThanOrEqual(0.9);
});

test("validation says what the network says of one picture at a time, whole batches or not", async () => {
  const { pictures, labels, classes } = bars();
  const imageSize = 24;
  const { state } = await trainClassifier(tiny, { ...bars(), settings: { ...settings, epochs: 2 } });
  const validation = await ClassifierValidation.create(tiny, { pictures, labels, classes, imageSize });
  const scores = await validation.measure(state);
  expect(await validation.measure(state)).toEqual(scores);
  await validation.release();
  const session = await inferenceSession(tiny, { inputShape: [1, 1, imageSize, imageSize], state });
  let [loss, hits] = [0, 0];
  for (const [i, label] of labels.entries()) {
    const source = { pixels: new Float32Array(32 * 32), size: 32 };
    pictures.read(i, source.pixels);
    standardiseInPlace(source.pixels);
    const target = { pixels: new Float32Array(imageSize ** 2), size: imageSize };
    warp(source, target, {});
    const { logits } = await session.run({ x: floatTensor([1, 1, imageSize, imageSize], target.pixels) });
    const [a, b] = logits!.data as Float32Array as unknown as [number, number];
    const other = label === 0 ? b - a : a - b;
    loss += Math.log1p(Math.exp(other));
    hits += Number(other < 0);
  }
  await session.release();
  expect(scores.loss).toBeCloseTo(loss / labels.length, 4);
  expect(scores.accuracy).toBe(hits / labels.length);
});

test("each epoch tells its learning rate and how many pictures it showed", async () => {
  const { history } = await trainClassifier(tiny, { ...bars(), settings: { ...settings, epochs: 4, warmup: 0.5 } });
  expect(history.map(({ pictures }) => pictures)).toEqual([20, 20, 20, 20]);
  const rates = history.map(({ lr }) => lr);
  expect(Math.max(...rates)).toBe(rates[1]);
  expect(rates.at(-1)).toBeLessThan(rates[2]!);
});

test("a run broken after any epoch and resumed gives the same result as an unbroken one", async () => {
  const unbroken = await trainClassifier(tiny, { ...bars(), settings });
  for (const brokenAfter of [1, 7]) {
    let checkpoint: Uint8Array | undefined;
    const stop = new AbortController();
    const broken = trainClassifier(
      tiny,
      { ...bars(), settings },
      {
        signal: stop.signal,
        onEpoch: ({ epoch }, save) => {
          if (epoch !== brokenAfter) return;
          checkpoint = encodeCheckpoint(save());
          stop.abort();
        },
      },
    );
    await expect(broken).rejects.toThrow(`interrupted after epoch ${brokenAfter}`);
    const resumed = await trainClassifier(tiny, { ...bars(), settings }, { resumeFrom: decodeCheckpoint(checkpoint!) });
    expect(resumed).toEqual(unbroken);
  }
});

test("training on one picture is refused with a sentence", async () => {
  const lone = new GreyDataset(32);
  lone.add({ width: 32, height: 32, pixels: new Float32Array(1024) });
  await expect(trainClassifier(tiny, { pictures: lone, labels: [0], classes: 1, settings })).rejects.toThrow(
    "at least two pictures",
  );
});

describe("a checkpoint", () => {
  const tensor = floatTensor([2], Float32Array.of(1, 2));
  const checkpoint = {
    state: new Map([["fc.bias", tensor]]),
    optimiserState: new Map([["fc.bias:exp_avg", tensor]]),
    stepsDone: 3,
    history: [{ epoch: 1, epochs: 2, loss: 0.5, accuracy: 1, lr: 0.01, pictures: 8 }],
  };
  const bytes = encodeCheckpoint(checkpoint);
  const refusal = expect.objectContaining({ name: "OsteonError", code: "bad-input" });
  const outcome = (file: Uint8Array): unknown => {
    try {
      return decodeCheckpoint(file);
    } catch (error) {
      return error;
    }
  };

  test("cut short or changed anywhere is refused as bad input, or still says the same", () => {
    expect(outcome(bytes)).toEqual(checkpoint);
    for (let at = 0; at < bytes.length; at++) {
      expect(outcome(bytes.subarray(0, at))).toEqual(refusal);
      for (const change of [1, 0x20, 0x80]) {
        const changed = bytes.slice();
        changed[at]! ^= change;
        const found = outcome(changed);
        if (found instanceof Error) expect(found).toEqual(refusal);
        else expect(found).toEqual(checkpoint);
      }
    }
  });

  test("that lacks a tensor, counts or a history, or is of another version, is refused as bad input", () => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const without = (name: string): typeof tensors => new Map([...tensors].filter(([other]) => other !== name));
    for (const file of [
      { tensors: without("fc.bias"), metadata },
      { tensors: without("optimiser/fc.bias:exp_avg"), metadata },
      { tensors, metadata: { ...metadata, course: '{"stepsDone":"soon"}' } },
      { tensors, metadata: { format: metadata.format! } },
      { tensors, metadata: { ...metadata, format: "osteon-checkpoint-1" } },
    ]) {
      expect(outcome(encodeSafetensors(file))).toEqual(refusal);
    }
  });

  test("of another network is refused by the name of what is missing", async () => {
    const { state } = await trainClassifier(tiny, { ...bars(), settings: { ...settings, epochs: 1 } });
    const resumed = (resumeFrom: Checkpoint) => trainClassifier(tiny, { ...bars(), settings }, { resumeFrom });
    await expect(resumed(checkpoint)).rejects.toThrow('lack "conv1.weight"');
    await expect(resumed({ ...checkpoint, state })).rejects.toThrow('lack "conv1.weight:exp_avg"');
  });
});

test("augmentation is the same for the same stream and keeps a blank picture blank but for brightness", () => {
  const source = { size: 32, pixels: new Float32Array(32 * 32).fill(0.5) };
  const draw = (seed: number): Float32Array => {
    const target = { size: 24, pixels: new Float32Array(24 * 24) };
    augment(source, target, {
      random: new Random(seed),
      options: { ...mild, coarseDropout: { p: 0, holeRange: [0.1, 0.2] } },
    });
    return target.pixels;
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(new Set(draw(1)).size).toBe(1);
});

test("a standardised picture has mean 0 and deviation 1; a blank one stays finite", () => {
  const pixels = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i));
  standardiseInPlace(pixels);
  const mean = pixels.reduce((sum, value) => sum + value, 0) / 400;
  expect(mean).toBeCloseTo(0, 5);
  expect(pixels.reduce((sum, value) => sum + value * value, 0) / 400).toBeCloseTo(1, 2);
  const blank = new Float32Array(9).fill(0.3);
  standardiseInPlace(blank);
  expect([...blank].every((value) => Math.abs(value) < 1e-3)).toBe(true);
});

test("class weights: median frequency as published, square root with mean 1", () => {
  // Phase 1 of the triage study: 118 healthy, 64 pathological (design facts: 0.771 and 1.422).
  const [healthy, pathological] = classWeights([118, 64], "median-frequency");
  expect(healthy).toBeCloseTo(0.771, 3);
  expect(pathological).toBeCloseTo(1.422, 3);
  const roots = classWeights([100, 25, 4], "square-root");
  expect(roots.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 10);
  expect(roots[2]! / roots[0]!).toBeCloseTo(5, 10);
});

test.each(["none", "square-root", "median-frequency"] as const)(
  "a class without pictures weighs nothing (%s)",
  (balance) => {
    const [first, missing, last] = classWeights([5, 0, 3], balance);
    expect(missing).toBe(0);
    expect([first, last]).toEqual(classWeights([5, 3], balance));
  },
);
