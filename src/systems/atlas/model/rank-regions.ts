/** The regions that networks take a picture for, in their order. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";

/** A region with how likely it is. */
export interface ScoredRegion {
  readonly region: string;
  readonly score: number;
}

/** The regions, the likeliest first; what was discarded is none of them. */
export const rankRegions = (classes: readonly string[], probabilities: ArrayLike<number>): ScoredRegion[] =>
  classes
    .map((region, c) => ({ region, score: probabilities[c]! }))
    .filter(({ region }) => region !== discard)
    .sort((a, b) => b.score - a.score || (a.region < b.region ? -1 : 1));
