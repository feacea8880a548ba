/** The k nearest of many whose distances are known, at most one of each group. */

import { NearestList, type NearestOptions } from "./search/nearest-list.ts";

/** What to select from. */
export interface Selection extends NearestOptions {
  /** Distance of each position; smaller is nearer. */
  readonly distances: ArrayLike<number>;
  /** The positions to look at, each once; all by default. */
  readonly candidates?: Uint32Array;
}

/**
 * Positions of the nearest, nearest first, in one pass.
 *
 * @example
 * selectNearest({ k: 2, distances: [3, 1, 2] }); // [1, 2]
 */
export const selectNearest = ({ distances, candidates, ...options }: Selection): number[] => {
  const nearest = new NearestList(options);
  const count = candidates?.length ?? distances.length;
  let farthest = nearest.farthest;
  for (let c = 0; c < count; c++) {
    const position = candidates ? candidates[c]! : c;
    if (distances[position]! > farthest) continue;
    nearest.offer(position, distances[position]!);
    farthest = nearest.farthest;
  }
  return nearest.found.map(({ position }) => position);
};
