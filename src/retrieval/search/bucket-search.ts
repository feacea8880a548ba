/**
 * The nearest codes by probing buckets, those of the query's own keys first and then farther ones (multi-probe: Lv et al., VLDB
 * 2007), until neighbours as far as those found are unlikely to have been missed: near queries end after few probes. Where probing
 * would cost more than it saves, as for a query that resembles nothing, all codes are scanned.
 */

import { OsteonError } from "../../errors.ts";
import { type CodeBuckets, keyIn } from "./code-buckets.ts";
import type { CodeScanner } from "./code-scanner.ts";
import { MissChances } from "./miss-chance.ts";
import { type FoundCode, NearestList, type NearestOptions } from "./nearest-list.ts";

/** What is wanted, and how surely. */
export interface BucketSearchOptions extends NearestOptions {
  /** The share of the true neighbours, above 0 and at most 1, that is to be found; 1 gives the answer of a scan. */
  readonly recall: number;
}

/** What a search did, for those who weigh settings. */
export interface BucketSearchReport {
  readonly found: FoundCode[];
  /** Codes whose distance was computed. */
  readonly compared: number;
  readonly probes: number;
  /** Whether all codes were scanned in the end. */
  readonly scanned: boolean;
}

/** What a code in a bucket costs, being read from anywhere in the memory, and what a bucket does; a code of a scan costs 1. */
const scatteredCost = 14;
const probeCost = 6;

/** Searches one thread's scanner through buckets of the same codes. */
export class BucketSearch {
  readonly #scanner: CodeScanner;
  readonly #buckets: CodeBuckets;
  /** A bit for every filed code: whether it is among the candidates already. */
  readonly #seen: Uint32Array;
  readonly #chances: MissChances;
  #candidates = new Uint32Array(4096);

  /** @throws OsteonError `shape-mismatch` when the buckets are of codes of another length */
  constructor(scanner: CodeScanner, buckets: CodeBuckets) {
    if (buckets.bits !== scanner.memory.bits || buckets.count > scanner.memory.count) {
      throw new OsteonError("shape-mismatch", "The buckets were made of other codes; file the codes anew.");
    }
    this.#scanner = scanner;
    this.#buckets = buckets;
    this.#chances = new MissChances(buckets);
    this.#seen = new Uint32Array(Math.ceil(buckets.count / 32));
  }

  /** The k nearest codes, nearest first, ties as in a scan. */
  nearest(query: Uint32Array, options: BucketSearchOptions): FoundCode[] {
    return this.report(query, options).found;
  }

  /**
   * As {@link nearest}, with what it took.
   *
   * @throws OsteonError `bad-usage` for a recall that is no chance
   */
  report(query: Uint32Array, options: BucketSearchOptions): BucketSearchReport {
    const { recall } = options;
    if (!(recall > 0 && recall <= 1)) {
      throw new OsteonError("bad-usage", `The recall must be above 0 and at most 1, not ${recall}.`);
    }
    const { tables, keyBits, count } = this.#buckets;
    const nearest = new NearestList(options);
    const radii = new Array<number>(tables).fill(-1);
    let probes = 0;
    let compared = 0;
    try {
      // Table by table and not all at once, because a radius more is several times the buckets.
      for (let step = 0; step < tables * (keyBits + 1); step++) {
        const [table, radius] = [step % tables, Math.floor(step / tables)];
        if (masksCount(keyBits, radius) > count) break;
        const masks = masksOf(keyBits, radius);
        const key = keyIn(this.#buckets, table, query);
        const cost = (compared + this.#sizeOf(table, key, masks)) * scatteredCost + (probes + masks.length) * probeCost;
        if (cost > count) break;
        const before = compared;
        compared = this.#collect(table, key, { masks, have: compared });
        const added = this.#candidates.subarray(before, compared);
        const distances = this.#scanner.distancesAt(query, added);
        for (let i = 0; i < added.length; i++) nearest.offer(added[i]!, distances[i]!);
        probes += masks.length;
        radii[table] = radius;
        if (this.#expectedMiss(nearest, radii) > 1 - recall) continue;
        this.#scanner.offerAll(query, nearest, count);
        const later = this.#scanner.memory.count - count;
        return { found: nearest.found, compared: compared + later, probes, scanned: false };
      }
    } finally {
      for (let i = 0; i < compared; i++) this.#seen[this.#candidates[i]! >>> 5] = 0;
    }
    const { memory } = this.#scanner;
    return { found: this.#scanner.nearest(query, options), compared: compared + memory.count, probes, scanned: true };
  }

  /** What share of the true neighbours may be missing: they are at most as far as those found, rank by rank. */
  #expectedMiss(nearest: NearestList, radii: readonly number[]): number {
    if (!nearest.isFull) return 1;
    const { found } = nearest;
    return found.reduce((sum, { distance }) => sum + this.#chances.of(distance, radii), 0) / found.length;
  }

  /** How many positions some buckets of a table hold. */
  #sizeOf(table: number, key: number, masks: Uint32Array): number {
    const starts = this.#buckets.starts[table]!;
    let size = 0;
    for (const mask of masks) size += starts[(key ^ mask) + 1]! - starts[key ^ mask]!;
    return size;
  }

  /** Appends the positions of some buckets that are not among the candidates yet to those that are; returns how many there are then. */
  #collect(table: number, key: number, { masks, have }: { masks: Uint32Array; have: number }): number {
    const seen = this.#seen;
    const starts = this.#buckets.starts[table]!;
    const positions = this.#buckets.positions[table]!;
    const most = have + this.#sizeOf(table, key, masks);
    if (most > this.#candidates.length) {
      const larger = new Uint32Array(2 * most);
      larger.set(this.#candidates);
      this.#candidates = larger;
    }
    const candidates = this.#candidates;
    let length = have;
    for (const mask of masks) {
      const end = starts[(key ^ mask) + 1]!;
      for (let at = starts[key ^ mask]!; at < end; at++) {
        const position = positions[at]!;
        const bit = 1 << (position & 31);
        if ((seen[position >>> 5]! & bit) !== 0) continue;
        seen[position >>> 5]! |= bit;
        candidates[length++] = position;
      }
    }
    return length;
  }
}

/** How many numbers of `keyBits` bits have `flips` bits set. */
const masksCount = (keyBits: number, flips: number): number => {
  let count = 1;
  for (let i = 1; i <= flips; i++) count = (count * (keyBits - flips + i)) / i;
  return Math.round(count);
};

const masksByShape = new Map<string, Uint32Array>();

/** All numbers of `keyBits` bits of which `flips` are set, ascending. */
const masksOf = (keyBits: number, flips: number): Uint32Array => {
  const shape = `${keyBits} ${flips}`;
  const known = masksByShape.get(shape);
  if (known) return known;
  const masks: number[] = [];
  const add = (mask: number, from: number, left: number): void => {
    if (left === 0) masks.push(mask);
    else for (let bit = from; bit <= keyBits - left; bit++) add(mask | (1 << bit), bit + 1, left - 1);
  };
  add(0, 0, flips);
  const sorted = Uint32Array.from(masks).sort();
  masksByShape.set(shape, sorted);
  return sorted;
};
