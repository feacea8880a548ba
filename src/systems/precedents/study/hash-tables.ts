/**
 * The study's hash tables over binary codes: each table files a code under a sample of its bits, so that near codes share a bucket
 * (Indyk and Motwani, Approximate nearest neighbors, STOC 1998); buckets one bit away are probed too (multi-probe, Lv et al., VLDB
 * 2007). They narrow a search to candidates; the exact distance decides among these. The product's buckets (`retrieval/search`) cut keys
 * of neighbouring bits and probe until they are sure, so that they cannot show what a fixed number of tables loses.
 */

import { OsteonError } from "../../../errors.ts";
import { Random } from "../../../numeric/random.ts";
import { type BinaryCodes, bitOf, codeOf } from "../../../retrieval/binary-codes.ts";

/** How the tables are laid out; plain data. */
export interface HashTableSettings {
  readonly tables: number;
  /** Bits of the code in a table's key, 1 to 30. Too many and near codes part; log2(count) is a good start. */
  readonly keyBits: number;
  readonly seed: number;
}

/** Several tables, each by another sample of bits. */
export class HashTables {
  readonly settings: HashTableSettings;
  /** Bits in the key of each table. */
  readonly #samples: readonly Uint32Array[];
  /** Positions by key, for each table. */
  readonly #buckets: readonly ReadonlyMap<number, readonly number[]>[];

  /**
   * Files every code in every table.
   *
   * @throws OsteonError `bad-usage` for settings out of range
   */
  constructor(codes: BinaryCodes, settings: HashTableSettings) {
    const { tables, keyBits, seed } = settings;
    if (!(tables >= 1 && keyBits >= 1 && keyBits <= Math.min(30, codes.bits))) {
      throw new OsteonError(
        "bad-usage",
        `${tables} tables of ${keyBits} key bits cannot be made of ${codes.bits} bits.`,
      );
    }
    this.settings = settings;
    this.#samples = Array.from({ length: tables }, (_, t) =>
      new Random(seed, "hash-tables", t).permutation(codes.bits).slice(0, keyBits),
    );
    this.#buckets = this.#samples.map((sample) => {
      const buckets = new Map<number, number[]>();
      for (let i = 0; i < codes.count; i++) {
        const key = keyOf(codeOf(codes, i), sample);
        const bucket = buckets.get(key);
        if (bucket) bucket.push(i);
        else buckets.set(key, [i]);
      }
      return buckets;
    });
  }

  /**
   * Positions of the codes that share a bucket with the query in any table, ascending, each once.
   *
   * @param options.flips 0: the query's own buckets; 1: also those whose key differs in one bit (1 + keyBits probes a table)
   */
  candidates(query: Uint32Array, { flips = 1 }: { readonly flips?: 0 | 1 } = {}): Uint32Array {
    const found = new Set<number>();
    this.#samples.forEach((sample, t) => {
      const key = keyOf(query, sample);
      const keys = flips === 0 ? [key] : [key, ...Array.from(sample, (_, bit) => key ^ (1 << bit))];
      for (const probe of keys) for (const position of this.#buckets[t].get(probe) ?? []) found.add(position);
    });
    return Uint32Array.from(found).sort();
  }
}

const keyOf = (code: Uint32Array, sample: Uint32Array): number =>
  sample.reduce((key, bit, position) => key | (bitOf(code, bit) ? 1 << position : 0), 0);
