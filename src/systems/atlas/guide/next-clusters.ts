/**
 * Which clusters to label next: those from which most radiographs are expected to become known, their own and those of clusters
 * like them. Each is chosen as if those before it were labelled, so that the list can be worked through from the top.
 */

import { quantile } from "../../../numeric/quantile.ts";
import type { GuideData, Likeness } from "./guide-data.ts";
import { type GuideEvidence, knownOf, likenessOf, spreadOf } from "./guide-evidence.ts";

/** A cluster that is worth labelling. */
export interface NextCluster {
  readonly cluster: number;
  readonly images: number;
  readonly why: "probable" | "uncertain" | "far-from-labelled" | "large";
  readonly proposed: Likeness | null;
  readonly expectedGain: number;
}

/** How much of what a label says of its cluster it says of one that is like it in everything. */
const reach = 0.9;

/** From this share of the evidence on, a glance is expected to confirm what is proposed. */
const probable = 0.7;
/** Below this share of what there is to know, nothing labelled is near. */
const far = 0.3;
/** So many times the median is large. */
const large = 2;

/** @param most how many clusters are listed */
export const nextClusters = (data: GuideData, evidence: GuideEvidence, most: number): NextCluster[] => {
  const open = [...evidence.given.keys()].filter((place) => evidence.given[place] === -1);
  const unknown = data.clusters.map(({ rows }, place) =>
    evidence.given[place] === -1 ? rows.length * (1 - Math.max(0, ...spreadOf(evidence, place))) : 0,
  );
  const reachOf = reachedBy(evidence);
  const listed: NextCluster[] = [];
  const left = new Set(open);
  while (listed.length < most && left.size > 0) {
    const gains = [...left].map((place) => ({ place, gain: gainOf(place, { unknown, reachOf }) }));
    const best = gains.reduce((one, other) => (other.gain > one.gain ? other : one));
    listed.push(describe(data, evidence, { place: best.place, gain: best.gain }));
    left.delete(best.place);
    unknown[best.place] = 0;
    for (const { from, share } of reachOf[best.place]!) unknown[from]! *= 1 - reach * share;
  }
  return listed;
};

interface Reached {
  /** The cluster that hears of a label. */
  readonly from: number;
  readonly share: number;
}

/** By place: the clusters that hear of its label, for each link the other way. */
const reachedBy = ({ graph }: GuideEvidence): Reached[][] => {
  const reached: Reached[][] = graph.links.map(() => []);
  graph.links.forEach((links, from) => {
    for (const { to, share } of links) reached[to]!.push({ from, share });
  });
  return reached;
};

const gainOf = (
  place: number,
  { unknown, reachOf }: { readonly unknown: readonly number[]; readonly reachOf: readonly (readonly Reached[])[] },
): number => reachOf[place]!.reduce((sum, { from, share }) => sum + reach * share * unknown[from]!, unknown[place]!);

const describe = (
  { clusters }: GuideData,
  evidence: GuideEvidence,
  { place, gain }: { readonly place: number; readonly gain: number },
): NextCluster => {
  const { cluster, rows } = clusters[place]!;
  const shares = spreadOf(evidence, place);
  const known = knownOf(shares);
  const proposed = likenessOf(evidence, shares);
  const why = (): NextCluster["why"] => {
    if (known >= far && proposed) return proposed.share >= probable ? "probable" : "uncertain";
    const median = quantile(
      clusters.map((one) => one.rows.length),
      0.5,
    );
    return evidence.labels.length === 0 || rows.length >= large * median ? "large" : "far-from-labelled";
  };
  return { cluster, images: rows.length, why: why(), proposed, expectedGain: gain };
};
