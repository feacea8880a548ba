import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { filled, hashedTensor, type Sample } from "../../test/support/against-pytorch.ts";
import type { Value } from "../engine/graph.ts";
import { add, globalAveragePool, maxPool2d, relu } from "../engine/ops.ts";
import { floatTensor, type StateDict } from "../engine/tensor.ts";
import { resNet18 } from "../models/resnet.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { convolution, linear } from "../nn/layers.ts";
import { inferenceSession, type Network, stateSpecs } from "../nn/network.ts";
import type { Scope } from "../nn/scope.ts";
import { averageClassMaps, enlargeClassMap, GradCam, type GradCamOptions } from "./grad-cam.ts";

const golden = JSON.parse(
  readFileSync(new URL("../../test/fixtures/pytorch/grad-cam.json", import.meta.url), "utf8"),
) as {
  readonly inputShape: readonly [number, number, number, number];
  readonly targets: readonly number[];
  readonly logits: readonly number[];
  readonly cases: readonly { layer: string; maps: readonly number[]; enlarged: Sample }[];
};

/** The network of make_grad_cam.py. */
const block = (scope: Scope, x: Value, { channels, stride }: { channels: number; stride: number }): Value => {
  const conv = (name: string, from: Value, kernelSize: number, by: number): Value =>
    convolution(scope.at(name), from, {
      outChannels: channels,
      kernelSize,
      stride: by,
      padding: (kernelSize - 1) / 2,
      bias: false,
    });
  const y = relu(batchNormalisation(scope.at("bn1"), conv("conv1", x, 3, stride)));
  const z = batchNormalisation(scope.at("bn2"), conv("conv2", y, 3, 1));
  const shortCut = batchNormalisation(scope.at("downsample").at(1), conv("downsample.0", x, 1, stride));
  return relu(add(z, shortCut));
};

const networkOf =
  (classes: number): Network<"logits" | "maps"> =>
  (scope, x) => {
    const first = relu(convolution(scope.at("conv1"), x, { outChannels: 6, kernelSize: 3, padding: 1 }));
    const pooled = maxPool2d(first, { kernel: 2, stride: 2 });
    const middle = block(scope.at("layer1"), pooled, { channels: 8, stride: 1 });
    const maps = block(scope.at("layer2"), middle, { channels: 12, stride: 2 });
    return { maps, logits: linear(scope.at("fc"), globalAveragePool(maps), classes) };
  };

const { inputShape } = golden;
const network = networkOf(4);
const state = filled(stateSpecs(network, inputShape));
const x = hashedTensor("x", inputShape, 1.7);

const attribute = async (options: Partial<GradCamOptions> = {}, targets = golden.targets, of = network) => {
  const gradCam = await GradCam.create(of, { state, inputShape, ...options });
  try {
    return await gradCam.attribute(x, targets);
  } finally {
    await gradCam.release();
  }
};

const expectClose = (found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-4): void => {
  const scale = Math.max(...expected.map(Math.abs));
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! - value) / scale).toBeLessThan(tolerance);
};

describe.each(golden.cases)("$layer, against PyTorch", ({ layer, maps, enlarged }) => {
  test("the maps, their positive part, and the first at the picture's size", async () => {
    const signed = await attribute({ layer, reluAttributions: false });
    expectClose(signed.logits.data, golden.logits);
    expectClose(
      signed.maps.flatMap(({ values }) => [...values]),
      maps,
    );
    const positive = await attribute({ layer });
    expectClose(
      positive.maps.flatMap(({ values }) => [...values]),
      maps.map((value) => Math.max(value, 0)),
    );
    const [, , rows, columns] = inputShape;
    const both = signed.maps.flatMap((map) => [...enlargeClassMap(map, { columns, rows }).values]);
    expectClose(
      enlarged.at.map((at) => both[at]!),
      enlarged.values,
    );
  });
});

