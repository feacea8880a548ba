/**
 * Seeded random numbers: the only source of chance in Osteon. Streams are derived by key, so the augmentation of image 7
 * in epoch 3 does not depend on how many workers drew before it.
 *
 * Generator: xoshiro128** (Blackman and Vigna, 2018), its 128 bits of state a hash of the keys, so that no two of however
 * many streams are the same one. Not for secrets: the hash is quick, not cryptographic.
 */

/** What a stream may be keyed by. */
export type RandomKey = number | string;

const rotateLeft = (x: number, k: number): number => ((x << k) | (x >>> (32 - k))) >>> 0;

/** The 32-bit finaliser of MurmurHash3: every input bit reaches every output bit. */
const mix = (value: number): number => {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Folds a key into each of the four running hashes; numbers by their 64-bit pattern, so that 0.5 and 1 differ. */
const absorb = (hashes: Uint32Array, key: RandomKey): void => {
  const isText = typeof key === "string";
  const bytes = isText ? utf8.encode(key) : new Uint8Array(Float64Array.of(key).buffer);
  for (let i = 0; i < hashes.length; i++) {
    let h = mix(hashes[i]! ^ (isText ? 0x9e3779b9 : 0x7f4a7c15));
    for (const byte of bytes) h = mix(Math.imul(h ^ byte, 0x01000193));
    hashes[i] = h;
  }
};

const utf8 = new TextEncoder();

/** Where the four hashes begin: one function from four places gives four unrelated words. */
const beginnings: readonly number[] = [0x6f737465, 0x6f6e2e72, 0x616e646f, 0x6d313238];

/** A reproducible stream of random numbers. */
export class Random {
  readonly #keys: readonly RandomKey[];
  readonly #state: Uint32Array;
  #spareNormal: number | undefined;

  /**
   * @param keys the seed and whatever else names the stream; equal keys give equal streams on every machine
   * @example
   * new Random(41, "augment", 3, 7).uniform(-1, 1);
   */
  constructor(...keys: RandomKey[]) {
    this.#keys = keys;
    this.#state = Uint32Array.from(beginnings);
    for (const key of keys) absorb(this.#state, key);
    if (this.#state.every((word) => word === 0)) this.#state[0] = 1; // the one state xoshiro never leaves
  }

  /** An independent stream named by this one's keys and more. */
  fork(...keys: RandomKey[]): Random {
    return new Random(...this.#keys, ...keys);
  }

  /** A whole number in [0, 2^32). */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5) >>> 0, 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** A number in [0, 1) with 53 random bits. */
  next(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** A number in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * this.next();
  }

  /** A whole number in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A draw from N(mean, standardDeviation^2), by Marsaglia's polar method. */
  normal(mean = 0, standardDeviation = 1): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return mean + standardDeviation * spare;
    }
    for (;;) {
      const u = this.uniform(-1, 1);
      const v = this.uniform(-1, 1);
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spareNormal = v * factor;
      return mean + standardDeviation * u * factor;
    }
  }

  /** One of the items, each as likely; `weights`, if given, need not sum to 1. */
  pick<T>(items: readonly T[], weights?: readonly number[]): T {
    if (!weights) return items[this.integer(items.length)] as T;
    let remaining = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < items.length; i++) {
      remaining -= weights[i] ?? 0;
      if (remaining < 0) return items[i] as T;
    }
    return items[items.length - 1] as T;
  }

  /** The whole numbers 0 .. length-1 in random order (Fisher and Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = order[i]!;
      order[i] = order[j]!;
      order[j] = swap;
    }
    return order;
  }
}
