/** Tells the pages of each epoch as it ends: the process that trains writes it to the home and tells how far its job is. */

import type { JobKindName } from "../../contract/jobs.ts";
import type { EpochEvent } from "../../contract/runs.ts";
import { findUnfinishedRun, type Home, listRunEpochs } from "../../store/index.ts";
import type { EventHub } from "../events/event-hub.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { showEpoch } from "./show-epoch.ts";

interface PublishOptions {
  readonly home: Home;
  readonly jobs: Jobs;
  readonly events: EventHub;
}

/** The kinds of jobs that write epochs down. */
const trainingKinds: ReadonlySet<string> = new Set<JobKindName>([
  "train-precedents",
  "evaluate-precedents",
  "study-precedents",
  "cluster-atlas",
  "train-atlas",
  "pretrain-network",
  "evaluate-transfer",
]);

/** Publishes `epoch` until the answered function is called. */
export const publishEpochs = ({ home: { database }, jobs, events }: PublishOptions): (() => void) => {
  /** The last epoch told of each job. */
  const told = new Map<string, number>();
  let last: Promise<void> = Promise.resolve();
  const publish = async (job: string): Promise<void> => {
    const run = await findUnfinishedRun(database, job);
    if (!run) return;
    const epochs = await listRunEpochs(database, run.id);
    const before = Math.min(told.get(job) ?? 0, epochs.length); // fewer again where it went on from a checkpoint
    told.set(job, epochs.length);
    for (const epoch of epochs.slice(before)) {
      events.publish("epoch", { run: run.id, epoch: showEpoch(epoch) } satisfies EpochEvent);
    }
  };
  return jobs.subscribe(({ id, kind, state }) => {
    if (!trainingKinds.has(kind)) return;
    if (state === "running")
      last = last.then(() => publish(id)).catch(() => {}); // the page reads what it missed
    else told.delete(id);
  });
};
