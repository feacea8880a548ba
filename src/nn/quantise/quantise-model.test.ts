import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { Graph, type Value } from "../../engine/graph.ts";
import { add, concat, conv2d, gemm, maxPool2d, relu, reshape, sigmoid, upsampleNearest2d } from "../../engine/ops.ts";
import { Session } from "../../engine/session.ts";
import { sizeOf } from "../../engine/shape-rules.ts";
import { type FloatTensor, floatTensor, type Tensor } from "../../engine/tensor.ts";
import { Random } from "../../numeric/random.ts";
import { decodeModel } from "../../onnx/decode-model.ts";
import { encodeModel } from "../../onnx/encode-model.ts";
import type { OnnxModel } from "../../onnx/model.ts";
import { batchNormalisation } from "../batch-normalisation.ts";
import { convolution, linear } from "../layers.ts";
import { inferenceModel, initialState, type Network, stateSpecs } from "../network.ts";
import type { Scope } from "../scope.ts";
import { foldBatchNormalisation } from "./fold-batch-normalisation.ts";
import { quantiseModel } from "./quantise-model.ts";

const random = new Random(3, "quantise");

const normal = (shape: readonly number[]): FloatTensor =>
  floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
  );

/** The model of a network whose tensors are all random, running variances around 1. */
const modelOf = (network: Network, inputShape: readonly number[]): OnnxModel => {
  const state = [...initialState(stateSpecs(network, inputShape), 1)].map(([name, { shape, data }]) => {
    const values = data.map((value) => (data.length > 16 ? value : value + random.uniform(-0.5, 0.5)));
    return [name, floatTensor(shape, name.endsWith("running_var") ? values.map(Math.abs) : values)] as const;
  });
  return inferenceModel(network, { inputShape, state: new Map(state) });
};

const run = async (model: OnnxModel, x: FloatTensor): Promise<Record<string, Tensor>> => {
  const session = await Session.create(model);
  const outputs = await session.run({ x });
  await session.release();
  return outputs;
};

/** The root mean square of the difference, relative to that of the expected values. */
const relativeError = (found: Tensor, expected: Tensor): number => {
  const square = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0);
  const expectedValues = [...(expected.data as Float32Array)];
  const differences = expectedValues.map((value, i) => (found.data[i] as number) - value);
  return Math.sqrt(square(differences) / square(expectedValues));
};

/** How often each operator stands in a model. */
const countsOf = ({ nodes }: OnnxModel): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { type } of nodes) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

