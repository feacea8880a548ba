/**
 * The neighbours' vote for a label. The dissertation says "majority vote" and no tie rule; each rule here says its own,
 * because at k = 3 it decides whether one right neighbour can win.
 */

import { OsteonError } from "../errors.ts";

/** A neighbour as the vote sees it; the order of the array does not matter. */
export interface Voter {
  /** 1 for the nearest; no two alike. */
  readonly rank: number;
  /** In [0, 1]. */
  readonly distance: number;
  /** Null: does not vote. */
  readonly label: string | null;
}

/** The outcome of a vote. */
export interface Vote {
  readonly label: string;
  /** The winner's share of the votes cast (of their weight, where they are weighted), in (0, 1]. */
  readonly share: number;
  /** True when another label had as much. */
  readonly tie: boolean;
}

/**
 * The label with most votes. Among labels tied for most, the one whose nearest neighbour is nearest wins, and `tie` is true.
 *
 * @returns null when no neighbour has a label
 * @example
 * pluralityVote([
 *   { rank: 1, distance: 0.1, label: "osteochondroma" },
 *   { rank: 2, distance: 0.2, label: "enchondroma" },
 * ]); // { label: "osteochondroma", share: 0.5, tie: true }
 */
export const pluralityVote = (voters: readonly Voter[]): Vote | null => weightedVote(voters, () => 1);

/**
 * The label of more than half of the neighbours, those without a label counted among them; else undecided. It is never tied.
 *
 * @returns null when undecided
 */
export const strictMajorityVote = (voters: readonly Voter[]): Vote | null => {
  const vote = pluralityVote(voters);
  if (!vote) return null;
  const votes = voters.filter(({ label }) => label === vote.label).length;
  return votes > voters.length / 2 ? vote : null;
};

/**
 * Each vote weighs 1 / distance. Neighbours at distance 0, if any, vote alone and equally (as scikit-learn's
 * `weights="distance"`); ties as in {@link pluralityVote}.
 *
 * @returns null when no neighbour has a label
 */
export const distanceWeightedVote = (voters: readonly Voter[]): Vote | null => {
  const labelled = voters.filter(({ label }) => label !== null);
  const same = labelled.filter(({ distance }) => distance === 0);
  return same.length > 0 ? pluralityVote(same) : weightedVote(labelled, ({ distance }) => 1 / distance);
};

/**
 * Each vote weighs 1 / the share of its label in the archive, so that a rare entity is not outvoted for being rare; ties as
 * in {@link pluralityVote}.
 *
 * @param prevalence number or share of patients by label, above 0 for every label that votes
 * @returns null when no neighbour has a label
 * @throws OsteonError `bad-input` when a voting label has no prevalence
 */
export const prevalenceWeightedVote = (
  voters: readonly Voter[],
  prevalence: ReadonlyMap<string, number>,
): Vote | null =>
  weightedVote(voters, ({ label }) => {
    const share = prevalence.get(label) ?? 0;
    if (!(share > 0)) throw new OsteonError("bad-input", `The label "${label}" votes but has no prevalence.`);
    return 1 / share;
  });

interface Tally {
  readonly label: string;
  weight: number;
  bestRank: number;
}

const weightedVote = (
  voters: readonly Voter[],
  weightOf: (voter: Voter & { readonly label: string }) => number,
): Vote | null => {
  const tallies = new Map<string, Tally>();
  // In order of rank, so that sums of weights are rounded alike however the neighbours were handed over.
  for (const { label, ...voter } of [...voters].sort((a, b) => a.rank - b.rank)) {
    if (label === null) continue;
    const weight = weightOf({ ...voter, label });
    const tally = tallies.get(label);
    if (tally) tally.weight += weight;
    else tallies.set(label, { label, weight, bestRank: voter.rank });
  }
  const all = [...tallies.values()];
  if (all.length === 0) return null;
  const most = Math.max(...all.map(({ weight }) => weight));
  const tied = all.filter(({ weight }) => weight >= most * (1 - 1e-12)); // sums in another order are equal up to rounding
  const winner = tied.reduce((a, b) => (a.bestRank < b.bestRank ? a : b));
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return { label: winner.label, share: winner.weight / total, tie: tied.length > 1 };
};
