/** What speaks for which label of a radiograph or a cluster: the labels of the clusters that its neighbours are in. */

import type { ClusterLabel } from "../../../clinic/atlas/fold-actions.ts";
import { type ClusterGraph, linkClusters, neighboursOf } from "./cluster-graph.ts";
import type { GuideCluster, GuideData, Likeness } from "./guide-data.ts";
import type { AllNeighbours } from "./neighbours.ts";
import { type SpreadLabels, spreadLabels } from "./spread-labels.ts";

/** The labels of a clustering and where they reach. */
export interface GuideEvidence {
  readonly neighbours: AllNeighbours;
  readonly graph: ClusterGraph;
  /** The labels that clusters have, in the order of the alphabet. */
  readonly labels: readonly ClusterLabel[];
  /** By place the number of the cluster's label, or -1. */
  readonly given: Int32Array;
  /** What is given, and what follows from it for clusters without a label. */
  readonly spread: SpreadLabels;
}

export const gatherEvidence = (data: GuideData, neighbours: AllNeighbours): GuideEvidence => {
  const graph = linkClusters(data, neighbours);
  const { labels, given } = numberLabels(data.clusters);
  const spread = spreadLabels(graph, given, labels.length);
  return { neighbours, graph, labels, given, spread: hearModel(data, { labels, given, spread }) };
};

/** How much the model says of an open cluster all of whose images it sorted; the other half is what spreads. */
const weightOfModel = 0.5;

/** The atlas model's word on clusters without a label, beside what their neighbours are. */
const hearModel = (
  { clusters, sorted }: GuideData,
  { labels, given, spread }: Pick<GuideEvidence, "labels" | "given" | "spread">,
): SpreadLabels => {
  if (sorted.size === 0) return spread;
  const shares = spread.shares.slice();
  clusters.forEach(({ rows }, place) => {
    const said = rows.flatMap((row) => sorted.get(row) ?? []);
    if (given[place] !== -1 || said.length === 0) return;
    const weight = (weightOfModel * said.length) / rows.length;
    labels.forEach((label, number) => {
      const at = place * labels.length + number;
      const share = said.filter((one) => one === label).length / said.length;
      shares[at] = (1 - weight) * shares[at]! + weight * share;
    });
  });
  return { ...spread, shares };
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
 * @param heard whether the rows' own cluster is heard too, or only others
 */
export const evidenceFor = (
  { neighbours, graph, spread }: Pick<GuideEvidence, "neighbours" | "graph" | "spread">,
  rows: readonly number[],
  heard: "every cluster" | "other clusters",
): Float64Array => {
  const shares = new Float64Array(spread.labels);
  const kind = heard === "other clusters" ? neighbours.beyond : neighbours.near;
  for (const row of rows) {
    const own = new Float64Array(spread.labels);
    let total = 0;
    for (const { of, weight } of neighboursOf(kind, row)) {
      const place = graph.clusterOf[of]!;
      if (place === -1) continue;
      total += weight;
      for (let label = 0; label < spread.labels; label++)
        own[label]! += weight * spread.shares[place * spread.labels + label]!;
    }
    if (total > 0) for (let label = 0; label < spread.labels; label++) shares[label]! += own[label]! / total;
  }
  return shares.map((sum) => sum / Math.max(1, rows.length));
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
