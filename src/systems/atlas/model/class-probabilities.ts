/** What networks say of a picture, as probabilities of classes. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";

/** The probabilities of one network. */
export const softmax = (logits: ArrayLike<number>): Float64Array => {
  const values = Float64Array.from(logits);
  const largest = Math.max(...values);
  const powers = values.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

/** The mean of several networks' probabilities. */
export const meanProbabilities = (logits: readonly ArrayLike<number>[]): Float64Array => {
  const all = logits.map(softmax);
  return all[0]!.map((_, c) => all.reduce((sum, own) => sum + own[c]!, 0) / all.length);
};

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
