/** One worker thread that makes items ready, for whoever decides what is asked of which thread (prefetch.ts, clustering/nearest-centre.ts). */

import { Worker } from "node:worker_threads";
import { OsteonError } from "../errors.ts";
import type { Preparation } from "./prefetch.ts";
import { errorOf, type ThreadReply, type ThreadSetup } from "./prefetch-reply.ts";

/** One thread and the items it has been asked for. It answers them in their order. */
export class PreparingThread<Item, Value> {
  readonly #worker: Worker;
  readonly #asked: PromiseWithResolvers<Value>[] = [];
  #failure: unknown;

  constructor({ module, make, settings }: Preparation<Item, Value>) {
    this.#worker = new Worker(new URL("./prefetch-worker.ts", import.meta.url), {
      workerData: { module, name: make.name, settings } satisfies ThreadSetup,
    });
    this.#worker.on("message", (reply: ThreadReply<Value>) => {
      const asked = this.#asked.shift();
      if (reply.ok) asked?.resolve(reply.value);
      else asked?.reject(errorOf(reply.failure));
    });
    this.#worker.on("messageerror", (cause) => this.#fail("sent what cannot be read", cause));
    this.#worker.on("error", (cause: NodeJS.ErrnoException) =>
      this.#fail(cause.code === "ERR_WORKER_OUT_OF_MEMORY" ? "ran out of memory" : "crashed", cause),
    );
    this.#worker.on("exit", (code) => this.#fail(`ended unexpectedly (exit code ${code})`));
    this.#worker.unref(); // keeps the process alive only while somebody waits for it
  }

  /** Items asked for and not yet answered. */
  get load(): number {
    return this.#asked.length;
  }

  ask(item: Item): Promise<Value> {
    const answer = Promise.withResolvers<Value>();
    if (this.#failure !== undefined) answer.reject(this.#failure);
    else {
      this.#worker.postMessage(item);
      this.#asked.push(answer);
    }
    return answer.promise;
  }

  async keepingProcessAlive(answer: Promise<Value>): Promise<Value> {
    this.#worker.ref();
    try {
      return await answer;
    } finally {
      this.#worker.unref();
    }
  }

  #fail(how: string, cause?: unknown): void {
    this.#refuse(new OsteonError("interrupted", `A thread that makes data ready ${how}; start again.`, {}, cause));
  }

  /** The first reason stays: a thread that crashed also exits. */
  #refuse(failure: unknown): void {
    this.#failure ??= failure;
    for (const asked of this.#asked.splice(0)) asked.reject(this.#failure);
  }

  async close(): Promise<void> {
    this.#refuse(new OsteonError("interrupted", "The data was no longer wanted: its loader is closed."));
    await this.#worker.terminate();
  }
}
