/** One network in a process of its own, so that its peak memory is its own: prints what torch_peer.py prints. */

import { inferenceSession, initialState, stateSpecs } from "../src/nn/network.ts";
import { TrainStep } from "../src/nn/train-step.ts";
import { batchOf, measuredNetworks } from "./networks.ts";

const [name = "", steps = "4"] = process.argv.slice(2);
const measured = measuredNetworks[name]!;
const { network, inputShape } = measured;

/** Seconds of the fastest run; the first warms up, as the peer's does. */
const fastest = async (run: () => Promise<unknown>): Promise<number> => {
  const seconds: number[] = [];
  for (let i = 0; i <= Number(steps); i++) {
    const start = performance.now();
    await run();
    seconds.push((performance.now() - start) / 1e3);
  }
  return Math.min(...seconds.slice(1));
};

const state = initialState(stateSpecs(network, inputShape), 0);
const batch = batchOf(measured);
const trainer = await TrainStep.create({ ...measured, state });
const step = await fastest(() => trainer.step({ ...batch, lr: 0.01 }));
await trainer.release();
const peakMemory = process.resourceUsage().maxRSS * 1024;
const session = await inferenceSession(network, { inputShape, state });
const inference = await fastest(() => session.run({ x: batch.x }));
await session.release();
console.log(JSON.stringify({ train: inputShape[0] / step, infer: inputShape[0] / inference, peakMemory }));
