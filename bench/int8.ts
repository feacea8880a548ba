/**
 * ResNet-18 at batch 16, 224 x 224, in eight-bit integers beside the same model in floats: speed, taken in turns, and
 * agreement on pictures that it has learnt to tell apart.
 */

import { Session, type Tensors } from "../src/engine/session.ts";
import { resNet18 } from "../src/models/resnet.ts";
import { inferenceModel } from "../src/nn/network.ts";
import { rowCosines, sameLargest } from "../src/nn/quantise/agreement.ts";
import { quantiseModel } from "../src/nn/quantise/quantise-model.ts";
import { encodeModel } from "../src/onnx/encode-model.ts";
import { directions, drawStripes, trainOnStripes } from "../test/support/stripes.ts";
import { type Bench, beside, median } from "./figure.ts";

const [batch, side, runs, rounds] = [16, 224, 4, 3];

const draw = (seed: number): { readonly x: Tensors[string] } => ({ x: drawStripes({ count: batch, side, seed }).x });

const fastest = async (session: Session, feeds: Tensors): Promise<number> => {
  const seconds: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await session.run(feeds);
    seconds.push((performance.now() - start) / 1e3);
  }
  return Math.min(...seconds);
};

/** Each round measures both models, so a drift of the machine cancels out. */
export const int8: Bench = async ({ say }) => {
  say("Training for a minute, so that there is something to agree on");
  const network = resNet18({ numClasses: directions });
  const state = await trainOnStripes(network, { side: 64, steps: 40 });
  const model = inferenceModel(network, { inputShape: [batch, 3, side, side], state });
  const small = await quantiseModel(model, { calibration: [draw(1000), draw(1001)] });
  const [float, integer] = [await Session.create(model), await Session.create(small)];

  const cosines: number[] = [];
  const agreements: number[] = [];
  for (let seed = 2000; seed < 2008; seed++) {
    const [expected, found] = [await float.run(draw(seed)), await integer.run(draw(seed))];
    cosines.push(...rowCosines(expected.features!, found.features!));
    agreements.push(sameLargest(expected.logits!, found.logits!));
  }
  const speeds: { readonly float: number; readonly integer: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds}`);
    const feeds = draw(round);
    speeds.push({ float: batch / (await fastest(float, feeds)), integer: batch / (await fastest(integer, feeds)) });
  }
  await Promise.all([float.release(), integer.release()]);

  const peer = "the same in floats";
  const sizeOf = (each: typeof model): number => encodeModel(each).length / 2 ** 20;
  return [
    beside({
      name: "ResNet-18 inference in eight-bit integers, batch 16, 224 x 224",
      value: median(speeds.map(({ integer: value }) => value)),
      unit: "images/s",
      peer,
      peerValue: median(speeds.map(({ float: value }) => value)),
      wanted: "ratio > 1",
    }),
    { name: "Size of the file", value: sizeOf(small), unit: "MiB", peer, peerValue: sizeOf(model) },
    { name: "Cosine of the features with those in floats, smallest of 128", value: Math.min(...cosines), unit: "" },
    {
      name: "Pictures of 128 given the same class",
      value: (100 * agreements.reduce((sum, share) => sum + share, 0)) / agreements.length,
      unit: "%",
    },
  ];
};
