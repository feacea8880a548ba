import { expect, test } from "vitest";
import { encodeSafetensors } from "../../engine/safetensors.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { initialState, stateSpecs } from "../../nn/network.ts";
import { beginWithWeights } from "./begin-with-weights.ts";
import { type ClusterNetwork, networkOf } from "./cluster-network.ts";

const fresh = { clusters: 5, seed: 3 };

const stateFor = (network: ClusterNetwork, channels: number): StateDict =>
  initialState(stateSpecs(networkOf(network, 7), [1, channels, network.imageSize, network.imageSize]), 1);

const fileOf = (state: StateDict): Uint8Array => encodeSafetensors({ tensors: state, metadata: {} });

test("DeepCluster's own checkpoint, saved from several devices, fits behind the Sobel filters of one channel", () => {
  const network: ClusterNetwork = { name: "vgg16", sobel: true, imageSize: 32 };
  const published = stateFor(network, 3);
  const saved = new Map(
    [...published].map(([name, tensor]) => [name.replace("features.", "features.module."), tensor]),
  );
  const begun = beginWithWeights(fileOf(saved), network, fresh);
  expect(begun.get("features.0.weight")).toEqual(published.get("features.0.weight"));
  expect(begun.get("sobel.0.weight")!.shape).toEqual([1, 1, 1, 1]);
  expect(begun.get("top_layer.weight")!.shape[0]).toBe(5);
});

test("weights that see colours are made to see greys", () => {
  const network: ClusterNetwork = { name: "vgg16", sobel: false, imageSize: 32 };
  const published = stateFor(network, 3);
  const begun = beginWithWeights(fileOf(published), network, fresh);
  const [kernel, colours] = [begun, published].map((state) => state.get("features.0.weight")!);
  expect(kernel!.shape).toEqual([64, 1, 3, 3]);
  expect(kernel!.data[0]).toBeCloseTo(colours!.data[0]! + colours!.data[9]! + colours!.data[18]!, 6);
});

test("weights that see greys do not begin a network that sees edges", () => {
  const network: ClusterNetwork = { name: "resnet18", sobel: true, imageSize: 32 };
  const file = fileOf(stateFor({ ...network, sobel: false }, 1));
  expect(() => beginWithWeights(file, network, fresh)).toThrow("leave the Sobel filters out");
});