describe("identities", () => {
  test("without a layer the last maps are taken", async () => {
    expect((await attribute()).maps).toEqual((await attribute({ layer: "layer2" })).maps);
  });

  test("before global average pooling and one linear layer it is the class activation map", async () => {
    const { maps } = await attribute({ reluAttributions: false });
    const weight = state.get("fc.weight")!.data;
    const last = await lastMaps();
    const area = last.shape[2]! * last.shape[3]!;
    for (const [picture, target] of golden.targets.entries()) {
      const cam = Array.from({ length: area }, (_, at) => {
        let sum = 0;
        for (let c = 0; c < 12; c++) sum += weight[target * 12 + c]! * last.data[(picture * 12 + c) * area + at]!;
        return sum / area;
      });
      expectClose(maps[picture]!.values, cam, 1e-5);
    }
  });

  test("and its sum is the logit less its bias", async () => {
    const { maps, logits } = await attribute({ reluAttributions: false });
    for (const [picture, target] of golden.targets.entries()) {
      const sum = maps[picture]!.values.reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(logits.data[picture * 4 + target]! - state.get("fc.bias")!.data[target]!, 4);
    }
  });

  test("classes in another order have the same maps, and a picture's map does not depend on its neighbour's class", async () => {
    const order = [2, 3, 1, 0];
    const renamed = new Map(state)
      .set("fc.weight", rowsInOrder("fc.weight", order))
      .set("fc.bias", rowsInOrder("fc.bias", order));
    const targets = golden.targets.map((target) => order.indexOf(target));
    const layer = "layer1.bn2";
    const before = await attribute({ layer });
    const after = await attribute({ layer, state: renamed }, targets);
    for (const [i, { values }] of before.maps.entries()) expectClose(after.maps[i]!.values, [...values], 1e-5);
    const alone = await attribute({ layer }, [golden.targets[0]!, 0]);
    expectClose(alone.maps[0]!.values, [...before.maps[0]!.values], 1e-5);
  });

  test("of a ResNet-18 the stage of any depth answers", async () => {
    const resNet = resNet18({ numClasses: 3 });
    const shape = [1, 1, 64, 64];
    const gradCam = await GradCam.create(resNet, {
      state: filled(stateSpecs(resNet, shape)),
      inputShape: shape,
      layer: "layer2",
    });
    const { maps } = await gradCam.attribute(hashedTensor("x", shape), [2]);
    await gradCam.release();
    expect(maps[0]).toMatchObject({ columns: 8, rows: 8 });
    expect(maps[0]!.values.every((value) => value >= 0)).toBe(true);
  });

  const rowsInOrder = (name: string, order: readonly number[]) => {
    const { shape, data } = state.get(name)!;
    const width = data.length / shape[0]!;
    return floatTensor(
      shape,
      Float32Array.from(order.flatMap((row) => [...data.subarray(row * width, (row + 1) * width)])),
    );
  };
});

/** What the last block hands on. */
const lastMaps = async () => {
  const session = await inferenceSession(network, { inputShape, state });
  const { maps } = await session.run({ x });
  await session.release();
  return maps as { shape: readonly number[]; data: Float32Array };
};

describe("several networks", () => {
  const map = (columns: number, values: readonly number[]) => ({
    columns,
    rows: values.length / columns,
    values: Float32Array.from(values),
  });

  test("the average of one map is the map with a peak of 1, and of equal ones the same", () => {
    const one = map(2, [0, 2, 4, 1]);
    expect([...averageClassMaps([one], one).values]).toEqual([0, 0.5, 1, 0.25]);
    expect(averageClassMaps([one, one], one)).toEqual(averageClassMaps([one], one));
  });

  test("the steepness of a network's scores does not count, its size neither, and a map of zeros weighs as much as any", () => {
    const one = map(2, [0, 2, 4, 1]);
    const steep = map(2, [0, 200, 400, 100]);
    const flat = map(3, new Array(9).fill(0));
    expect(averageClassMaps([one, steep], one)).toEqual(averageClassMaps([one], one));
    expectClose(averageClassMaps([one, flat], one).values, [0, 0.25, 0.5, 0.125]);
    const wide = averageClassMaps([one, map(4, new Array(16).fill(3))], { columns: 8, rows: 8 });
    expect(Math.min(...wide.values)).toBeCloseTo(0.5, 6);
    expect(Math.max(...wide.values)).toBeCloseTo(1, 6);
  });
});

describe("what cannot be explained is told", () => {
  const create = (options: Partial<GradCamOptions>, of: Network<"logits"> = network): Promise<GradCam> =>
    GradCam.create(of, { state, inputShape, ...options });

  test("a layer that is not there, or gives no maps", async () => {
    await expect(create({ layer: "layer9" })).rejects.toThrow('no layer named "layer9"');
    await expect(create({ layer: "layer" })).rejects.toThrow('no layer named "layer"');
    await expect(create({ layer: "fc" })).rejects.toThrow('"fc" gives no maps');
  });

  test("a network without maps", async () => {
    const table: Network<"logits"> = (scope, input) => ({ logits: linear(scope.at("fc"), input, 2) });
    const shape = [1, 5];
    await expect(create({ inputShape: shape, state: filled(stateSpecs(table, shape)) }, table)).rejects.toThrow(
      "no maps",
    );
  });

  test("weights of another network", async () => {
    await expect(create({ state: new Map() as StateDict })).rejects.toMatchObject({ code: "shape-mismatch" });
  });

  test.each([4, -1, 0.5])("a class that is not there: %s", async (target) => {
    await expect(attribute({}, [target, 0])).rejects.toThrow("none at");
  });

  test("another number of classes than pictures", async () => {
    await expect(attribute({}, [0])).rejects.toThrow("2 pictures and 1 classes");
  });
});
