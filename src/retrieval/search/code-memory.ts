/**
 * Binary codes in a memory that WebAssembly reads and threads share. It holds as many as were made room for; the system gives
 * pages as they are written, so room costs nothing until it is used. Codes are added at the end by one thread, while others search.
 */

import { OsteonError } from "../../errors.ts";
import { type BinaryCodes, checkBits } from "../binary-codes.ts";

/** What is sent to another thread; nothing is copied. */
export interface SharedCodeMemory {
  readonly bits: number;
  readonly memory: WebAssembly.Memory;
}

/** How many codes there shall be room for. */
export interface CodeRoom {
  /** A multiple of 32. */
  readonly bits: number;
  readonly capacity: number;
}

const pageBytes = 65_536;
const largestBytes = 65_536 * pageBytes;
/** The count of codes stands in the first word; codes begin on a cache line of their own. */
export const firstCodeAt = 64;

/** How many codes of some length one memory can hold. */
export const largestCapacity = (bits: number): number => Math.floor(((largestBytes - firstCodeAt) * 8) / bits);

/** Codes of one length, growing at the end. */
export class CodeMemory {
  readonly bits: number;
  readonly memory: WebAssembly.Memory;
  readonly #head: Int32Array;

  private constructor({ bits, memory }: SharedCodeMemory) {
    this.bits = bits;
    this.memory = memory;
    this.#head = new Int32Array(memory.buffer, 0, 1);
  }

  /** @throws OsteonError `bad-usage` for lengths that do not fill 32-bit words, or more than 4 GiB of codes */
  static withRoom({ bits, capacity }: CodeRoom): CodeMemory {
    checkBits(bits);
    if (!(capacity <= largestCapacity(bits))) {
      const most = `One memory holds ${largestCapacity(bits)} codes of ${bits} bits`;
      throw new OsteonError("bad-usage", `${most} and not ${capacity}; divide the archive over several.`);
    }
    const bytes = firstCodeAt + (capacity * bits) / 8;
    const pages = Math.max(1, Math.ceil(bytes / pageBytes));
    return new CodeMemory({ bits, memory: new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }) });
  }

  /** A copy of codes that lie elsewhere. */
  static of(codes: BinaryCodes): CodeMemory {
    const memory = CodeMemory.withRoom({ bits: codes.bits, capacity: codes.count });
    memory.append(codes.values);
    return memory;
  }

  /** The memory that another thread shared. */
  static open(shared: SharedCodeMemory): CodeMemory {
    return new CodeMemory(shared);
  }

  /** For other threads. */
  share(): SharedCodeMemory {
    return { bits: this.bits, memory: this.memory };
  }

  /** How many codes there are now. */
  get count(): number {
    return Atomics.load(this.#head, 0);
  }

  /** How many there is room for. */
  get capacity(): number {
    return Math.floor(((this.memory.buffer.byteLength - firstCodeAt) * 8) / this.bits);
  }

  /** The codes that there are now, as a view. */
  get codes(): BinaryCodes {
    const { bits, count } = this;
    return { bits, count, values: new Uint32Array(this.memory.buffer, firstCodeAt, (count * bits) / 32) };
  }

  /**
   * Adds codes at the end; other threads see them whole or not yet. One thread at a time.
   *
   * @throws OsteonError `shape-mismatch` for words that are no whole codes, `no-room` where they exceed the capacity
   */
  append(words: Uint32Array): void {
    this.write(words);
    this.publish((words.length * 32) / this.bits);
  }

  /** Writes codes behind the last without anybody seeing them yet; {@link publish} shows them. */
  write(words: Uint32Array): void {
    const { bits, count } = this;
    const added = (words.length * 32) / bits;
    if (!Number.isInteger(added)) {
      throw new OsteonError("shape-mismatch", `${words.length} words are no whole number of codes of ${bits} bits.`);
    }
    if (count + added > this.capacity) {
      throw new OsteonError("no-room", `There is room for ${this.capacity} codes and not for ${count + added}.`);
    }
    this.room(added).set(words);
  }

  /** Where so many codes behind the last go; they are there for others when they are published. */
  room(added: number): Uint32Array {
    const { bits, count } = this;
    return new Uint32Array(this.memory.buffer, firstCodeAt + (count * bits) / 8, (added * bits) / 32);
  }

  /** Shows `added` codes more to all threads. */
  publish(added: number): void {
    Atomics.add(this.#head, 0, added);
  }
}
