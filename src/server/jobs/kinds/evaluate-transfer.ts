/** Compares what networks begin with on a small task; after a break it goes on with the network that is next. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["evaluate-transfer"];

export const evaluateTransfer: JobKind<z.output<typeof settings>> = {
  kind: "evaluate-transfer",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, told, { job, signal, onProgress, now }) => {
    const transfer = await import("../../../systems/transfer/index.ts");
    const training = await import("../../../systems/training/index.ts");
    const { preset, target, classes, pretrained, weights, images, seeds, folds, epochs, allowOverlap, seed } = told;
    const { run, transfer: result } = await transfer.evaluateTransfer(home, {
      settings: transfer.withDownstream(transfer.transferPresets[preset], { seeds, folds, epochs }),
      seed,
      target,
      classes,
      pretrained: pretrained ?? undefined,
      imageNet: await training.readHomeWeights(home, weights),
      images: images ?? undefined,
      allowOverlap,
      startedBy: await starterOf(home, job),
      signal,
      now,
      onResume: (done) => onProgress(done, 0),
      onNetwork: onProgress,
    });
    return { run, ...result };
  },
};
