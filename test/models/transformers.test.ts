/** Vision transformers against their published definitions in PyTorch. */

import { expect, test } from "vitest";
import { sgd } from "../../src/engine/optimisers.ts";
import { floatTensor, labelTensor } from "../../src/engine/tensor.ts";
import { nest, nestBase, nestSmall, nestTiny } from "../../src/models/nest.ts";
import { visionTransformer, viTBase, viTSmall, viTTiny } from "../../src/models/vision-transformer.ts";
import { initialState, stateSpecs } from "../../src/nn/network.ts";
import { classification } from "../../src/nn/objective.ts";
import { TrainStep } from "../../src/nn/train-step.ts";
import { describeAgainstPytorch } from "../support/against-pytorch.ts";

const inputShape = [1, 3, 224, 224];
const numClasses = 1000;

describeAgainstPytorch("ViT", {
  network: visionTransformer({ numClasses: 5, embedDim: 96, depth: 3, numHeads: 3 }),
  golden: "vit.json",
  parameterCounts: [
    { network: viTTiny({ numClasses }), inputShape, count: 5_717_416 },
    { network: viTSmall({ numClasses }), inputShape, count: 22_050_664 },
    { network: viTBase({ numClasses }), inputShape, count: 86_567_656 },
  ],
});

const small = { embedDims: [32, 64, 96], numHeads: [1, 2, 3], depths: [1, 1, 2] };

describeAgainstPytorch("NesT with timm's padding", {
  network: nest(small, { numClasses: 5 }),
  golden: "nest.json",
  parameterCounts: [
    { network: nestTiny({ numClasses }), inputShape, count: 17_057_608 },
    { network: nestSmall({ numClasses }), inputShape, count: 38_351_176 },
    { network: nestBase({ numClasses }), inputShape, count: 67_723_368 },
  ],
});

describeAgainstPytorch("NesT with the original's padding", {
  network: nest(small, { numClasses: 5, padding: "same" }),
  golden: "nest-same.json",
});

test("pictures that cannot be cut up are refused by the sizes that can", () => {
  expect(() => stateSpecs(viTTiny({ numClasses: 2 }), [1, 3, 100, 96])).toThrow("multiples of that");
  expect(() => stateSpecs(nestTiny({ numClasses: 2 }), [1, 3, 100, 96])).toThrow("multiples of 16");
});

test("stochastic depth changes the losses of training, by the seed", async () => {
  const shape = [4, 1, 64, 64];
  const losses = await Promise.all(
    [
      { rate: 0, seed: 1 },
      { rate: 0.9, seed: 1 },
      { rate: 0.9, seed: 1 },
      { rate: 0.9, seed: 2 },
    ].map(async ({ rate, seed }) => {
      const network = nest(small, { numClasses: 2, dropPathRate: rate });
      const state = initialState(stateSpecs(network, shape), 3);
      const trainer = await TrainStep.create({
        network,
        objective: classification(),
        inputShape: shape,
        optimiser: sgd(),
        state,
        seed,
      });
      const x = floatTensor(
        shape,
        Float32Array.from({ length: 4 * 64 * 64 }, (_, i) => Math.sin(i)),
      );
      const { loss } = await trainer.step({ x, targets: { labels: labelTensor([0, 1, 0, 1]) }, lr: 0.1 });
      await trainer.release();
      return loss;
    }),
  );
  expect(losses[1]).not.toBe(losses[0]);
  expect(losses[2]).toBe(losses[1]);
  expect(losses[3]).not.toBe(losses[1]);
});
