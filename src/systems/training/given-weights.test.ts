import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../engine/safetensors.ts";
import { floatTensor, type StateDict } from "../../engine/tensor.ts";
import { inferenceSession, initialState, stateSpecs } from "../../nn/network.ts";
import { Random } from "../../numeric/random.ts";
import { givenWeights } from "./given-weights.ts";
import { namedNetwork } from "./networks.ts";

const imageSize = 32;
const area = imageSize ** 2;
const colour = namedNetwork("mobilenet_v1_0.25", 10);
const colourShape = [1, 3, imageSize, imageSize];

/** Weights for colour whose first kernels look at one pixel, so that no border is padded. */
const colourWeights = (): StateDict => {
  const state = initialState(stateSpecs(colour.network, colourShape), 1);
  const random = new Random(1, "stem");
  const kernel = state.get("conv_stem.weight")!;
  const middle = Float32Array.from(kernel.data, (_, i) => (i % 9 === 4 ? random.normal() : 0));
  const means = Float32Array.from(state.get("bn1.running_mean")!.data, () => random.normal());
  return new Map([
    ...state,
    ["conv_stem.weight", floatTensor(kernel.shape, middle)],
    ["bn1.running_mean", floatTensor([means.length], means)],
  ]);
};

const featuresOf = async (
  network: ReturnType<typeof namedNetwork>["network"],
  { state, x, channels }: { state: StateDict; x: Float32Array; channels: number },
): Promise<Float32Array> => {
  const inputShape = [1, channels, imageSize, imageSize];
  const session = await inferenceSession(network, { inputShape, state });
  const { features } = await session.run({ x: floatTensor(inputShape, x) });
  await session.release();
  return features!.data as Float32Array;
};

const options = { network: "mobilenet_v1_0.25", numClasses: 3, imageSize, seed: 4 } as const;

describe("given weights", () => {
  test("a standardised radiograph gives what a grey photograph of ImageNet's brightness gave to the colour network", async () => {
    const given = colourWeights();
    const standardised = Float32Array.from({ length: area }, (_, i) => Math.sin(i / 7));
    const [mean, deviation] = [(0.485 + 0.456 + 0.406) / 3, (0.229 + 0.224 + 0.225) / 3];
    const ranges = [
      [0.485, 0.229],
      [0.456, 0.224],
      [0.406, 0.225],
    ] as const;
    const photograph = Float32Array.from(
      ranges.flatMap(([own, spread]) => Array.from(standardised, (z) => (mean + deviation * z - own) / spread)),
    );
    const wanted = await featuresOf(colour.network, { state: given, x: photograph, channels: 3 });
    const state = givenWeights(encodeSafetensors({ tensors: given, metadata: {} }), options);
    expect(state.get("classifier.weight")!.shape[0]).toBe(3);
    const { network } = namedNetwork(options.network, options.numClasses);
    const features = await featuresOf(network, { state, x: standardised, channels: 1 });
    for (const [i, value] of features.entries()) expect(value).toBeCloseTo(wanted[i]!, 4);
    expect(Math.max(...features)).toBeGreaterThan(0);
  });

  test("weights of a network that took one channel are taken as they are, but for the top layer", () => {
    const { network } = namedNetwork("resnet18", 5);
    const own = initialState(stateSpecs(network, [1, 1, imageSize, imageSize]), 2);
    const state = givenWeights(encodeSafetensors({ tensors: own, metadata: {} }), { ...options, network: "resnet18" });
    expect(state.get("conv1.weight")).toEqual(own.get("conv1.weight"));
    expect(state.get("layer4.1.bn2.weight")).toEqual(own.get("layer4.1.bn2.weight"));
    expect(state.get("fc.weight")!.shape).toEqual([3, 512]);
  });

  test("weights of another network, and bytes that are no weights, are refused", () => {
    const bytes = encodeSafetensors({ tensors: colourWeights(), metadata: {} });
    expect(() => givenWeights(bytes, { ...options, network: "resnet18" })).toThrow("do not fit the network");
    expect(() => givenWeights(new TextEncoder().encode("no weights"), options)).toThrow("no weights");
  });
});
