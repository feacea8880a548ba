/** A residual network in eight-bit integers against the same in floats, on pictures that it has learnt to tell apart. */

import { beforeAll, expect, test } from "vitest";
import { Session } from "../../src/engine/session.ts";
import { type FloatTensor, floatTensor, type Tensor } from "../../src/engine/tensor.ts";
import { resNet18 } from "../../src/models/resnet.ts";
import { inferenceModel } from "../../src/nn/network.ts";
import { rowCosines, sameLargest } from "../../src/nn/quantise/agreement.ts";
import { quantiseModel } from "../../src/nn/quantise/quantise-model.ts";
import type { OnnxModel } from "../../src/onnx/model.ts";
import { directions, drawStripes, trainOnStripes } from "../support/stripes.ts";

const [side, count] = [32, 64];
const pictures = drawStripes({ count, side, seed: 2000 });
let float: Record<string, Tensor>;
let int8: Record<string, Tensor>;

beforeAll(async () => {
  // Random weights would do as arithmetic, but they give all pictures nearly the same features.
  const network = resNet18({ numClasses: directions });
  const state = await trainOnStripes(network, { side, steps: 20 });
  const model = inferenceModel(network, { inputShape: pictures.x.shape, state });
  const run = async (each: OnnxModel): Promise<Record<string, Tensor>> => {
    const session = await Session.create(each);
    const outputs = await session.run({ x: pictures.x });
    await session.release();
    return outputs;
  };
  float = await run(model);
  const { x } = drawStripes({ count, side, seed: 1000 });
  int8 = await run(await quantiseModel(model, { calibration: [{ x }] }));
});

test("the network in floats tells the pictures apart, so that there is something to agree on", () => {
  const labels = new Float32Array(count * directions);
  pictures.labels.forEach((label, n) => {
    labels[n * directions + label] = 1;
  });
  expect(sameLargest(float.logits!, floatTensor([count, directions], labels))).toBeGreaterThan(0.5);
});

test("the features of each picture keep their direction, while those of two pictures differ", () => {
  expect(Math.min(...rowCosines(float.features!, int8.features!))).toBeGreaterThan(0.99);
  const { shape, data } = float.features as FloatTensor;
  const ofNext = floatTensor(
    shape,
    data.map((_, i) => data[(i + shape[1]!) % data.length]!),
  );
  const between = rowCosines(float.features!, ofNext);
  expect(between.reduce((sum, cosine) => sum + cosine) / count).toBeLessThan(0.8);
});

test("nearly every picture is given the same class", () => {
  expect(sameLargest(float.logits!, int8.logits!)).toBeGreaterThan(0.95);
});
