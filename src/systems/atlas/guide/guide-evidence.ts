/** What speaks for which label of a radiograph or a cluster: the labels of the clusters that its neighbours are in. */

import type { ClusterLabel } from "../../../clinic/atlas/fold-actions.ts";
import { type ClusterGraph, linkClusters, neighboursOf } from "./cluster-graph.ts";
import type { GuideCluster, GuideData, Likeness } from "./guide-data.ts";
import type { Neighbours } from "./neighbours.ts";
import { type SpreadLabels, spreadLabels } from "./spread-labels.ts";

/** The labels of a clustering and where they reach. */
export interface GuideEvidence {
  readonly neighbours: Neighbours;
  readonly graph: ClusterGraph;
  /** The labels that clusters have, in the order of the alphabet. */
  readonly labels: readonly ClusterLabel[];
  /** By place the number of the cluster's label, or -1. */
  readonly given: Int32Array;
  /** What is given, and what follows from it for clusters without a label. */
  readonly spread: SpreadLabels;
}

export const gatherEvidence = (data: GuideData, neighbours: Neighbours): GuideEvidence => {
  const graph = linkClusters(data, neighbours);
  const { labels, given } = numberLabels(data.clusters);
  return { neighbours, graph, labels, given, spread: spreadLabels(graph, given, labels.length) };
};

const numberLabels = (
  clusters: readonly GuideCluster[],
): { readonly labels: readonly ClusterLabel[]; readonly given: Int32Array } => {
  const labels = [...new Set(clusters.flatMap(({ label }) => label ?? []))].sort();
  return { labels, given: Int32Array.from(clusters, ({ label }) => (label === null ? -1 : labels.indexOf(label))) };
};

/**
 * The share of the evidence for each label of rows, each row counting alike; what is missing to 1 is unknown.
 *
 * @param without the place of a cluster whose label is not to be heard, as the rows' own
 */
export const evidenceFor = (
  { neighbours, graph, spread }: Pick<GuideEvidence, "neighbours" | "graph" | "spread">,
  rows: readonly number[],
  without?: number,
): Float64Array => {
  const shares = new Float64Array(spread.labels);
  let heard = 0;
  for (const row of rows) {
    const own = new Float64Array(spread.labels);
    let total = 0;
    for (const { of, weight } of neighboursOf(neighbours, row)) {
      const place = graph.clusterOf[of]!;
      if (place === -1 || place === without) continue;
      total += weight;
      for (let label = 0; label < spread.labels; label++)
        own[label]! += weight * spread.shares[place * spread.labels + label]!;
    }
    heard++;
    if (total > 0) for (let label = 0; label < spread.labels; label++) shares[label]! += own[label]! / total;
  }
  return heard === 0 ? shares : shares.map((sum) => sum / heard);
};

/** The sum of all shares: how much is known. */
export const knownOf = (shares: ArrayLike<number>): number => Array.from(shares).reduce((sum, share) => sum + share, 0);

/** Below this nothing labelled is near enough to say what something is. */
const leastKnown = 0.1;

/** The label that most of what is known speaks for; null where too little is known. */
export const likenessOf = ({ labels }: Pick<GuideEvidence, "labels">, shares: ArrayLike<number>): Likeness | null => {
  const known = knownOf(shares);
  if (known < leastKnown) return null;
  let best = 0;
  for (let label = 1; label < shares.length; label++) if (shares[label]! > shares[best]!) best = label;
  return { label: labels[best]!, share: shares[best]! / known };
};

/** The shares of a cluster as they spread. */
export const spreadOf = ({ spread }: Pick<GuideEvidence, "spread">, place: number): Float64Array =>
  spread.shares.subarray(place * spread.labels, (place + 1) * spread.labels);
