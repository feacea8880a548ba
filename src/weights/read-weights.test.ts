/** Files as PyTorch and others write them (test/fixtures/weights/make_weights.py): entry i of most tensors is i / 4 - 1. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../engine/safetensors.ts";
import { floatTensor } from "../engine/tensor.ts";
import { mlp } from "../models/mlp.ts";
import { exportOnnx, initialState, stateSpecs } from "../nn/network.ts";
import { decodeWeights, readWeights } from "./read-weights.ts";

const fixtures = new URL("../../test/fixtures/weights/", import.meta.url);
const read = async (name: string) => readFile(new URL(name, fixtures));
const ramp = (count: number): number[] => Array.from({ length: count }, (_, i) => i / 4 - 1);

describe.each(["tensors.pth", "tensors-before-1.6.pth"])("%s", (name) => {
  test("every type of number, strides, offsets and shared storages", async () => {
    const { format, tensors } = await readWeights(await read(name));
    expect(format).toBe("pytorch");
    const found = Object.fromEntries([...tensors].map(([key, { shape, data }]) => [key, { shape, data: [...data] }]));
    expect(found).toEqual({
      float32: { shape: [2, 3], data: ramp(6) },
      float64: { shape: [2, 3], data: ramp(6) },
      float16: { shape: [2, 3], data: ramp(6) },
      bfloat16: { shape: [2, 3], data: ramp(6) },
      int64: { shape: [6], data: [0, 1, 2, 3, 4, 5] },
      bool: { shape: [3], data: [1, 0, 1] },
      scalar: { shape: [], data: [-1] },
      empty: { shape: [0, 3], data: [] },
      parameter: { shape: [3, 2], data: ramp(6) },
      transposed: { shape: [2, 3], data: [-1, -0.5, 0, -0.75, -0.25, 0.25] },
      tail: { shape: [2, 3], data: ramp(12).slice(6) },
      column: { shape: [4], data: [-0.75, 0, 0.75, 1.5] },
      repeated: { shape: [2, 3], data: [-1, -0.75, -0.5, -1, -0.75, -0.5] },
    });
  });
});

const networkNames = ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"];

test("of a checkpoint its weights, without the module that DataParallel put around the network", async () => {
  const { tensors } = await readWeights(await read("checkpoint.pth"));
  expect([...tensors.keys()]).toEqual([...networkNames, "1.num_batches_tracked", "4.weight", "4.bias"]);
  expect(tensors.get("4.weight")).toEqual(floatTensor([2, 8], Float32Array.from(ramp(16))));
});

test("of a moving average its weights, without the wrapper's name", async () => {
  const { tensors } = await readWeights(await read("averaged.pth"), { entry: "model_ema" });
  expect([...tensors.keys()]).toEqual(["n_averaged", ...networkNames, "1.num_batches_tracked", "4.weight", "4.bias"]);
});

test("an entry of a checkpoint that holds no weights is said to hold none", async () => {
  const file = await read("checkpoint.pth");
  expect(() => decodeWeights(file, { entry: "model_ema" })).toThrow(/no weights under "model_ema".*"state_dict"/);
});

test("safetensors of other types than float32", async () => {
  const { format, tensors } = await readWeights(await read("tensors.safetensors"));
  expect(format).toBe("safetensors");
  for (const kind of ["F64", "F32", "F16"]) expect([...tensors.get(kind)!.data]).toEqual(ramp(6));
  for (const kind of ["I64", "U8"]) expect([...tensors.get(kind)!.data]).toEqual([0, 1, 2, 3, 4, 5]);
});

test("an ONNX model that PyTorch exported: its weights, by their names", async () => {
  const { format, tensors } = await readWeights(await read("network.onnx"));
  expect(format).toBe("onnx");
  expect([...tensors.keys()].sort()).toEqual([...networkNames, "4.weight", "4.bias"].sort());
  for (const [n, name] of [...networkNames, "4.weight", "4.bias"].entries()) {
    const { data } = tensors.get(name)!;
    expect([...data], name).toEqual(ramp(data.length).map((value) => value + n));
  }
});

test("what Osteon exports comes back the same, as ONNX and as safetensors", async () => {
  const network = mlp({ hidden: [4], numClasses: 3, batchNorm: true });
  const state = initialState(stateSpecs(network, [1, 5]), 7);
  const onnx = await readWeights(exportOnnx(network, { inputShape: [1, 5], state }));
  for (const [name, tensor] of onnx.tensors) expect(tensor, name).toEqual(state.get(name));
  expect(onnx.tensors.size).toBeGreaterThan(3);
  expect((await readWeights(encodeSafetensors({ tensors: state, metadata: {} }))).tensors).toEqual(state);
});

describe("what is refused, and how", () => {
  test("a pickle that would run a command names it and runs nothing", async () => {
    const file = await read("hostile.pth");
    expect(() => decodeWeights(file)).toThrow(/"posix\.system".*nothing of it was executed/);
    expect(existsSync("osteon-was-executed")).toBe(false);
  });

  test.each([
    ["whole-network.pth", /"torch\.nn\.modules\.container\.Sequential".*state_dict/],
    ["torchscript.pt", /TorchScript.*torch\.jit\.load/],
  ])("%s, with the way to save it instead", async (name, sentence) => {
    const file = await read(name);
    expect(() => decodeWeights(file)).toThrow(sentence);
  });

  test.each([
    ["nothing", Buffer.alloc(0), /it is empty/],
    ["a page", Buffer.from("<!DOCTYPE html>"), /web page/],
    ["HDF5", Buffer.from("\x89HDF\r\n\x1a\n", "latin1"), /Keras/],
    ["a pickle of something else", Buffer.from([0x80, 4, 0x4e, 0x2e]), /not one that torch\.save wrote/],
    ["noise", Buffer.from("noise, no weights"), /no weights in a format that is read\. Read are/],
  ])("%s", (_, file, sentence) => {
    expect(() => decodeWeights(file)).toThrow(sentence);
  });

  test("a file that is not there, by its path", async () => {
    await expect(readWeights("nowhere/weights.pth")).rejects.toThrow(/nowhere\/weights\.pth cannot be read \(ENOENT\)/);
  });
});
