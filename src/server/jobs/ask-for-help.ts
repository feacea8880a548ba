/** Jobs that help with another one's work: they wait in the queue like any, and who is free takes them. Nobody waits for them. */

import type { JobKindName } from "../../contract/jobs.ts";
import { countWorkers, type Home, insertJob, JobQueue, type RunStarter } from "../../store/index.ts";
import { waitingJob } from "./waiting-job.ts";

/** The work that is shared out. */
export interface SharedWork {
  /** The run that needs it. */
  readonly run: string;
  /** Into how many parts it is divided. */
  readonly slices: number;
}

/** Who is asked. */
export interface HelpWanted {
  /** As many as there are other workers where it is null. */
  readonly helpers: number | null;
  /** In whose name. */
  readonly person: RunStarter["person"];
  readonly now: () => Date;
}

/** Asks for help with an index. Where the database is in the home's folder there is nobody to ask. */
export const askForHelp = async (
  home: Home,
  { run, slices }: SharedWork,
  { helpers, person, now }: HelpWanted,
): Promise<void> => {
  if (!home.sharing) return;
  const count = Math.min(slices - 1, helpers ?? (await countWorkers(home.database)));
  if (count < 1) return;
  const kind: JobKindName = "help-index";
  const queue = await JobQueue.open(home);
  try {
    await home.database.transaction().execute(async (transaction) => {
      for (let i = 0; i < count; i++) {
        const job = waitingJob({ kind, settings: { run }, startedBy: person, createdAt: now() });
        await insertJob(transaction, job);
        await queue.add("heavy", job.id, transaction);
      }
    });
  } finally {
    await queue.close();
  }
};
