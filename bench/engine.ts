/** Training step and inference of ResNet-18 at batch 16, 224 x 224, beside PyTorch, taken in turns in one run. */

import { sgd } from "../src/engine/optimisers.ts";
import { floatTensor, labelTensor } from "../src/engine/tensor.ts";
import { resNet18 } from "../src/models/resnet.ts";
import { inferenceSession, initialState, stateSpecs } from "../src/nn/network.ts";
import { classification } from "../src/nn/objective.ts";
import { TrainStep } from "../src/nn/train-step.ts";
import { Random } from "../src/numeric/random.ts";
import { type Bench, beside, median } from "./figure.ts";
import { type PytorchSpeed, pytorchSpeed } from "./pytorch.ts";

const [batch, size, steps, rounds] = [16, 224, 4, 3];

const fastest = async (run: () => Promise<unknown>): Promise<number> => {
  const seconds: number[] = [];
  for (let i = 0; i <= steps; i++) {
    const start = performance.now();
    await run();
    seconds.push((performance.now() - start) / 1e3);
  }
  return Math.min(...seconds.slice(1)); // the first call warms up, as the peer's does
};

const ours = async (): Promise<{ train: number; infer: number }> => {
  const network = resNet18({ numClasses: 10 });
  const inputShape = [batch, 3, size, size];
  const random = new Random(0, "bench");
  const x = floatTensor(
    inputShape,
    Float32Array.from({ length: batch * 3 * size * size }, () => random.normal()),
  );
  const labels = Array.from({ length: batch }, () => random.integer(10));
  const targets = { labels: labelTensor(labels) };
  const state = initialState(stateSpecs(network, inputShape), 0);
  const trainer = await TrainStep.create({
    network,
    objective: classification(),
    inputShape,
    optimiser: sgd({ momentum: 0.9 }),
    state,
  });
  const train = batch / (await fastest(() => trainer.step({ x, targets, lr: 0.01 })));
  await trainer.release();
  const session = await inferenceSession(network, { inputShape, state });
  const infer = batch / (await fastest(() => session.run({ x })));
  await session.release();
  return { train, infer };
};

/** Each round measures the project, then the peer; the medians are compared, so a drift of the machine cancels out. */
export const engine: Bench = async ({ say }) => {
  const own: Awaited<ReturnType<typeof ours>>[] = [];
  const peers: PytorchSpeed[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds}`);
    own.push(await ours());
    const peer = pytorchSpeed("resnet18", { batch, size, steps });
    if (peer) peers.push(peer);
  }
  const peer = peers[0]?.engine ?? "PyTorch (not installed)";
  const peerValue = (key: "train_images_per_s" | "infer_images_per_s"): { peerValue?: number } =>
    peers.length > 0 ? { peerValue: median(peers.map((speed) => speed[key])) } : {};
  return [
    beside({
      name: "ResNet-18 training step, batch 16, 224 x 224",
      value: median(own.map(({ train }) => train)),
      unit: "images/s",
      peer,
      ...peerValue("train_images_per_s"),
      wanted: "ratio >= 0.75",
    }),
    beside({
      name: "ResNet-18 inference, batch 16, 224 x 224",
      value: median(own.map(({ infer }) => infer)),
      unit: "images/s",
      peer,
      ...peerValue("infer_images_per_s"),
      wanted: "ratio >= 1.2",
    }),
  ];
};
