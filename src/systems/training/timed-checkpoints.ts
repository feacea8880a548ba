/** Keeps a network in training now and then, for runs that train many short ones and sometimes a long one. */

import type { Checkpoint, EpochReport } from "../../learning/checkpoint.ts";
import type { TrainingMemory } from "./checkpoints.ts";

/** A network in training is kept after so long, where one takes longer. */
const checkpointAfterMs = 60_000;

/** The hook that a training calls after each epoch; nothing is kept of the last one, whose outcome is written down at once. */
export const timedCheckpoints = (
  memory: TrainingMemory,
  {
    network,
    now,
    signal,
  }: { readonly network: number; readonly now: () => Date; readonly signal?: AbortSignal | undefined },
): ((report: EpochReport, save: () => Checkpoint) => Promise<void>) => {
  let kept = now().getTime();
  return async ({ epoch, epochs }, save) => {
    const at = now().getTime();
    if (epoch === epochs || (at - kept < checkpointAfterMs && !signal?.aborted)) return;
    await memory.write(network, save());
    kept = at;
  };
};
