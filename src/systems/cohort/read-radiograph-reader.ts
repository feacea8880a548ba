/**
 * Reads radiographs in worker threads, which are thrown away and replaced when a file makes them hang or crash: no file
 * can stop an import.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { OsteonError } from "../../errors.ts";
import type { QuarantineCode, ReadOutcome } from "./read-radiograph.ts";

/** How many threads, and how long a file may take. */
export interface RadiographReaderOptions {
  /** Threads; one a processor by default, at most 8. */
  readonly workers?: number;
  /** Milliseconds a file may take before it is put aside; the slowest syntax, JPEG 2000, decodes 2.5 megapixels a second. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const MOST_DEFAULT_WORKERS = 8;
/** JavaScript heap of one thread, in MiB; pixels and WebAssembly memory lie outside it and are bounded by the pixel limit. */
const WORKER_HEAP_MIB = 1024;

interface Task {
  readonly path: string;
  readonly settle: (outcome: ReadOutcome) => void;
  readonly refuse: (error: OsteonError) => void;
}

const failure = (code: QuarantineCode, detail: string): ReadOutcome => ({ ok: false, reason: { code, detail } });

const startWorker = (): Worker => {
  const worker = new Worker(new URL("./read-radiograph-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MIB },
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume(); // libraries' chatter goes nowhere
  worker.stderr.resume();
  return worker;
};

/** One thread and the file it is on. */
class Lane {
  readonly #timeoutMs: number;
  #worker: Worker | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Reads one file; never rejects. The thread starts with the first file. */
  read(path: string): Promise<ReadOutcome> {
    const worker = this.#worker ?? startWorker();
    this.#worker = worker;
    worker.ref();
    return new Promise((resolve) => {
      const finish = (outcome: ReadOutcome, keep: boolean): void => {
        clearTimeout(timer);
        worker.removeAllListeners();
        worker.unref(); // an idle thread keeps no process alive
        if (!keep) {
          this.#worker = undefined;
          worker.on("error", () => {}); // what a dying thread still says is no longer of interest
          void worker.terminate();
        }
        resolve(outcome);
      };
      const timer = setTimeout(
        () => finish(failure("timed-out", `Reading took longer than ${this.#timeoutMs / 1000} seconds.`), false),
        this.#timeoutMs,
      );
      worker.once("message", (outcome: ReadOutcome) => finish(outcome, true));
      worker.once("messageerror", () =>
        finish(failure("decoder-crashed", "The result could not be handed over."), false),
      );
      worker.once("error", (error: NodeJS.ErrnoException) => {
        const memory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
        finish(failure("decoder-crashed", memory ? "Reading took too much memory." : "The decoder crashed."), false);
      });
      worker.once("exit", () => finish(failure("decoder-crashed", "The decoder ended unexpectedly."), false));
      worker.postMessage(path);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

/** A pool of reading threads. Files are read in the order of the calls, as many at once as there are threads. */
export class RadiographReader {
  readonly #idle: Lane[];
  readonly #lanes: readonly Lane[];
  readonly #queue: Task[] = [];
  #closed = false;

  /**
   * @example
   * const reader = new RadiographReader({ workers: 2 });
   * const outcomes = await Promise.all(paths.map((path) => reader.read(path)));
   * await reader.close();
   */
  constructor(options: RadiographReaderOptions = {}) {
    const count = options.workers ?? Math.min(availableParallelism(), MOST_DEFAULT_WORKERS);
    this.#lanes = Array.from({ length: Math.max(count, 1) }, () => new Lane(options.timeoutMs ?? DEFAULT_TIMEOUT_MS));
    this.#idle = [...this.#lanes];
  }

  /**
   * Reads the file at `path`. Whatever is wrong with the file is in the outcome.
   *
   * @throws OsteonError `interrupted` after or by {@link close}
   */
  read(path: string): Promise<ReadOutcome> {
    return new Promise((settle, reject) => {
      const task: Task = { path, settle, refuse: reject };
      if (this.#closed) task.refuse(closed());
      else this.#queue.push(task);
      this.#advance();
    });
  }

  #advance(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const task = this.#queue.shift()!;
      const lane = this.#idle.pop()!;
      void lane.read(task.path).then((outcome) => {
        if (this.#closed) task.refuse(closed());
        else task.settle(outcome);
        this.#idle.push(lane);
        this.#advance();
      });
    }
  }

  /** Ends the threads; files that wait or are being read are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.refuse(closed());
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }
}

const closed = (): OsteonError => new OsteonError("interrupted", "The radiograph reader is closed.");
