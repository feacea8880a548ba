/** Pretrains a network by cluster numbers; after a break it goes on from its last checkpoint. */

import type { z } from "zod";
import { jobSettings } from "../../../contract/jobs.ts";
import { listImages } from "../../../store/index.ts";
import type { JobKind } from "../job-kind.ts";
import { starterOf } from "../starter-of.ts";

const settings = jobSettings["pretrain-network"];

export const pretrainNetwork: JobKind<z.output<typeof settings>> = {
  kind: "pretrain-network",
  settings,
  role: "researcher",
  lane: "heavy",
  run: async (home, told, { job, signal, onProgress, now }) => {
    const transfer = await import("../../../systems/transfer/index.ts");
    const training = await import("../../../systems/training/index.ts");
    const { preset, clustering, network, imageSize, weights, leaveOut, epochs, seed } = told;
    return transfer.pretrainNetwork(home, {
      settings: transfer.withNetwork(transfer.transferPresets[preset], { network, imageSize }),
      seed,
      clustering: clustering ?? undefined,
      begin: await training.readHomeWeights(home, weights),
      epochs: epochs ?? undefined,
      leaveOut: leaveOut ? transfer.patientsOfClasses(await listImages(home.database), leaveOut) : undefined,
      startedBy: await starterOf(home, job),
      signal,
      now,
      onResume: (done) => onProgress(done, 0),
      onEpoch: ({ epoch, epochs: all, loss, accuracy }) =>
        onProgress(epoch, all, `loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`),
    });
  },
};
