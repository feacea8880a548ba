/** How likely buckets hide a near code: what tells a search when it has probed enough. */

/**
 * Chances for codes of `bits` bits and tables that each file them by `keyBits` of these. What was probed is told by a radius for each
 * table: the buckets whose keys differ from the query's in at most so many bits, or -1 for none.
 */
export class MissChances {
  readonly #bits: number;
  readonly #keyBits: number;
  /** By radius and distance: the chance that a code is in no probed bucket of one table. */
  readonly #inTable: Float64Array[] = [];

  constructor({ bits, keyBits }: { readonly bits: number; readonly keyBits: number }) {
    this.#bits = bits;
    this.#keyBits = keyBits;
  }

  /**
   * The chance that a code at some distance shares no probed bucket with the query, if the bits in which they differ are spread
   * evenly over the code: hypergeometric in each table, the tables as if independent, which is cautious, because bits that differ in
   * one are not in another. It is 0 only where no such code can be missed. Where the keys of all tables are the whole code, that is at
   * distances below the sum of all radii + 1: some table then differs in no more bits than its radius.
   *
   * @example
   * new MissChances({ bits: 256, keyBits: 128 }).of(1, [0, 0]); // 0: the differing bit is in one of the two halves
   */
  of(distance: number, radii: readonly number[]): number {
    const isWholeCode = radii.length * this.#keyBits === this.#bits;
    if (isWholeCode && distance < radii.reduce((sum, radius) => sum + radius + 1, 0)) return 0;
    if (radii.some((radius) => distance <= radius || radius >= this.#keyBits)) return 0;
    const chance = radii.reduce((product, radius) => product * this.#missIn(radius, distance), 1);
    return Math.max(chance, Number.MIN_VALUE);
  }

  #missIn(radius: number, distance: number): number {
    if (radius < 0) return 1;
    this.#inTable[radius] ??= Float64Array.from({ length: this.#bits + 1 }, (_, far) => this.#compute(radius, far));
    return this.#inTable[radius][distance]!;
  }

  #compute(radius: number, distance: number): number {
    const [bits, keyBits] = [this.#bits, this.#keyBits];
    let within = 0;
    for (let differing = 0; differing <= Math.min(radius, keyBits, distance); differing++) {
      if (keyBits - differing > bits - distance) continue;
      const ways = lnChoose(distance, differing) + lnChoose(bits - distance, keyBits - differing);
      within += Math.exp(ways - lnChoose(bits, keyBits));
    }
    return Math.max(1 - within, 0);
  }
}

const lnFactorials: number[] = [0];

const lnFactorial = (n: number): number => {
  for (let i = lnFactorials.length; i <= n; i++) lnFactorials.push(lnFactorials[i - 1]! + Math.log(i));
  return lnFactorials[n]!;
};

const lnChoose = (n: number, k: number): number => lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
