/** Many binary codes of one length, packed into 32-bit words; bit b of a code is bit b % 32 of its word floor(b / 32). */

import { OsteonError } from "../errors.ts";
import { hammingDistances } from "../numeric/hamming.ts";

/** `count` codes of `bits` bits, one after another. */
export interface BinaryCodes {
  /** A multiple of 32. */
  readonly bits: number;
  readonly count: number;
  /** `count * bits / 32` words. */
  readonly values: Uint32Array;
}

/** Code `i` as a view. */
export const codeOf = ({ bits, values }: BinaryCodes, i: number): Uint32Array =>
  values.subarray((i * bits) / 32, ((i + 1) * bits) / 32);

/** Whether bit `b` of a code is set. */
export const bitOf = (code: Uint32Array, b: number): boolean => ((code[b >>> 5] >>> (b & 31)) & 1) === 1;

/**
 * The distance of a query to each code.
 *
 * @throws OsteonError `shape-mismatch` when the query has another length than the codes
 * @example
 * distancesToCodes({ bits: 32, count: 2, values: Uint32Array.of(0b1, 0b111) }, Uint32Array.of(0b1)); // [0, 2]
 */
export const distancesToCodes = ({ bits, count, values }: BinaryCodes, query: Uint32Array): Uint16Array => {
  if (query.length * 32 !== bits) {
    throw new OsteonError("shape-mismatch", `The codes have ${bits} bits and the query has ${query.length * 32}.`);
  }
  const distances = new Uint16Array(count);
  hammingDistances(values, query, distances);
  return distances;
};

/**
 * Refuses lengths that do not fill 32-bit words.
 *
 * @throws OsteonError `bad-usage`
 */
export const checkBits = (bits: number): void => {
  if (!Number.isInteger(bits) || bits <= 0 || bits % 32 !== 0 || bits > 65535) {
    throw new OsteonError("bad-usage", `The number of bits must be a multiple of 32 up to 65,504, not ${bits}.`);
  }
};
