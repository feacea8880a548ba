/**
 * What clusters that nobody labelled are, by those that somebody did: labels spread over the graph of clusters until they rest
 * (Zhu, Ghahramani and Lafferty, 2003, "Semi-Supervised Learning Using Gaussian Fields and Harmonic Functions"), and fade a little
 * at each step, so that what is far from every label stays unknown.
 */

import type { ClusterGraph } from "./cluster-graph.ts";

/** For each cluster the share of the evidence for each label; what is missing to 1 is unknown. [clusters, labels] */
export interface SpreadLabels {
  readonly labels: number;
  readonly shares: Float64Array;
}

/** How much of a label is left after each step. */
const left = 0.9;
const steps = 60;

/**
 * @param given by the place of a cluster the number of its label in [0, labels), or -1
 */
export const spreadLabels = (
  { links }: Pick<ClusterGraph, "links">,
  given: Int32Array,
  labels: number,
): SpreadLabels => {
  let { shares } = givenShares(given, labels);
  const open = [...given.keys()].filter((place) => given[place] === -1 && links[place]!.length > 0);
  for (let step = 0; step < steps; step++) {
    const next = shares.slice();
    let change = 0;
    for (const place of open) {
      for (let label = 0; label < labels; label++) {
        let sum = 0;
        for (const { to, share } of links[place]!) sum += share * shares[to * labels + label]!;
        change = Math.max(change, Math.abs(left * sum - shares[place * labels + label]!));
        next[place * labels + label] = left * sum;
      }
    }
    shares = next;
    if (change < 1e-4) break;
  }
  return { labels, shares };
};

/** The labels before they spread: of open clusters nothing is known. */
export const givenShares = (given: Int32Array, labels: number): SpreadLabels => {
  const shares = new Float64Array(given.length * labels);
  given.forEach((label, place) => {
    if (label !== -1) shares[place * labels + label] = 1;
  });
  return { labels, shares };
};
