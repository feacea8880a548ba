/** De-identifies files in worker threads; one that hangs or crashes on a file is replaced, and the file set aside. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FolderSettings, OneOutcome } from "./deidentify-one.ts";

/** A plate of JPEG 2000 decodes within a minute; several frames take longer. */
const timeoutMs = 300_000;
const mostWorkers = 4;

const lost = (detail: string): OneOutcome => ({ ok: false, code: "crashed", detail });

/** Threads that each do one file at a time. */
export class DeidentifyPool {
  readonly #settings: FolderSettings;
  readonly #idle: (Worker | undefined)[];
  readonly #waiting: (() => void)[] = [];
  /** How many files are worked on at once. */
  readonly size: number;

  constructor(settings: FolderSettings, size = Math.min(availableParallelism(), mostWorkers)) {
    this.#settings = settings;
    this.size = size;
    this.#idle = Array.from({ length: size }, () => undefined);
  }

  /** De-identifies one file; never rejects. */
  async run(path: string): Promise<OneOutcome> {
    while (this.#idle.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const worker = this.#idle.pop() ?? this.#start();
    const { outcome, isAlive } = await this.#ask(worker, path);
    if (!isAlive) void worker.terminate();
    this.#idle.push(isAlive ? worker : undefined);
    this.#waiting.shift()?.();
    return outcome;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./deidentify-worker.ts", import.meta.url), {
      workerData: this.#settings,
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume(); // libraries' chatter goes nowhere
    worker.stderr.resume();
    worker.on("error", () => {}); // one that fails after it was given up has nothing to say any more
    return worker;
  }

  #ask(worker: Worker, path: string): Promise<{ outcome: OneOutcome; isAlive: boolean }> {
    return new Promise((resolve) => {
      const end = (outcome: OneOutcome, isAlive: boolean): void => {
        clearTimeout(timer);
        worker.off("message", answered).off("error", failed).off("exit", ended);
        resolve({ outcome, isAlive });
      };
      const answered = (outcome: OneOutcome): void => end(outcome, true);
      const failed = (): void => end(lost("The decoder crashed."), false);
      const ended = (): void => end(lost("The decoder ended unexpectedly."), false);
      const timer = setTimeout(() => end(lost(`It took longer than ${timeoutMs / 1000} seconds.`), false), timeoutMs);
      worker.on("message", answered).on("error", failed).on("exit", ended);
      worker.postMessage(path);
    });
  }

  /** Ends the threads, which are idle. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.map((worker) => worker?.terminate()));
  }
}
