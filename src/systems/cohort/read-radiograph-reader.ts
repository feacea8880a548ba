/**
 * Reads radiographs in worker threads, which are thrown away and replaced when a file makes them hang or crash: no file
 * can stop an import.
 */
import module from "node:module";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import v8 from "node:v8";
import { Worker } from "node:worker_threads";
import { OsteonError } from "../../errors.ts";
import type { ArchivedRadiograph, ReadForArchiveOptions } from "./read-for-archive.ts";
import type { QuarantineCode, QuarantineReason, ReadOutcome } from "./read-radiograph.ts";
import type { ReadingThread, ReadReply, ReadRequest } from "./read-radiograph-worker.ts";

/** How many threads, and how long a file may take. */
export interface RadiographReaderOptions {
  /** Threads; one a processor by default, at most 8. */
  readonly workers?: number;
  /** Milliseconds a file may take before it is put aside; the slowest syntax, JPEG 2000, decodes 2.5 megapixels a second. */
  readonly timeoutMs?: number;
  /** JavaScript heap of one thread in MiB; pixels and WebAssembly memory lie outside it, bounded by the pixel limit. */
  readonly heapMiB?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const MOST_DEFAULT_WORKERS = 8;
const DEFAULT_HEAP_MIB = 1024;
/**
 * What a thread's heap grows to, pixels included, before V8 first looks through all of it. V8 begins with so little that it
 * would do so with nearly every radiograph, for several milliseconds each.
 */
const FIRST_HEAP_MIB = 128;

/** What became of bytes that were handed over; they come back unless they cost the thread. */
export type BytesOutcome =
  | { readonly ok: true; readonly radiograph: ArchivedRadiograph; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly bytes?: Uint8Array<ArrayBuffer> };

/** A file that cost the thread, whatever was asked of it. */
interface Loss {
  readonly lost: QuarantineReason;
}

interface Task {
  readonly request: ReadRequest;
  readonly timeoutMs: number;
  readonly settle: (reply: ReadReply | Loss) => void;
  readonly refuse: (error: OsteonError) => void;
}

const failure = (code: QuarantineCode, detail: string): Loss => ({ lost: { code, detail } });

/** One thread, started with its first file and again after each loss, and the file it is on. */
class Lane {
  readonly #heapMiB: number;
  #worker: Worker | undefined;
  #finish: ((reply: ReadReply | Loss, keep: boolean) => void) | undefined;

  constructor(heapMiB: number) {
    this.#heapMiB = heapMiB;
  }

  #start(): Worker {
    v8.setFlagsFromString(`--initial-old-space-size=${FIRST_HEAP_MIB}`); // of the threads that start from now on
    const compiled = module.getCompileCacheDir(); // a folder of this version of Node, in the one that is kept
    const thread: ReadingThread = { compileCache: compiled === undefined ? undefined : dirname(compiled) };
    const worker = new Worker(new URL("./read-radiograph-worker.ts", import.meta.url), {
      workerData: thread,
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMiB },
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume(); // libraries' chatter goes nowhere
    worker.stderr.resume();
    const end = (reply: ReadReply | Loss, keep: boolean): void => {
      if (worker === this.#worker) this.#finish?.(reply, keep); // a thread given up has nothing to say any more
    };
    const crash = (detail: string): void => end(failure("decoder-crashed", detail), false);
    worker.on("message", (reply: ReadReply) => end(reply, true));
    worker.on("messageerror", () => crash("The result could not be handed over."));
    worker.on("error", (error: NodeJS.ErrnoException) =>
      crash(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "Reading took too much memory." : "The decoder crashed."),
    );
    worker.on("exit", () => crash("The decoder ended unexpectedly."));
    return worker;
  }

  /** Lets the thread load its decoders before the first file. */
  start(): void {
    this.#worker ??= this.#start();
    this.#worker.unref();
  }

  /** Reads one file; never rejects. */
  read({ request, timeoutMs }: Task): Promise<ReadReply | Loss> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    return new Promise((resolve) => {
      this.#finish = (reply, keep) => {
        clearTimeout(timer);
        this.#finish = undefined;
        if (keep)
          worker.unref(); // an idle thread keeps no process alive
        else {
          this.#worker = undefined;
          void worker.terminate();
        }
        resolve(reply);
      };
      const tooLong = failure("timed-out", `Reading took longer than ${timeoutMs / 1000} seconds.`);
      const timer = setTimeout(() => this.#finish?.(tooLong, false), timeoutMs);
      worker.postMessage(request, "bytes" in request ? [request.bytes.buffer] : []);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#finish?.(failure("decoder-crashed", "The reader was closed."), false);
    await worker?.terminate();
  }
}

/** A pool of reading threads. Files are read in the order of the calls, as many at once as there are threads. */
export class RadiographReader {
  readonly #idle: Lane[];
  readonly #lanes: readonly Lane[];
  readonly #queue: Task[] = [];
  readonly #timeoutMs: number;
  #closed = false;

  /**
   * @example
   * const reader = new RadiographReader({ workers: 2 });
   * const outcomes = await Promise.all(paths.map((path) => reader.read(path)));
   * await reader.close();
   */
  constructor(options: RadiographReaderOptions = {}) {
    const count = options.workers ?? Math.min(availableParallelism(), MOST_DEFAULT_WORKERS);
    this.#lanes = Array.from({ length: Math.max(count, 1) }, () => new Lane(options.heapMiB ?? DEFAULT_HEAP_MIB));
    this.#idle = [...this.#lanes];
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** Starts the threads ahead of the first file, while the caller has other things to wait for. */
  start(): void {
    for (const lane of this.#lanes) lane.start();
  }

  /**
   * Reads the file at `path`. Whatever is wrong with the file is in the outcome.
   *
   * @param timeoutMs for this file; the reader's by default
   * @throws OsteonError `interrupted` after or by {@link close}
   */
  async read(path: string, timeoutMs = this.#timeoutMs): Promise<ReadOutcome> {
    const reply = await this.#queued({ path }, timeoutMs);
    if ("lost" in reply) return { ok: false, reason: reply.lost };
    if ("picture" in reply) return reply.picture;
    throw new Error("The thread answered another question.");
  }

  /**
   * Reads the bytes of a file for the archive. They are moved to the thread and are no longer here until the answer
   * brings them back.
   *
   * @throws OsteonError `interrupted` after or by {@link close}
   */
  async readBytes(bytes: Uint8Array<ArrayBuffer>, options: ReadForArchiveOptions = {}): Promise<BytesOutcome> {
    const reply = await this.#queued({ bytes, options }, this.#timeoutMs);
    if ("lost" in reply) return { ok: false, reason: reply.lost };
    if ("archive" in reply) return { ...reply.archive, bytes: reply.bytes };
    throw new Error("The thread answered another question.");
  }

  #queued(request: ReadRequest, timeoutMs: number): Promise<ReadReply | Loss> {
    return new Promise((settle, reject) => {
      const task: Task = { request, timeoutMs, settle, refuse: reject };
      if (this.#closed) task.refuse(closed());
      else this.#queue.push(task);
      this.#advance();
    });
  }

  #advance(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const task = this.#queue.shift()!;
      const lane = this.#idle.pop()!;
      void lane.read(task).then((reply) => {
        if (this.#closed) task.refuse(closed());
        else task.settle(reply);
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
