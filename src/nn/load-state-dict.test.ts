import { describe, expect, test } from "vitest";
import { floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { resNet18 } from "../models/resnet.ts";
import { loadStateDict } from "./load-state-dict.ts";
import { initialState, stateSpecs } from "./network.ts";

const specs = stateSpecs(resNet18({ numClasses: 5 }), [1, 3, 32, 32]);
const published = initialState(stateSpecs(resNet18({ numClasses: 10 }), [1, 3, 32, 32]), 3);

const refusal = (weights: StateDict): OsteonError => {
  try {
    loadStateDict(specs, weights);
  } catch (error) {
    if (error instanceof OsteonError) return error;
  }
  throw new Error("The weights were not refused.");
};

describe("loadStateDict", () => {
  test("takes weights of the same names and shapes, and passes over PyTorch's count of batches", () => {
    const weights = initialState(specs, 1);
    const counted = new Map([...weights, ["bn1.num_batches_tracked", floatTensor([], Float32Array.of(9))]] as const);
    expect([...loadStateDict(specs, counted)].filter(([name, tensor]) => weights.get(name) !== tensor)).toEqual([]);
  });

  test("says in one error all that is missing, unexpected or of another shape", () => {
    const weights = new Map(published);
    weights.delete("conv1.weight");
    weights.delete("layer1.0.bn1.bias");
    weights.set("layer9.weight", floatTensor([1], new Float32Array(1)));
    const { message, context } = refusal(weights);
    expect(message).toBe(
      "The weights do not fit the network: 2 missing (conv1.weight, layer1.0.bn1.bias); 1 unexpected (layer9.weight); " +
        "2 of another shape (fc.weight [10, 512] instead of [5, 512], fc.bias [10] instead of [5]).",
    );
    expect(context).toMatchObject({ missing: ["conv1.weight", "layer1.0.bn1.bias"], unexpected: ["layer9.weight"] });
  });

  test("begins the named parts anew and takes the rest", () => {
    const state = loadStateDict(specs, published, { newParts: ["fc."], seed: 2 });
    expect(state.get("fc.weight")!.shape).toEqual([5, 512]);
    expect(state.get("layer4.1.conv2.weight")).toBe(published.get("layer4.1.conv2.weight"));
    expect([...state.keys()]).toEqual(specs.map(({ name }) => name));
  });

  test("takes a part of a larger network by its prefix", () => {
    const weights = initialState(specs, 1);
    const larger = new Map([...weights].map(([name, tensor]) => [`encoder.${name}`, tensor]));
    larger.set("decoder.weight", floatTensor([1], new Float32Array(1)));
    const state = loadStateDict(specs, larger, { prefix: "encoder." });
    expect([...state].filter(([name, tensor]) => weights.get(name) !== tensor)).toEqual([]);
  });

  test("a part to begin anew that the network does not have is a mistake", () => {
    expect(() => loadStateDict(specs, published, { newParts: ["head."] })).toThrow(
      /No part of the network is named head/,
    );
  });
});
