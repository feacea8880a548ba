/**
 * Exact search of all codes in a memory, by the WebAssembly module `popcount-scan.wat`. Each thread has a scanner of its own over
 * the memory that they share; a scan sees the codes that were there when it began.
 */

import { OsteonError } from "../../errors.ts";
import { checkBits } from "../binary-codes.ts";
import { type CodeMemory, firstCodeAt } from "./code-memory.ts";
import { type FoundCode, NearestList, type NearestOptions } from "./nearest-list.ts";
import { popcountScan } from "./popcount-scan.ts";

/** What the module exports; addresses are in bytes. */
interface Kernels {
  distances(at: number, count: number, words: number, stride: number, out: number): void;
  distancesAt(first: number, positions: number, count: number, words: number, stride: number, out: number): void;
  below(from: number, count: number, limit: number, out: number): number;
}

const pageBytes = 65_536;
/** The query stands before, of up to 65,504 bits. */
const resultsAt = 8192;
/** Codes whose distances are looked at together: they stay in the fastest cache. */
const blockCodes = 4096;
const largestDistance = 65_535;

const compiled = new WebAssembly.Module(Buffer.from(popcountScan, "base64"));

/** Distances and nearest codes to a query. */
export class CodeScanner {
  readonly memory: CodeMemory;
  readonly #bits: number;
  readonly #stride: number;
  readonly #own = new WebAssembly.Memory({ initial: 1 });
  readonly #kernels: Kernels;

  /**
   * @param bits how many of each code's bits are compared, the first ones; all by default
   * @throws OsteonError `bad-usage` for more than there are, or a number that is no multiple of 32
   */
  constructor(memory: CodeMemory, bits: number = memory.bits) {
    checkBits(bits);
    if (bits > memory.bits) throw new OsteonError("bad-usage", `Of ${memory.bits} bits ${bits} cannot be compared.`);
    this.memory = memory;
    this.#bits = bits;
    this.#stride = memory.bits / 8;
    const imports = { osteon: { codes: memory.memory, own: this.#own } };
    this.#kernels = new WebAssembly.Instance(compiled, imports).exports as unknown as Kernels;
  }

  /**
   * The distance of each code, as a view that the next call overwrites.
   *
   * @throws OsteonError `shape-mismatch` when the query has another length than the codes, as of every search
   */
  distances(query: Uint32Array): Uint16Array {
    const { count } = this.memory;
    this.#prepare(query, count * 2);
    this.#kernels.distances(firstCodeAt, count, query.length, this.#stride, resultsAt);
    return new Uint16Array(this.#own.buffer, resultsAt, count);
  }

  /** The distances of the codes at some positions, as a view that the next call overwrites. */
  distancesAt(query: Uint32Array, positions: Uint32Array): Uint16Array {
    const { length } = positions;
    const { count } = this.memory;
    let last = 0;
    for (let i = 0; i < length; i++) last = Math.max(last, positions[i]!);
    if (length > 0 && last >= count) {
      throw new OsteonError("bad-usage", `There are ${count} codes, and a position beyond them is asked for.`);
    }
    this.#prepare(query, length * 6);
    new Uint32Array(this.#own.buffer, resultsAt, length).set(positions);
    const out = resultsAt + length * 4;
    this.#kernels.distancesAt(firstCodeAt, resultsAt, length, query.length, this.#stride, out);
    return new Uint16Array(this.#own.buffer, out, length);
  }

  /** The k nearest of all codes, nearest first. Equal distances are ordered by `breakTie`, else by position. */
  nearest(query: Uint32Array, options: NearestOptions): FoundCode[] {
    const nearest = new NearestList(options);
    this.offerAll(query, nearest);
    return nearest.found;
  }

  /** Offers every code from position `from` on that a list may want. */
  offerAll(query: Uint32Array, nearest: NearestList, from = 0): void {
    const { count } = this.memory;
    const hitsAt = resultsAt + blockCodes * 2;
    this.#prepare(query, blockCodes * 6);
    const distances = new Uint16Array(this.#own.buffer, resultsAt, blockCodes);
    const hits = new Uint32Array(this.#own.buffer, hitsAt, blockCodes);
    for (let start = from; start < count; start += blockCodes) {
      const length = Math.min(blockCodes, count - start);
      this.#kernels.distances(firstCodeAt + start * this.#stride, length, query.length, this.#stride, resultsAt);
      const limit = Math.min(nearest.limit, largestDistance);
      const found = this.#kernels.below(resultsAt, length, limit, hitsAt);
      for (let h = 0; h < found; h++) nearest.offer(start + hits[h]!, distances[hits[h]!]!);
    }
  }

  /** Puts the query in place and makes room for `bytes` of results, and for one vector behind them. */
  #prepare(query: Uint32Array, bytes: number): void {
    if (query.length * 32 !== this.#bits) {
      const wanted = `Codes are compared by ${this.#bits} bits`;
      throw new OsteonError("shape-mismatch", `${wanted} and the query has ${query.length * 32}.`);
    }
    const missing = resultsAt + bytes + 16 - this.#own.buffer.byteLength;
    if (missing > 0) this.#own.grow(Math.ceil(missing / pageBytes));
    new Uint32Array(this.#own.buffer, 0, query.length).set(query);
  }
}
