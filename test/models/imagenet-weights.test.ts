/** Published ImageNet weights name the test picture beside them: a cheeseburger. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { floatTensor } from "../../src/engine/tensor.ts";
import { type MobileNet, mobileNetV1, mobileNetV2 } from "../../src/models/mobilenet.ts";
import { inferenceSession, stateSpecs } from "../../src/nn/network.ts";
import { stateOfFoldedLayers, tfliteLayers } from "../../src/weights/index.ts";

const folder = join(import.meta.dirname, "../../../shared/data/weights");
const present = existsSync(folder);
const where = present ? "" : " (skipped: ../shared/data/weights is not there)";
const inputShape = [1, 3, 224, 224];
const asTrained = { numClasses: 1001, padding: "same", eps: 1e-3 } as const;

/** [1, 3, 224, 224] in [-1, 1], as TensorFlow's MobileNets want it. */
const picture = async (name: string) => {
  const { data } = await sharp(join(folder, name))
    .resize(224, 224, { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const area = 224 * 224;
  const values = Float32Array.from({ length: 3 * area }, (_, i) => {
    const [channel, pixel] = [Math.floor(i / area), i % area];
    return data[pixel * 3 + channel]! / 127.5 - 1;
  });
  return floatTensor(inputShape, values);
};

const logitsOf = async (network: MobileNet, file: string, name: string): Promise<Float32Array> => {
  const layers = tfliteLayers(readFileSync(join(folder, file)));
  const state = stateOfFoldedLayers(stateSpecs(network, inputShape), layers);
  const session = await inferenceSession(network, { inputShape, state });
  const { logits } = await session.run({ x: await picture(name) });
  await session.release();
  return logits!.data as Float32Array;
};

const largest = (logits: Float32Array): number => logits.indexOf(Math.max(...logits));

describe.skipIf(!present)(`MobileNets of ImageNet${where}`, () => {
  const labels = present ? readFileSync(join(folder, "labels.txt"), "utf8").trim().split("\n") : [];

  test.each([
    ["mobilenet_v1_0.25_224_1_default_1.tflite", mobileNetV1({ ...asTrained, width: 0.25 })],
    ["mobilenet_v1_0.25_224_quant.tflite", mobileNetV1({ ...asTrained, width: 0.25 })],
    ["mobilenet_v2_1.0_224_quant.tflite", mobileNetV2(asTrained)],
  ] as const)("%s names the cheeseburger", async (file, network) => {
    expect(labels[largest(await logitsOf(network, file, "burger.jpg"))]).toBe("cheeseburger");
    expect(labels[largest(await logitsOf(network, file, "sparrow.png"))]).not.toBe("cheeseburger");
  });
});
