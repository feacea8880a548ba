/** The thread for runs as the server sees it: made when there is something to do, ended when there was nothing for a while. */

import { Worker } from "node:worker_threads";
import { type ErrorCode, OsteonError } from "../../errors.ts";
import type { RunOrder, RunReply, RunWork, RunWorkName } from "./run-work.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/** The networks of a run take hundreds of megabytes, so the thread goes when nobody has asked for this long. */
const idleMs = 60_000;
/** Work that waits at most; who asks for more is told to wait. */
const mostWaiting = 200;

export class RunThread {
  readonly #root: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #number = 0;

  /** @param root the home's folder */
  constructor(root: string) {
    this.#root = root;
  }

  /** @throws OsteonError whatever the work throws, `busy` when too much waits already */
  perform<Name extends RunWorkName>(name: Name, told: RunWork[Name]["told"]): Promise<RunWork[Name]["answer"]> {
    if (this.#waiting.size >= mostWaiting)
      throw new OsteonError("busy", "The server looks at other runs; try again in a moment.");
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const number = ++this.#number;
    this.#worker.postMessage({ number, name, told } satisfies RunOrder<Name>);
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./run-thread-worker.ts", import.meta.url), { workerData: this.#root });
    worker.unref();
    worker.on("message", (reply: RunReply) => this.#hear(reply));
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

  #hear(reply: RunReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("answer" in reply) waiting?.resolve(reply.answer as never);
    else waiting?.reject(errorOf(reply.problem));
    if (this.#waiting.size === 0) {
      this.#idle = setTimeout(() => this.#letGo(), idleMs).unref();
    }
  }

  /** Who asks while the thread ends gets a new one, and not an order that nobody does. */
  #letGo(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

const errorOf = (problem: { readonly code: string; readonly detail: string } | null): Error =>
  problem ? new OsteonError(problem.code as ErrorCode, problem.detail) : new Error("The thread for runs failed.");
