/** Networks that have learned nothing, for tests that ask how something is done and not how well. */

import { initialState, stateSpecs } from "../../src/nn/network.ts";
import { presets } from "../../src/systems/precedents/config.ts";
import { networkOf, type PrecedentsModel } from "../../src/systems/precedents/model.ts";

/** What they would tell apart. */
export const untrainedClasses: readonly string[] = ["Chordoma", "Osteosarcoma"];

/** What is wanted of them. */
export interface UntrainedOptions {
  /** A network for each. */
  readonly imageSizes: readonly number[];
  /** Of the pictures that they see. */
  readonly sourceSize: number;
  readonly bits: number;
  readonly seed?: number;
}

/** The networks as they were drawn. */
export const untrainedModel = (
  modelId: string,
  { imageSizes, sourceSize, bits, seed = 1 }: UntrainedOptions,
): PrecedentsModel => ({
  card: {
    format: "osteon-precedents-model-1",
    modelId,
    target: "entity",
    classes: untrainedClasses,
    settings: { ...presets.small, imageSizes, sourceSize, bits },
    epochs: 0,
    seed,
    radiographs: 0,
    patients: 0,
    codeVersion: "test",
  },
  members: imageSizes.map((size) =>
    initialState(stateSpecs(networkOf("resnet18", untrainedClasses.length), [1, 1, size, size]), seed),
  ),
});
