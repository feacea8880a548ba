/**
 * Background jobs: what is asked for is written down together with its place in the queue before it is acknowledged, done in
 * a process of its own, and goes on after a restart of the server.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { mayActAs } from "../../contract/roles.ts";
import type { Person } from "../../contract/session.ts";
import { type ErrorCode, OsteonError } from "../../errors.ts";
import {
  countJobs,
  type Database,
  forgetUploads,
  getJob,
  getUploads,
  type Home,
  insertJob,
  type JobFilter,
  type JobLane,
  type JobProgress,
  JobQueue,
  type JobState,
  keepUploads,
  listJobs,
  removeUploadFiles,
  type StoredJob,
  updateJob,
  wantCancelled,
  worksOn,
} from "../../store/index.ts";
import type { AnyJobKind } from "./job-kind.ts";
import type { JobOutcome } from "./job-messages.ts";
import { findJobKind } from "./kinds/index.ts";
import { type RunningJob, runJob } from "./run-job.ts";
import { waitingJob } from "./waiting-job.ts";
import { type SharedJobsWatch, watchSharedJobs } from "./watch-shared-jobs.ts";

/** What jobs need of the server. */
export interface JobsOptions {
  readonly home: Home;
  readonly now: () => Date;
  /** How many heavy jobs run at the same time. */
  readonly heavyAtOnce: () => number;
  /** How many of all run in this process at the same time, where others work on the same jobs; 0 leaves them to those. */
  readonly mostAtOnce?: number;
  /** Refuses uploads and folders that a person may not use. */
  readonly checkSources: (sources: JobSources, person: Person) => Promise<void>;
  /** Told of mistakes in the program: a sentence and the places in the code. */
  readonly onMistake: (job: StoredJob, frames: string) => void;
  readonly debug?: boolean;
}

/** What a job reads from outside the archive. */
export interface JobSources {
  readonly uploads: readonly string[];
  readonly folders: readonly string[];
}

/** Time that a job has to stop by itself when somebody cancels it, and when the server ends. */
const cancelGraceMs = 20_000;
const shutdownGraceMs = 4_000;
/** How often a job's progress is written down, and how often listeners hear of it. */
const writeProgressMs = 2_000;
const tellProgressMs = 250;

/** When to try again to write down what a database server that is away did not take. */
const writeAgainMs = 2_000;
const unreachable: ErrorCode = "database-unreachable";

/** When to take jobs again after the database or the system refused. */
const takeAgainMs = 10_000;

const light = 1;
const unfinished: readonly JobState[] = ["waiting", "running"];

export class Jobs {
  readonly #options: JobsOptions;
  readonly #queue: JobQueue;
  readonly #running = new Map<string, InWork>();
  readonly #works = new Set<Promise<void>>();
  readonly #listeners = new Set<(job: StoredJob) => void>();
  /** Taken out of the queue, but what was to follow failed. */
  readonly #takenOnly: Readonly<Record<JobLane, Set<string>>> = { light: new Set(), heavy: new Set() };
  #waking: Promise<void> = Promise.resolve();
  #takingAgain: NodeJS.Timeout | undefined;
  #watch: SharedJobsWatch | undefined;
  #isClosing = false;
  #done = 0;

  private constructor(options: JobsOptions, queue: JobQueue) {
    this.#options = options;
    this.#queue = queue;
  }

  /** Opens the queue; jobs that an earlier server left unfinished go on. */
  static async open(options: JobsOptions): Promise<Jobs> {
    const jobs = new Jobs(options, await JobQueue.open(options.home));
    if (options.home.sharing) jobs.#watch = jobs.#watchOthers();
    else await jobs.#recover();
    jobs.#wake();
    return jobs;
  }

