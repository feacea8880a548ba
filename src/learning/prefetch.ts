/**
 * Data made ready in worker threads while a session computes: an ordered, bounded, parallel map. A session blocks the thread
 * that runs it, so what is to be ready when it ends is asked of the threads before it begins
 * (docs/explanation/data-path.md).
 */

import { availableParallelism } from "node:os";
import type { Transferable } from "node:worker_threads";
import { OsteonError } from "../errors.ts";
import { oneByOne } from "./prefetch-queue.ts";
import { PreparingThread } from "./preparing-thread.ts";

/** What became of an item, and the buffers in it that move to the caller's thread instead of being copied. */
export interface Prepared<Value> {
  readonly value: Value;
  /** Made for this item alone: what moves is gone from the thread that made it. */
  readonly transfer?: readonly Transferable[];
}

/** Makes one item ready. What it draws or computes may depend on the settings and the item only, never on earlier items. */
export type Prepare<Item, Value> = (item: Item) => Prepared<Value> | Promise<Prepared<Value>>;

/** A way to make items ready that any thread can find, from {@link preparation}. */
export interface Preparation<Item, Value> {
  readonly module: string;
  readonly make: (settings: never) => Prepare<Item, Value>;
  readonly settings: unknown;
}

/**
 * Names what makes items ready, for any thread. In each thread one item is made ready after another, so what `make` sets up
 * (a decoder, memory to work in) serves all of them.
 *
 * @param module URL of the module that exports `make` under its own name: `import.meta.url` where it is declared. Each thread
 *   loads that module, so it should import no more than the work needs
 * @param make called once in each thread
 * @param settings what can be cloned into a thread; a SharedArrayBuffer in it is shared
 * @example
 * preparation(import.meta.url, makeSquares, { size: 8 });
 */
export const preparation = <Settings, Item, Value>(
  module: string,
  make: (settings: Settings) => Prepare<Item, Value>,
  settings: Settings,
): Preparation<Item, Value> => ({ module, make, settings });

/** How much is made ready ahead, and by how many threads. None of it changes a byte of what comes out. */
export interface PrefetchOptions {
  /** Threads; 0 makes each item ready in the caller's thread when it is asked for. See {@link defaultWorkers}. */
  readonly workers?: number;
  /** Most items per thread that are asked for or wait, beyond the one in use; 2 by default. */
  readonly ahead?: number;
  /** Milliseconds that {@link Prefetch.next} waits for one item of a thread; without end by default. */
  readonly timeoutMs?: number;
}

/** An item with what was made of it. */
export interface Prefetched<Item, Value> {
  readonly item: Item;
  readonly value: Value;
}

const defaultAhead = 2;
const mostWorkers = 64;

/** One thread beside the session's own, which take every core; none where there is but one core. */
export const defaultWorkers = (): number => Math.min(1, availableParallelism() - 1);

/** An item on its way: asked for already, or, without threads, when it is awaited. */
interface Ticket<Item, Value> {
  readonly item: Item;
  readonly result: () => Promise<Value>;
}

/**
 * The items in their order, each with what the preparation made of it. Leaving a `for await` loop in any way, an error and
 * the end of the items close it, which ends the threads.
 *
 * @example
 * for await (const { item, value } of new Prefetch([1, 2, 3], squares(8), { workers: 1 })) use(item, value);
 */
export class Prefetch<Item, Value> implements AsyncIterableIterator<Prefetched<Item, Value>>, AsyncDisposable {
  readonly #items: Iterator<Item>;
  readonly #threads: readonly PreparingThread<Item, Value>[];
  readonly #ask: (item: Item) => () => Promise<Value>;
  readonly #depth: number;
  readonly #timeoutMs: number | undefined;
  readonly #tickets: Ticket<Item, Value>[] = [];
  #hasMore = true;
  #closing: Promise<void> | undefined;

