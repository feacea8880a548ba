import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { OnnxModel } from "../onnx/model.ts";
import { gradients } from "./gradients.ts";
import { Graph, type Value } from "./graph.ts";
import { add, convTranspose2d, maxPool2d, reduceSum } from "./ops.ts";
import { type Provider, prepareFor, providerFailure } from "./providers.ts";
import { Session } from "./session.ts";
import { floatTensor } from "./tensor.ts";

const doubled = (): OnnxModel => {
  const graph = new Graph();
  const x = graph.input("x", [1]);
  return graph.toModel({ y: add(x, x) });
};

const packageFolder = dirname(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"));
const cudaKernels = join(packageFolder, "bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so");

test.skipIf(existsSync(cudaKernels))(
  "without its kernels, cuda is refused with what to do, and cpu goes on",
  async () => {
    const refused = Session.create(doubled(), { provider: "cuda" });
    await expect(refused).rejects.toMatchObject({ name: "OsteonError", code: "unsupported" });
    await expect(refused).rejects.toThrow(/provider cuda does not run on this machine: .*npm rebuild.*osteon doctor/);
    const session = await Session.create(doubled());
    expect((await session.run({ x: floatTensor([1], Float32Array.of(2)) })).y!.data[0]).toBe(4);
    await session.release();
  },
);

test("an unknown provider is refused by name", async () => {
  const refused = Session.create(doubled(), { provider: "tpu" as Provider });
  await expect(refused).rejects.toThrow('There is no provider "tpu"; there are cpu, webgpu, cuda.');
});

test("no path of the runtime's source reaches the reader", () => {
  const message =
    "/onnxruntime_src/core/webgpu_context.cc:136 onnxruntime::Initialize() adapter_result.status == Success was false. Out of memory.\n";
  const error = providerFailure("webgpu", new Error(message));
  expect(error.context.reason).toBe("Out of memory.");
  expect(error.message).toMatch(/^The provider webgpu did not take the graph: Out of memory\. `osteon doctor`/);
});

const forced = (model: OnnxModel): readonly string[] => {
  const { model: prepared, config } = prepareFor("webgpu", model);
  if (typeof config === "string") return [];
  const names = (config as { forceCpuNodeNames: readonly string[] }).forceCpuNodeNames;
  return prepared.nodes.flatMap(({ name, type }) => (name !== undefined && names.includes(name) ? [type] : []));
};

test("what WebGPU computes wrongly stays on the processor, and nothing else does", () => {
  const poolingGradient = (provider: Provider): OnnxModel => {
    const graph = new Graph();
    const x = graph.input("x", [1, 1, 4, 4]);
    const [dx] = gradients(reduceSum(maxPool2d(x, { kernel: 2 }), [0, 1, 2, 3]), [x], { provider });
    return graph.toModel({ dx: dx! });
  };
  const transposition = (groups: number): OnnxModel => {
    const graph = new Graph();
    const value = (name: string, shape: readonly number[]): Value => graph.input(name, shape);
    return graph.toModel({ y: convTranspose2d(value("x", [1, 4, 3, 3]), value("w", [4, 1, 2, 2]), { groups }) });
  };
  expect(forced(poolingGradient("cpu"))).toEqual(["MaxPool"]);
  expect(forced(poolingGradient("webgpu"))).toEqual([]);
  expect(forced(transposition(2))).toEqual(["ConvTranspose"]);
  expect(forced(transposition(1))).toEqual([]);
  expect(prepareFor("cpu", transposition(2)).config).toBe("cpu");
});
