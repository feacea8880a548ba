/**
 * The threads that decode, embed and search: each has one task at a time, the others wait in one row that is not let grow
 * without end. A thread that a file makes hang or crash is replaced, and no other task knows of it.
 */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { OsteonError } from "../../errors.ts";
import type { LinkAnswers, LinkTask, LinkThreadSetup, ThreadReply } from "./link-thread.ts";

export interface LinkThreadsOptions {
  /** The home's folder. */
  readonly root: string;
  /** How many; one a core by default, at most 8. */
  readonly count?: number;
  /** Tasks that may wait for each thread before more are refused. */
  readonly mostWaiting?: number;
  /** How long a task may take. */
  readonly timeoutMs?: number;
}

type Answer = LinkAnswers[keyof LinkAnswers];

interface Waiting {
  readonly task: LinkTask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

const mostThreads = 8;
const defaultMostWaiting = 32;
const defaultTimeoutMs = 60_000;

/** A pool of threads on one home. */
export class LinkThreads {
  readonly #lanes: readonly Lane[];
  readonly #row: Waiting[] = [];
  readonly #mostWaiting: number;
  #closed = false;

  constructor({ root, count, mostWaiting = defaultMostWaiting, timeoutMs = defaultTimeoutMs }: LinkThreadsOptions) {
    const threads = Math.max(count ?? Math.min(availableParallelism(), mostThreads), 1);
    // Networks that run side by side have a core each; a single one may use them all.
    const setup: LinkThreadSetup = { root, ...(threads > 1 ? { threads: 1 } : {}) };
    this.#lanes = Array.from({ length: threads }, () => new Lane(setup, timeoutMs, () => this.#advance()));
    this.#mostWaiting = threads * mostWaiting;
  }

  /** Tasks that wait for a thread. */
  get waiting(): number {
    return this.#row.length;
  }

  /**
   * Has a task done by the next free thread.
   *
   * @throws OsteonError as the task does; `busy` when too many wait, `interrupted` when the thread was lost over it or the
   *   threads are closed
   */
  async run<Task extends LinkTask>(task: Task): Promise<LinkAnswers[Task["task"]]> {
    if (this.#closed) throw closed();
    if (this.#row.length >= this.#mostWaiting) {
      throw new OsteonError("busy", "Too many radiographs wait to be read or linked; try again in a moment.");
    }
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#row.push({ task, resolve, reject });
      this.#advance();
    });
    return answer as LinkAnswers[Task["task"]];
  }

  /**
   * Has every thread do a task, ahead of what waits; a thread that is replaced later does it first of all. A task takes the
   * place of an earlier one of its name.
   */
  async onAll(task: LinkTask): Promise<void> {
    for (const lane of this.#lanes) lane.remember(task);
    await Promise.all(this.#lanes.map((lane) => lane.prepare(task)));
  }

  /**
   * As {@link onAll}, one thread after another, so that the others go on meanwhile.
   *
   * @param next the task for the next thread, by the answer of the one before
   */
  async onEach<Task extends LinkTask>(
    first: Task,
    next: (answer: LinkAnswers[Task["task"]]) => Task,
  ): Promise<LinkAnswers[Task["task"]]> {
    let task = first;
    let answer: LinkAnswers[Task["task"]] | undefined;
    for (const lane of this.#lanes) {
      answer = (await lane.prepare(task)) as LinkAnswers[Task["task"]];
      task = next(answer);
      lane.remember(task);
    }
    return answer!;
  }

  #advance(): void {
    for (const lane of this.#lanes) {
      while (this.#row.length > 0 && lane.isIdle) lane.take(this.#row.shift()!);
    }
  }

  /** Ends the threads; what waits or is being done is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#row.splice(0)) reject(closed());
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }
}

const closed = (): OsteonError => new OsteonError("interrupted", "The server is ending; try again when it is back.");

/** One thread, started with its first task and again after each loss. */
class Lane {
  readonly #setup: LinkThreadSetup;
  readonly #timeoutMs: number;
  readonly #onIdle: () => void;
  /** What a new thread does before anything else, by the names of the tasks. */
  readonly #first = new Map<LinkTask["task"], LinkTask>();
  /** Tasks for this thread alone, ahead of the common row. */
  readonly #own: Waiting[] = [];
  #worker: Worker | undefined;
  #current: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(setup: LinkThreadSetup, timeoutMs: number, onIdle: () => void) {
    this.#setup = setup;
    this.#timeoutMs = timeoutMs;
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#current === undefined && this.#own.length === 0;
  }

  take(waiting: Waiting): void {
    if (this.#closed)
      waiting.reject(closed()); // a new thread would keep the process alive
    else {
      this.#own.push(waiting);
      this.#next();
    }
  }

  prepare(task: LinkTask): Promise<Answer> {
    return new Promise((resolve, reject) => this.take({ task, resolve, reject }));
  }

  remember(task: LinkTask): void {
    this.#first.set(task.task, task);
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const waiting = this.#own.shift();
    if (waiting === undefined) {
      this.#onIdle();
      return;
    }
    this.#current = waiting;
    this.#worker ??= this.#start();
    this.#timer = setTimeout(() => this.#lose("took too long"), this.#timeoutMs);
    this.#worker.postMessage(this.#current.task);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./link-thread.ts", import.meta.url), {
      workerData: this.#setup,
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume(); // libraries' chatter goes nowhere
    worker.stderr.resume();
    const lose = (how: string): void => {
      if (worker === this.#worker) this.#lose(how); // one given up has nothing to say any more
    };
    worker.on("message", (reply: ThreadReply) => {
      if (worker === this.#worker) this.#settle(reply);
    });
    worker.on("messageerror", () => lose("answered what cannot be read"));
    worker.on("error", () => lose("crashed"));
    worker.on("exit", () => lose("ended unexpectedly"));
    const [first, ...others] = [...this.#first.values()]
      .filter((task) => task !== this.#current?.task)
      .map((task): Waiting => ({ task, resolve: () => {}, reject: () => {} }));
    if (first && this.#current) {
      this.#own.unshift(...others, this.#current); // after what a new thread has to know
      this.#current = first;
    }
    return worker;
  }

  #settle(reply: ThreadReply): void {
    const settled = this.#current;
    this.#current = undefined;
    clearTimeout(this.#timer);
    if (reply.ok) settled?.resolve(reply.answer);
    else settled?.reject(reply.code === null ? new Error(reply.message) : new OsteonError(reply.code, reply.message));
    this.#next();
  }

  #lose(how: string): void {
    const lost = this.#current;
    const error = new OsteonError("interrupted", `The reading of the radiograph ${how}.`);
    if (lost && this.#first.get(lost.task.task) === lost.task) {
      // Without what a thread has to know first, nothing that waits for it can be done: the next thread tries anew.
      for (const { reject } of this.#own.splice(0)) reject(error);
    }
    const worker = this.#worker;
    this.#worker = undefined;
    this.#current = undefined;
    clearTimeout(this.#timer);
    void worker?.terminate();
    lost?.reject(error);
    this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#own.splice(0)) reject(closed());
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#timer);
    this.#current?.reject(closed());
    this.#current = undefined;
    await worker?.terminate();
  }
}