  /** @throws OsteonError `bad-usage` for a number of threads or of items ahead that is none */
  constructor(
    items: Iterable<Item>,
    how: Preparation<Item, Value>,
    { workers = defaultWorkers(), ahead = defaultAhead, timeoutMs }: PrefetchOptions = {},
  ) {
    checkCount("workers", workers, 0);
    checkCount("ahead", ahead, 1);
    this.#items = items[Symbol.iterator]();
    this.#threads = Array.from({ length: workers }, () => new PreparingThread<Item, Value>(how));
    this.#depth = Math.max(1, workers * ahead);
    this.#timeoutMs = timeoutMs;
    this.#ask = workers === 0 ? hereWith(how) : (item) => this.#askThread(item);
    this.#fill();
  }

  /** The thread with the fewest items takes the next one: which thread that is changes nothing but the time. */
  #askThread(item: Item): () => Promise<Value> {
    const thread = this.#threads.reduce((least, other) => (other.load < least.load ? other : least));
    const answer = thread.ask(item);
    answer.catch(() => {}); // told when its turn comes, if it comes
    return () => thread.keepingProcessAlive(inTime(answer, this.#timeoutMs));
  }

  #fill(): void {
    while (this.#hasMore && this.#tickets.length < this.#depth) {
      try {
        this.#askNext();
      } catch (error) {
        this.#tickets.push({ item: undefined as Item, result: () => Promise.reject(error) });
      }
    }
  }

  #askNext(): void {
    this.#hasMore = false; // items that throw have ended
    const next = this.#items.next();
    if (next.done) return;
    this.#hasMore = true;
    try {
      this.#tickets.push({ item: next.value, result: this.#ask(next.value) });
    } catch (error) {
      this.#leaveItems();
      throw error;
    }
  }

  /**
   * The next item, made ready; calls that do not wait for each other are answered in a row. When this returns, as many items
   * as are allowed ahead have been asked of the threads, which need the caller's thread no more.
   *
   * @throws what the items or the preparation threw, an OsteonError as it was; OsteonError `interrupted` when a thread ended
   *   unexpectedly or took too long, or {@link close} came first; `bad-usage` for a preparation that a thread cannot find
   */
  readonly next = oneByOne(() => this.#next());

  async #next(): Promise<IteratorResult<Prefetched<Item, Value>, undefined>> {
    const ticket = this.#closing ? undefined : this.#tickets.shift();
    if (!ticket) return this.return();
    try {
      const value = await ticket.result();
      if (!this.#closing) this.#fill();
      return { done: false, value: { item: ticket.item, value } };
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Closes it, as leaving a `for await` loop does. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  /** Ends the threads, whatever they are doing; what waits is given up. May be called at any time, and again. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** Lets the items end, unless they have ended themselves: a generator then runs its `finally`. */
  #leaveItems(): void {
    const hadMore = this.#hasMore;
    this.#hasMore = false;
    if (hadMore) this.#items.return?.();
  }

  async #end(): Promise<void> {
    this.#tickets.length = 0;
    try {
      this.#leaveItems();
    } finally {
      await Promise.all(this.#threads.map((thread) => thread.close()));
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** The answer, or an error where it does not come; the thread that owes it ends with the loader. */
const inTime = <Value>(answer: Promise<Value>, timeoutMs: number | undefined): Promise<Value> => {
  if (timeoutMs === undefined) return answer;
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const timer = setTimeout(() => {
    const seconds = timeoutMs / 1e3;
    reject(
      new OsteonError("interrupted", `An item was not made ready within ${seconds} s; leave it out or wait longer.`),
    );
  }, timeoutMs);
  answer.then(resolve, reject).finally(() => clearTimeout(timer));
  return promise;
};

const checkCount = (name: string, count: number, least: number): void => {
  if (Number.isInteger(count) && count >= least && count <= mostWorkers) return;
  throw new OsteonError("bad-usage", `"${name}" is a whole number from ${least} to ${mostWorkers}, not ${count}.`);
};

/** The preparation in this thread, made with the first item. */
const hereWith = <Item, Value>({ make, settings }: Preparation<Item, Value>) => {
  let prepare: Prepare<Item, Value> | undefined;
  return (item: Item) => async (): Promise<Value> => {
    prepare ??= make(settings as never);
    return (await prepare(item)).value;
  };
};
