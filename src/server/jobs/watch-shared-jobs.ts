/**
 * Looks every second at the jobs of a database that several processes work on: tells of what others do, of jobs whose process is
 * no more, and of own ones that were taken over while this process could not be seen.
 */

import {
  type Database,
  getJob,
  listSharedJobs,
  type SharedJob,
  type StoredJob,
  takeOverJob,
} from "../../store/index.ts";

/** What follows from a look. */
export interface SharedJobsListener {
  /** Another process has done something to a job. */
  onChange(job: StoredJob): void;
  /** There may be something to take. */
  onLook(): void;
  /** The job is this process's now: the one that worked on it is no more. */
  onAbandoned(job: StoredJob): Promise<void>;
  /** It has been waiting for long: it may have been taken by a process that was killed in that moment. */
  onStuck(job: StoredJob): Promise<void>;
  /** Somebody wants an own job cancelled. */
  onCancelWanted(id: string): void;
  /** The jobs that this process worked on at a moment (of `performance.now()`); what it had begun and is not among them is another's. */
  onOwn(ids: ReadonlySet<string>, moment: number): void;
}

export interface SharedJobsWatch {
  /** Ends when the last look has. */
  end(): Promise<void>;
}

const lookMs = 1_000;
/** How long a waiting job is left alone. */
const stuckMs = 30_000;

export const watchSharedJobs = (database: Database, listener: SharedJobsListener): SharedJobsWatch => {
  /** What was last seen of each job, to tell what has changed; and since when it waits. */
  const seen = new Map<string, { readonly look: string; readonly isOwn: boolean; readonly since: number }>();

  const follow = (jobs: readonly SharedJob[]): void => {
    for (const { job, isOwn } of jobs) {
      const look = JSON.stringify([job.state, job.progress]);
      const before = seen.get(job.id);
      if (before?.look === look && before.isOwn === isOwn) continue;
      seen.set(job.id, { look, isOwn, since: performance.now() });
      if (!isOwn) listener.onChange(job);
    }
  };

  /** Jobs that were there at the last look and have ended since. */
  const tellEnded = async (jobs: readonly SharedJob[]): Promise<void> => {
    const unfinished = new Set(jobs.map(({ job }) => job.id));
    for (const [id, { isOwn }] of seen) {
      if (unfinished.has(id)) continue;
      seen.delete(id);
      if (!isOwn) listener.onChange(await getJob(database, id));
    }
  };

  const look = async (): Promise<void> => {
    const moment = performance.now();
    const jobs = await listSharedJobs(database);
    follow(jobs);
    await tellEnded(jobs);
    listener.onOwn(new Set(jobs.flatMap(({ job, isOwn }) => (isOwn ? [job.id] : []))), moment);
    for (const { job, isOwn, isAbandoned, isCancelWanted } of jobs) {
      if (isOwn && isCancelWanted) listener.onCancelWanted(job.id);
      if (isAbandoned && !isOwn) {
        const taken = await takeOverJob(database, job.id);
        if (taken) await listener.onAbandoned(taken);
      }
      const last = seen.get(job.id)!;
      if (job.state !== "waiting" || performance.now() - last.since < stuckMs) continue;
      seen.set(job.id, { ...last, since: performance.now() });
      await listener.onStuck(job);
    }
    listener.onLook();
  };

  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch(() => {}) // the server is away; the next look may come through
      .finally(() => {
        looking = undefined;
      });
  }, lookMs);
  return {
    end: async () => {
      clearInterval(timer);
      await looking;
    },
  };
};
