/**
 * A thread that does one piece of work after another, as the server sees it: made when there is something to do, ended when there
 * was nothing for a while, since networks take hundreds of megabytes.
 */

import { Worker } from "node:worker_threads";
import { type ErrorCode, OsteonError } from "../../errors.ts";

/** Each piece of work, by name, with what it is told and what it answers. */
export type Works<Work> = { readonly [Name in keyof Work]: { readonly told: unknown; readonly answer: unknown } };

/** One piece of work as it is sent to the thread. */
export interface WorkOrder<Work extends Works<Work>, Name extends keyof Work = keyof Work> {
  readonly number: number;
  readonly name: Name;
  readonly told: Work[Name]["told"];
}

export type WorkReply =
  | { readonly number: number; readonly answer: unknown }
  /** An expected error by its code; any other without its message, which may quote what it stumbled over. */
  | { readonly number: number; readonly problem: WorkProblem | null };

interface WorkProblem {
  readonly code: string;
  readonly detail: string;
  readonly context: Readonly<Record<string, unknown>>;
}

interface WorkThreadOptions {
  /** The thread's file. */
  readonly file: URL;
  /** What the thread is started with. */
  readonly data: unknown;
  /** The thread goes when nobody has asked for this long. */
  readonly idleMs: number;
  /** Work that waits at most; who asks for more is told to wait. */
  readonly mostWaiting: number;
  /** What they are told. */
  readonly busy: string;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export class WorkThread<Work extends Works<Work>> {
  readonly #options: WorkThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #number = 0;

  constructor(options: WorkThreadOptions) {
    this.#options = options;
  }

  /** @throws OsteonError whatever the work throws, `busy` when too much waits already */
  perform<Name extends keyof Work>(name: Name, told: Work[Name]["told"]): Promise<Work[Name]["answer"]> {
    const { mostWaiting, busy } = this.#options;
    if (this.#waiting.size >= mostWaiting) throw new OsteonError("busy", busy);
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const number = ++this.#number;
    this.#worker.postMessage({ number, name, told } satisfies WorkOrder<Work, Name>);
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#options.file, { workerData: this.#options.data });
    worker.unref();
    worker.on("message", (reply: WorkReply) => this.#hear(reply));
    worker.on("error", () => {}); // its end follows
    worker.on("exit", () => {
      if (this.#worker !== worker) return; // it was let go when nothing waited
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values())
        reject(new OsteonError("interrupted", "The work was broken off; try again."));
      this.#waiting.clear();
    });
    return worker;
  }

  #hear(reply: WorkReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("answer" in reply) waiting?.resolve(reply.answer as never);
    else waiting?.reject(errorOf(reply.problem));
    if (this.#waiting.size === 0) {
      this.#idle = setTimeout(() => this.#letGo(), this.#options.idleMs).unref();
    }
  }

  /** Who asks while the thread ends gets a new one, and not an order that nobody does. */
  #letGo(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

const errorOf = (problem: WorkProblem | null): Error =>
  problem
    ? new OsteonError(problem.code as ErrorCode, problem.detail, problem.context)
    : new Error("A thread of the server failed.");