  /**
   * Writes a job down and puts it at the end of the queue.
   *
   * @throws OsteonError `not-found` for an unknown kind, `not-allowed`, `bad-usage` for settings that are none
   */
  async start(name: string, told: unknown, person: Person): Promise<StoredJob> {
    const kind = findJobKind(name);
    if (!kind) throw new OsteonError("not-found", "There is no such kind of job.");
    checkRole(kind, person);
    const settings = parseSettings(kind, told);
    const sources = sourcesOf(kind, settings);
    await this.#options.checkSources(sources, person);
    const now = this.#options.now();
    const job = waitingJob({ kind: name, settings, startedBy: person, createdAt: now });
    await this.#database.transaction().execute(async (transaction) => {
      await insertJob(transaction, job);
      await getUploads(transaction, sources.uploads); // throws where one went away meanwhile
      await keepUploads(transaction, sources.uploads, { keptFor: job.id, at: now });
      await this.#queue.add(kind.lane, job.id, transaction);
    });
    this.#tell(job);
    this.#wake();
    return job;
  }

  /**
   * Takes a waiting job out of the queue, or stops one in work: at the next safe place, or after a while in any case.
   *
   * @throws OsteonError `not-found`, `not-allowed`, `conflict` where it has ended already
   */
  async cancel(id: string, person: Person): Promise<StoredJob> {
    const job = await this.get(id);
    const kind = kindOf(job);
    checkRole(kind, person);
    const cancelled = await this.#database.transaction().execute(async (transaction) => {
      const changed = await updateJob(transaction, id, {
        from: ["waiting"],
        to: { state: "cancelled", finishedAt: this.#options.now() },
      });
      if (!changed) return undefined;
      await this.#queue.remove(kind.lane, id, transaction);
      await this.#releaseUploads(changed, transaction);
      return changed;
    });
    if (cancelled) {
      await this.#waking; // who had just taken it leaves it, before it may be resumed
      this.#takenOnly[kind.lane].delete(id);
      this.#tell(cancelled);
      return cancelled;
    }
    await this.#waking; // it may be on its way into work
    const running = this.#running.get(id);
    if (!running) {
      const elsewhere = this.#watch && (await wantCancelled(this.#database, id));
      if (elsewhere) return elsewhere;
      throw new OsteonError("conflict", "The job has ended already.");
    }
    running.isCancelled = true;
    running.job.stop(cancelGraceMs);
    return this.get(id);
  }

  /**
   * Puts a cancelled or failed job into the queue again; what is kept of its work is not done twice.
   *
   * @throws OsteonError `not-found`, also where an upload is gone; `not-allowed`; `conflict` where it did not end so
   */
  async resume(id: string, person: Person): Promise<StoredJob> {
    const job = await this.get(id);
    const kind = kindOf(job);
    checkRole(kind, person);
    const sources = sourcesOf(kind, job.settings);
    await this.#options.checkSources({ ...sources, uploads: [] }, person);
    const resumed = await this.#database.transaction().execute(async (transaction) => {
      const changed = await updateJob(transaction, id, {
        from: ["cancelled", "failed"],
        to: { state: "waiting", problem: null, finishedAt: null },
      });
      if (!changed) return undefined;
      await getUploads(transaction, sources.uploads); // throws where one is gone
      await keepUploads(transaction, sources.uploads, { keptFor: id, at: this.#options.now() });
      await this.#queue.remove(kind.lane, id, transaction);
      await this.#queue.add(kind.lane, id, transaction);
      return changed;
    });
    if (!resumed) throw new OsteonError("conflict", "Only a job that was cancelled or failed can go on.");
    this.#tell(resumed);
    this.#wake();
    return resumed;
  }

  /** @throws OsteonError `not-found` */
  get(id: string): Promise<StoredJob> {
    return getJob(this.#database, id);
  }

  /** The newest first. */
  list(filter: JobFilter = {}): Promise<StoredJob[]> {
    return listJobs(this.#database, filter);
  }

  /** How many are in each state; one without a job is left out. */
  count(): Promise<Partial<Record<JobState, number>>> {
    return countJobs(this.#database);
  }

  /** How many jobs came to their end in this process, whichever. */
  get done(): number {
    return this.#done;
  }

  /** Tells of every change of a job, progress included, until the answered function is called. */
  subscribe(listener: (job: StoredJob) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops what is in work so that it goes on when the server is there again. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#takingAgain);
    await this.#watch?.end();
    await this.#waking;
    for (const { job } of this.#running.values()) job.stop(shutdownGraceMs);
    await Promise.all(this.#works);
    await this.#queue.close();
  }

  get #database(): Database {
    return this.#options.home.database;
  }

  /** What an earlier server left in work waits again, unless it broke off too often. */
  async #recover(): Promise<void> {
    for (const job of await this.list({ states: unfinished })) {
      const kind = findJobKind(job.kind);
      if (!kind) {
        const problem = { code: "unsupported", detail: "This Osteon does not know this kind of job." };
        await updateJob(this.#database, job.id, { from: unfinished, to: { state: "failed", problem } });
        continue;
      }
      const place = await this.#queue.find(kind.lane, job.id);
      if (place === "taken") await this.#retry(job, kind.lane);
      else if (place === "gone") await this.#putBack(job, kind.lane);
      else await updateJob(this.#database, job.id, { from: ["running"], to: { state: "waiting" } });
    }
  }

  /** Takes jobs while there is room; one call at a time, so that none takes more than its share. */
  #wake(): void {
    this.#waking = this.#waking
      .then(() => this.#takeJobs())
      .catch(() => {
        if (this.#isClosing) return;
        clearTimeout(this.#takingAgain);
        this.#takingAgain = setTimeout(() => this.#wake(), takeAgainMs);
      });
  }

  async #takeJobs(): Promise<void> {
    for (const lane of ["light", "heavy"] as const) {
      const most = lane === "light" ? light : this.#options.heavyAtOnce();
      while (!this.#isClosing && this.#countRunning(lane) < most && this.#running.size < this.#mostAtOnce) {
        const [left] = this.#takenOnly[lane];
        const id = left ?? (await this.#queue.take(lane));
        if (id === undefined) break;
        this.#takenOnly[lane].add(id);
        await this.#begin(id, lane);
      }
    }
  }

  get #mostAtOnce(): number {
    return this.#options.mostAtOnce ?? Number.POSITIVE_INFINITY;
  }

  #countRunning(lane: JobLane): number {
    return [...this.#running.values()].filter((running) => running.lane === lane).length;
  }

  async #begin(id: string, lane: JobLane): Promise<void> {
    const before = await this.get(id);
    const job = await updateJob(this.#database, id, {
      from: unfinished,
      to: { state: "running", startedAt: before.startedAt ?? this.#options.now() },
    });
    if (!job) {
      await this.#queue.remove(lane, id, this.#database);
      this.#takenOnly[lane].delete(id);
      return;
    }
    const progress = this.#followProgress(job);
    const running = runJob(
      this.#options.home,
      { job: id, kind: job.kind, settings: job.settings },
      { onProgress: progress.update, debug: this.#options.debug ?? false },
    );
    const entry: InWork = { job: running, lane, begun: performance.now(), isCancelled: false };
    this.#running.set(id, entry);
    this.#takenOnly[lane].delete(id);
    const work = running.ended.then(async (outcome) => {
      await this.#patiently(async () => {
        const last = await progress.end();
        await this.#end({ ...job, progress: last }, { outcome, lane, isCancelled: entry.isCancelled });
      });
      this.#running.delete(id);
    });
    const watched = work
      .catch(() => this.#options.onMistake(job, "")) // it stays `running`, and goes on when the server starts again
      .finally(() => {
        this.#running.delete(id);
        this.#works.delete(watched);
        this.#wake();
      });
    this.#works.add(watched);
    this.#tell(job);
  }

  /** Writes down how a job ended, together with its place in the queue. */
  async #end(job: StoredJob, { outcome, lane, isCancelled }: Ending): Promise<void> {
    const isBrokenOff = outcome === "broken off" || ("problem" in outcome && outcome.problem.code === unreachable);
    const isStopped = isBrokenOff || ("problem" in outcome && outcome.problem.code === "interrupted");
    if (isStopped && isCancelled) return this.#close(job, lane, { state: "cancelled" });
    if (isStopped && this.#isClosing) return this.#putBack(job, lane);
    if (isBrokenOff) return this.#retry(job, lane);
    if ("result" in outcome) return this.#close(job, lane, { state: "finished", result: outcome.result ?? null });
    if (outcome.frames !== undefined) this.#options.onMistake(job, outcome.frames);
    return this.#close(job, lane, { state: "failed", problem: outcome.problem });
  }

  async #close(job: StoredJob, lane: JobLane, to: Partial<StoredJob>): Promise<void> {
    const { ended, done } = await this.#database.transaction().execute(async (transaction) => {
      const changed = await updateJob(transaction, job.id, {
        from: unfinished,
        to: { ...to, finishedAt: this.#options.now() },
        own: true,
      });
      if (!changed) return { ended: undefined, done: [] }; // another process works on it
      await this.#queue.remove(lane, job.id, transaction);
      return { ended: changed, done: await this.#releaseUploads(changed, transaction) };
    });
    if (!ended) return;
    this.#done += 1;
    this.#tell(ended);
    await removeUploadFiles(this.#options.home, done);
  }

  async #putBack({ id }: StoredJob, lane: JobLane): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      const waiting = await updateJob(transaction, id, { from: unfinished, to: { state: "waiting" }, own: true });
      if (waiting) await this.#queue.putBack(lane, id, transaction);
    });
  }

  /** A job whose process ended without a word: killed, out of memory, or the server with it. */
  async #retry(job: StoredJob, lane: JobLane): Promise<void> {
    if (!(await worksOn(this.#database, job.id))) return; // another process has taken it over
    if (!(await this.#queue.retry(lane, job.id))) {
      const detail = "The job's process was ended from outside several times, as happens when memory runs out.";
      return this.#close(job, lane, { state: "failed", problem: { code: "interrupted", detail } });
    }
    const waiting = await updateJob(this.#database, job.id, { from: ["running"], to: { state: "waiting" }, own: true });
    if (waiting) this.#tell(waiting);
  }

  /**
   * A finished job's uploads are in the archive and forgotten: answers those whose files may go. Those of another may serve when
   * it goes on, for a day.
   */
  async #releaseUploads({ kind, settings, state }: StoredJob, transaction: Database): Promise<readonly string[]> {
    const known = findJobKind(kind);
    if (!known) return [];
    const { uploads } = sourcesOf(known, settings);
    if (state === "finished" && !known.leavesUploads) {
      await forgetUploads(transaction, uploads);
      return uploads;
    }
    await keepUploads(transaction, uploads, { keptFor: null, at: this.#options.now() });
    return [];
  }

  /** Listeners hear of progress often, the database seldom; nothing is written after the end. */
  #followProgress(job: StoredJob): Progress {
    let last: JobProgress | null = job.progress;
    let told = Number.NEGATIVE_INFINITY;
    let isDue = false;
    let writing: Promise<unknown> = Promise.resolve();
    let hasEnded = false;
    let timer: NodeJS.Timeout | undefined;
    const write = (): void => {
      if (!isDue) return;
      isDue = false;
      writing = writing
        .then(() => updateJob(this.#database, job.id, { from: ["running"], to: { progress: last }, own: true }))
        .catch(() => {}); // progress that is not written is told again by the next one
    };
    return {
      update: (progress) => {
        if (hasEnded) return;
        timer ??= setInterval(write, writeProgressMs);
        last = progress;
        isDue = true;
        const now = performance.now();
        if (now - told < tellProgressMs && progress.done !== progress.total) return;
        told = now;
        this.#tell({ ...job, progress });
      },
      end: async () => {
        hasEnded = true;
        clearInterval(timer);
        await writing;
        await updateJob(this.#database, job.id, { from: ["running"], to: { progress: last }, own: true });
        return last;
      },
    };
  }

  /** Looks after the jobs that other processes work on, or no longer do. */
  #watchOthers(): SharedJobsWatch {
    return watchSharedJobs(this.#database, {
      onChange: (job) => this.#tell(job),
      onLook: () => this.#wake(),
      onAbandoned: (job) => this.#retry(job, kindOf(job).lane),
      onStuck: (job) => this.#free(job, kindOf(job).lane),
      onCancelWanted: (id) => {
        const running = this.#running.get(id);
        if (!running || running.isCancelled) return;
        running.isCancelled = true;
        running.job.stop(cancelGraceMs);
      },
      onOwn: (ids, moment) => {
        for (const [id, { job, begun }] of this.#running) {
          if (!ids.has(id) && begun < moment) job.stop(0); // two must not write to one run
        }
      },
    });
  }

  /** A job that waits and was taken by nobody who lives is put where it can be taken. */
  async #free({ id }: StoredJob, lane: JobLane): Promise<void> {
    if (this.#takenOnly[lane].has(id) || (await this.#queue.find(lane, id)) === "waiting") return;
    await this.#database.transaction().execute((transaction) => this.#queue.putBack(lane, id, transaction));
  }

  /** What must be written down waits for a database server that is away. */
  async #patiently(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (this.#isClosing || !(error instanceof OsteonError) || error.code !== unreachable) throw error;
        await sleep(writeAgainMs);
      }
    }
  }

  #tell(job: StoredJob): void {
    for (const listener of this.#listeners) listener(job);
  }
}

interface InWork {
  readonly job: RunningJob;
  readonly lane: JobLane;
  /** By `performance.now()`. */
  readonly begun: number;
  isCancelled: boolean;
}

interface Progress {
  update(progress: JobProgress): void;
  /** Answers the last one. */
  end(): Promise<JobProgress | null>;
}

interface Ending {
  readonly outcome: JobOutcome | "broken off";
  readonly lane: JobLane;
  readonly isCancelled: boolean;
}

/** Whether somebody may start, cancel and resume jobs like this one, and see what it is told. */
export const mayManage = ({ kind }: StoredJob, person: Person): boolean =>
  mayActAs(person.role, findJobKind(kind)?.role ?? "administrator");

/** A kind that an older or newer Osteon knew. */
const kindOf = ({ kind }: StoredJob): AnyJobKind => {
  const known = findJobKind(kind);
  if (!known) throw new OsteonError("unsupported", "This Osteon does not know this kind of job.");
  return known;
};

const checkRole = ({ role }: AnyJobKind, person: Person): void => {
  if (!mayActAs(person.role, role))
    throw new OsteonError("not-allowed", `This needs the role ${role}; ask an administrator.`);
};

const parseSettings = ({ settings }: AnyJobKind, told: unknown): unknown => {
  const { success, data, error } = settings.safeParse(told);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new OsteonError("bad-usage", `The job's settings are wrong at "${path.join(".")}": ${message}.`);
};

const sourcesOf = (kind: AnyJobKind, settings: unknown): JobSources => ({
  uploads: kind.uploadsOf?.(settings) ?? [],
  folders: kind.foldersOf?.(settings) ?? [],
});
