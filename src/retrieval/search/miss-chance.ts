/** How likely buckets hide a near code: what tells a search when it has probed enough. */

/**
 * Chances for codes of `bits` bits and tables that each file them by `keyBits` of these, no bit in two keys. What was probed is told by a
 * radius for each table: the buckets whose keys differ from the query's in at most so many bits, or -1 for none.
 */
export class MissChances {
  readonly #bits: number;
  readonly #keyBits: number;
  /** By radii, whose order does not matter, and by distance. */
  readonly #known = new Map<string, Float64Array>();

  constructor({ bits, keyBits }: { readonly bits: number; readonly keyBits: number }) {
    this.#bits = bits;
    this.#keyBits = keyBits;
  }

  /**
   * The chance that a code at some distance is in no probed bucket of any table, if the bits in which it differs from the query are
   * spread evenly over the code: the multivariate hypergeometric distribution of these bits over the keys, so that many in one key are
   * few in the others. It is 0 only where no such code can be missed, which is below the sum of all radii + 1: some key then differs in
   * no more bits than its radius. Above half of the bits it is said to be 1.
   *
   * @example
   * new MissChances({ bits: 256, keyBits: 128 }).of(1, [0, 0]); // 0: the differing bit is in one of the two halves
   */
  of(distance: number, radii: readonly number[]): number {
    const fewestMissed = radii.reduce((sum, radius) => sum + radius + 1, 0);
    if (distance < fewestMissed || radii.some((radius) => radius >= this.#keyBits)) return 0;
    if (distance > this.#bits / 2 || fewestMissed === 0) return 1;
    const sorted = radii.toSorted((a, b) => a - b);
    const key = sorted.join(" ");
    let chances = this.#known.get(key);
    if (!chances) {
      chances = this.#compute(sorted);
      this.#known.set(key, chances);
    }
    return Math.min(Math.max(chances[distance]!, Number.MIN_VALUE), 1); // never said to be sure by rounding
  }

  /**
   * By distance, up to half of the bits. Each key adds its differing bits, each weighed as if it differed by itself with one chance; what
   * that chance is falls out again, because only codes of one distance are compared with each other.
   */
  #compute(radii: readonly number[]): Float64Array {
    let keyed: Float64Array = Float64Array.of(1);
    for (const radius of radii) keyed = convolve(keyed, binomial(this.#keyBits, radius + 1));
    const all = convolve(keyed, binomial(this.#bits - radii.length * this.#keyBits, 0));
    const total = binomial(this.#bits, 0);
    return Float64Array.from({ length: Math.floor(this.#bits / 2) + 1 }, (_, far) => all[far]! / total[far]!);
  }
}

/** Small enough that short distances, and not so small that half of the bits, come out as numbers for the longest codes. */
const differs = 1 / 4;

/** The chance that so many of `bits` bits differ, each with its own chance; 0 for fewer than `least`. */
const binomial = (bits: number, least: number): Float64Array =>
  Float64Array.from({ length: bits + 1 }, (_, count) =>
    count < least
      ? 0
      : Math.exp(lnChoose(bits, count) + count * Math.log(differs) + (bits - count) * Math.log(1 - differs)),
  );

const convolve = (a: Float64Array, b: Float64Array): Float64Array => {
  const sums = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) sums[i + j]! += a[i]! * b[j]!;
  return sums;
};

const lnFactorials: number[] = [0];

const lnFactorial = (n: number): number => {
  for (let i = lnFactorials.length; i <= n; i++) lnFactorials.push(lnFactorials[i - 1]! + Math.log(i));
  return lnFactorials[n]!;
};

const lnChoose = (n: number, k: number): number => lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