/** The model as ONNX Runtime runs it, after its own rewriting. */
const optimised = async (model: OnnxModel): Promise<OnnxModel> => {
  const folder = mkdtempSync(join(tmpdir(), "osteon-quantise-"));
  try {
    const optimizedModelFilePath = join(folder, "optimised.onnx");
    const session = await ort.InferenceSession.create(encodeModel(model), {
      optimizedModelFilePath,
      logSeverityLevel: 3,
    });
    await session.release();
    return decodeModel(readFileSync(optimizedModelFilePath));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const normalised = (scope: Scope, x: Value, outChannels: number): Value =>
  batchNormalisation(scope.at("bn"), convolution(scope.at("conv"), x, { outChannels, kernelSize: 3, padding: 1 }));

/** A residual block, a pool, a U-shaped join, a strided grouped convolution without bias, and two linear layers. */
const everything: Network<"features" | "logits"> = (scope, x) => {
  const first = relu(normalised(scope.at("first"), x, 8));
  const block = relu(add(normalised(scope.at("second"), first, 8), first));
  const pooled = maxPool2d(block, { kernel: 2 });
  const joined = concat([upsampleNearest2d(pooled, 2), normalised(scope.at("third"), block, 4)], 1);
  const options = { outChannels: 6, kernelSize: 3, stride: 2, padding: 1, groups: 2, bias: false };
  const last = relu(convolution(scope.at("last"), joined, options));
  const features = linear(scope.at("fc1"), reshape(last, [x.shape[0]!, sizeOf(last.shape.slice(1))]), 10);
  return { features, logits: linear(scope.at("fc2"), relu(features), 3) };
};
const inputShape = [4, 3, 12, 12];

describe("folding batch normalisation", () => {
  test("changes no result, behind convolutions with groups and without bias, and linear layers", async () => {
    const network: Network<"y"> = (scope, x) => {
      const options = { outChannels: 6, kernelSize: 3, groups: 3, bias: false };
      const y = batchNormalisation(scope.at("bn1"), convolution(scope.at("conv1"), x, options));
      const z = normalised(scope.at("second"), relu(y), 4);
      const flat = reshape(z, [z.shape[0]!, sizeOf(z.shape.slice(1))]);
      return { y: batchNormalisation(scope.at("bn3"), linear(scope.at("fc"), flat, 5)) };
    };
    const model = modelOf(network, inputShape);
    const folded = foldBatchNormalisation(model);
    expect(countsOf(model).BatchNormalization).toBe(3);
    expect(countsOf(folded)).toEqual({ Conv: 2, Relu: 1, Reshape: 1, Gemm: 1 });
    const x = normal(inputShape);
    expect(relativeError((await run(folded, x)).y!, (await run(model, x)).y!)).toBeLessThan(1e-5);
  });

  test("leaves a normalisation that stands alone, or whose convolution is read elsewhere or given out", () => {
    const alone: Network<"y"> = (scope, x) => ({ y: batchNormalisation(scope, relu(x)) });
    expect(countsOf(foldBatchNormalisation(modelOf(alone, inputShape))).BatchNormalization).toBe(1);
    const conv = (scope: Scope, x: Value): Value => convolution(scope.at("conv"), x, { outChannels: 3, kernelSize: 1 });
    const twice: Network<"y"> = (scope, x) => {
      const y = conv(scope, x);
      return { y: add(batchNormalisation(scope, y), y) };
    };
    expect(countsOf(foldBatchNormalisation(modelOf(twice, inputShape))).BatchNormalization).toBe(1);
    const given: Network<"y" | "z"> = (scope, x) => {
      const y = conv(scope, x);
      return { y, z: batchNormalisation(scope, y) };
    };
    expect(countsOf(foldBatchNormalisation(modelOf(given, inputShape))).BatchNormalization).toBe(1);
  });
});

describe("a model in eight-bit integers", () => {
  test("agrees with the model in floats, and reads back from its file", async () => {
    const model = modelOf(everything, inputShape);
    const x = normal(inputShape);
    const small = decodeModel(encodeModel(await quantiseModel(model, { calibration: [{ x }] })));
    expect([small.inputs, small.outputs]).toEqual([model.inputs, model.outputs]);
    const [found, expected] = [await run(small, x), await run(model, x)];
    expect(relativeError(found.features!, expected.features!)).toBeLessThan(0.03);
    expect(relativeError(found.logits!, expected.logits!)).toBeLessThan(0.03);
    expect(relativeError(found.logits!, expected.logits!)).toBeGreaterThan(1e-5); // else nothing was rounded
  });

  test("runs on ONNX Runtime's integer operators from the first convolution to the last linear layer", async () => {
    const model = modelOf(everything, inputShape);
    const counts = countsOf(await optimised(await quantiseModel(model, { calibration: [{ x: normal(inputShape) }] })));
    expect(counts).toMatchObject({ QLinearConv: 4, QLinearAdd: 1, QLinearConcat: 1, QGemm: 2 });
    for (const float of ["Conv", "Gemm", "Add", "Concat", "Relu", "DequantizeLinear"])
      expect(Object.keys(counts)).not.toContain(float);
  });

  test("runs hidden linear layers in integers, each behind the other", async () => {
    const hidden = (scope: Scope, x: Value, width: number): Value =>
      relu(batchNormalisation(scope.at("bn"), linear(scope.at("fc"), x, width)));
    const network: Network<"y"> = (scope, x) => {
      const y = hidden(scope.at(2), hidden(scope.at(1), hidden(scope.at(0), x, 32), 16), 8);
      return { y: linear(scope.at("head"), y, 4) };
    };
    const model = modelOf(network, [16, 10]);
    const x = normal([16, 10]);
    const small = await quantiseModel(model, { calibration: [{ x }] });
    expect(countsOf(await optimised(small))).toMatchObject({ QGemm: 4, QuantizeLinear: 1 });
    expect(relativeError((await run(small, x)).y!, (await run(model, x)).y!)).toBeLessThan(0.05);
  });

  test.each([
    [true, 64],
    [false, 127],
  ])("has weights of the reduced range (%s) up to %d", async (reduceRange, largest) => {
    const model = modelOf(everything, inputShape);
    const { initializers } = await quantiseModel(model, { calibration: [{ x: normal(inputShape) }], reduceRange });
    const weights = initializers.filter(({ type, shape }) => type === "int8" && shape.length > 1);
    expect(weights.length).toBe(6);
    for (const { data } of weights) expect(Math.max(...new Int8Array(data).map(Math.abs))).toBe(largest);
  });

  test("has a quarter of the weights' bytes", async () => {
    const network: Network<"y"> = (scope, x) => ({ y: linear(scope, x, 256) });
    const model = modelOf(network, [1, 256]);
    const small = await quantiseModel(model, { calibration: [{ x: normal([1, 256]) }] });
    expect(encodeModel(small).length / encodeModel(model).length).toBeLessThan(0.27);
  });

  /** All values lie on the integers' grid, so nothing may be lost; sums of full-range products overflow 16 bits. */
  test("computes exactly what eight bits can hold", async () => {
    const graph = new Graph();
    const w = graph.initializer(
      "w",
      [2, 64, 1, 1],
      Float32Array.from({ length: 128 }, (_, i) => (i < 64 ? 64 : -64)),
    );
    const bias = graph.initializer("b", [2], Float32Array.of(-1000, 2000));
    const v = graph.initializer("v", [1, 8], new Float32Array(8).fill(1));
    const y = conv2d(graph.input("x", [1, 64, 2, 2]), w, { bias });
    const model = graph.toModel({ z: gemm(reshape(relu(y), [1, 8]), v, { transB: true }) });
    const x = floatTensor([1, 64, 2, 2], new Float32Array(256).fill(255));
    const small = await quantiseModel(model, { calibration: [{ x }] });
    expect((await run(small, x)).z!.data[0]).toBeCloseTo(4 * (64 * 64 * 255 - 1000), -1);
  });

  test("leaves in floats what the model gives out and what has no weights of its own", async () => {
    const network: Network<"maps" | "y"> = (scope, x) => {
      const maps = convolution(scope.at("given"), x, { outChannels: 3, kernelSize: 1 });
      return { maps, y: add(sigmoid(convolution(scope.at("inner"), maps, { outChannels: 3, kernelSize: 1 })), maps) };
    };
    const model = modelOf(network, inputShape);
    const x = normal(inputShape);
    const small = await quantiseModel(model, { calibration: [{ x }] });
    expect(countsOf(small)).toMatchObject({ QuantizeLinear: 2, Conv: 2, Sigmoid: 1, Add: 1 });
    expect(relativeError((await run(small, x)).maps!, (await run(model, x)).maps!)).toBe(0);
  });

  test("takes its scales from all batches of the calibration", async () => {
    const network: Network<"y"> = (scope, x) => ({ y: linear(scope, x, 4) });
    const model = modelOf(network, [1, 8]);
    const [near, far] = [
      floatTensor([1, 8], new Float32Array(8).fill(0.1)),
      floatTensor([1, 8], new Float32Array(8).fill(-3)),
    ];
    const [expected] = [await run(model, far)];
    const narrow = await quantiseModel(model, { calibration: [{ x: near }] });
    expect(relativeError((await run(narrow, far)).y!, expected.y!)).toBeGreaterThan(0.3);
    for (const calibration of [
      [{ x: near }, { x: far }],
      [{ x: far }, { x: near }],
    ]) {
      const wide = await quantiseModel(model, { calibration });
      expect(relativeError((await run(wide, far)).y!, expected.y!)).toBeLessThan(0.03);
    }
  });
});

describe("what cannot be quantised is told", () => {
  const network: Network<"y"> = (scope, x) => ({ y: linear(scope, x, 2) });
  const model = modelOf(network, [1, 2]);
  const x = normal([1, 2]);

  test("no batch to calibrate on", async () => {
    await expect(quantiseModel(model, { calibration: [] })).rejects.toThrow("at least one batch to calibrate on");
  });

  test("a batch of another shape", async () => {
    await expect(quantiseModel(model, { calibration: [{ x: normal([2, 2]) }] })).rejects.toThrow(
      '"x" needs shape [1, 2]',
    );
  });

  test("a batch that makes values which are no numbers", async () => {
    const calibration = [{ x: floatTensor([1, 2], Float32Array.of(1, Number.NaN)) }];
    await expect(quantiseModel(model, { calibration })).rejects.toThrow('"x" is not finite');
    const infinite = [{ x: floatTensor([1, 2], Float32Array.of(1, Infinity)) }];
    await expect(quantiseModel(model, { calibration: infinite })).rejects.toThrow('"x" is not finite');
  });

  test("a model without layers, or of an operator set that knows no scale for each channel", async () => {
    const graph = new Graph();
    const bare = graph.toModel({ y: relu(graph.input("x", [1, 2])) });
    await expect(quantiseModel(bare, { calibration: [{ x }] })).rejects.toThrow("no convolution or linear layer");
    const old = { ...model, operatorSets: { "": 12 } };
    await expect(quantiseModel(old, { calibration: [{ x }] })).rejects.toThrow("operator set 13 or later");
  });
});
