/** Exact search by Hamming distance: every code is compared, and nothing is approximated. */

import { OsteonError } from "../errors.ts";
import { hammingDistances } from "../numeric/hamming.ts";
import type { BinaryCodes } from "./binary-codes.ts";
import { selectNearest } from "./select-nearest.ts";

/** A code found. */
export interface CodeFound {
  readonly position: number;
  /** Bits that differ. */
  readonly distance: number;
}

/**
 * The distance of a query to each code.
 *
 * @throws OsteonError `shape-mismatch` when the query has another length than the codes
 */
export const distancesToCodes = (codes: BinaryCodes, query: Uint32Array): Uint16Array => {
  if (query.length * 32 !== codes.bits) {
    const message = `The codes have ${codes.bits} bits and the query has ${query.length * 32}.`;
    throw new OsteonError("shape-mismatch", message);
  }
  const distances = new Uint16Array(codes.count);
  hammingDistances(codes.values, query, distances);
  return distances;
};

/**
 * The k nearest codes, nearest first; at equal distance the earlier position goes first.
 *
 * @param options.candidates the positions to compare, as hash tables give them; all by default
 * @example
 * hammingSearch(codes, query, { k: 5 })[0].distance;
 */
export const hammingSearch = (
  codes: BinaryCodes,
  query: Uint32Array,
  { k, candidates }: { readonly k: number; readonly candidates?: Uint32Array },
): CodeFound[] => {
  const distances = distancesToCodes(codes, query);
  const positions = selectNearest({ k, distances, breakTie: (i, j) => i - j, ...(candidates ? { candidates } : {}) });
  return positions.map((position) => ({ position, distance: distances[position] }));
};
