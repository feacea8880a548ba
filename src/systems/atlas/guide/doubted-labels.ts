/**
 * Labels that are doubted by all clusters but their own, by confident learning: so a slip on a whole cluster is found, in which
 * no image stands out beside the others.
 */

import type { ClusterLabel } from "../../../clinic/atlas/fold-actions.ts";
import { findLabelNoise } from "../../../evidence/confident-learning.ts";
import type { GuideData } from "./guide-data.ts";
import { evidenceFor, type GuideEvidence, knownOf } from "./guide-evidence.ts";
import { givenShares } from "./spread-labels.ts";

/** What is doubted. */
export interface DoubtedLabels {
  /** Images that were judged, and how many of them are doubted. */
  readonly judged: number;
  readonly doubted: number;
  /** Labels that only one cluster has: nothing else can speak for them. */
  readonly notJudged: readonly ClusterLabel[];
  readonly clusters: readonly DoubtedCluster[];
  readonly images: readonly DoubtedImage[];
  /** How many images of a label are doubted in favour of another. */
  readonly pairs: readonly {
    readonly given: ClusterLabel;
    readonly suggested: ClusterLabel;
    readonly images: number;
  }[];
}

/** A cluster of which at least half the images are doubted in favour of one label. */
export interface DoubtedCluster {
  readonly cluster: number;
  readonly given: ClusterLabel;
  readonly suggested: ClusterLabel;
  readonly doubted: number;
  readonly images: number;
}

export interface DoubtedImage {
  readonly row: number;
  readonly cluster: number;
  readonly given: ClusterLabel;
  readonly suggested: ClusterLabel;
  readonly selfConfidence: number;
}

/** @param most how many images are listed */
export const doubtedLabels = (data: GuideData, evidence: GuideEvidence, most: number): DoubtedLabels => {
  const { labels, given } = evidence;
  // What has spread to open clusters may have come from the very label that is judged.
  const heard = { ...evidence, spread: givenShares(given, labels.length) };
  const clustersOf = labels.map((_, label) => given.filter((one) => one === label).length);
  const examples = data.clusters.flatMap(({ rows }, place) => {
    const label = given[place]!;
    if (label === -1 || clustersOf[label]! < 2) return [];
    return rows.flatMap((row) => {
      const shares = data.apart.has(row) ? undefined : evidenceFor(heard, [row], "other clusters");
      const known = shares ? knownOf(shares) : 0;
      return known === 0 ? [] : [{ row, place, label, probabilities: Array.from(shares!, (share) => share / known) }];
    });
  });
  const { suspects } = findLabelNoise({
    labels: examples.map(({ label }) => label),
    probabilities: examples.map(({ probabilities }) => probabilities),
  });
  // Confident of another label, and less of the given one: of two that are both likely, the reader's is taken.
  const doubted = suspects.filter(({ margin, example }) => margin < 0 && !data.confirmed.has(examples[example]!.row));
  const found = doubted.map(({ example, given: own, proposed }) => {
    const { row, place, probabilities } = examples[example]!;
    return {
      row,
      place,
      cluster: data.clusters[place]!.cluster,
      given: labels[own]!,
      suggested: labels[proposed]!,
      selfConfidence: probabilities[own]!,
    };
  });
  return {
    judged: examples.length,
    doubted: found.length,
    notJudged: labels.filter((_, label) => clustersOf[label]! < 2),
    clusters: doubtedClusters(data, found),
    images: found.slice(0, most).map(({ place: _, ...image }) => image),
    pairs: countPairs(found),
  };
};

const doubtedClusters = (
  { clusters, apart }: GuideData,
  found: readonly (DoubtedImage & { readonly place: number })[],
): DoubtedCluster[] =>
  [...Map.groupBy(found, ({ place }) => place)]
    .flatMap(([place, own]) => {
      const images = clusters[place]!.rows.filter((row) => !apart.has(row)).length;
      const [suggested, votes] = mostFrequent(own.map((image) => image.suggested));
      if (votes * 2 < images) return [];
      const { cluster, given } = own[0]!;
      return [{ cluster, given, suggested, doubted: votes, images }];
    })
    .sort((a, b) => b.doubted / b.images - a.doubted / a.images || b.images - a.images || a.cluster - b.cluster);

const mostFrequent = (words: readonly string[]): readonly [string, number] =>
  [...Map.groupBy(words, (word) => word)]
    .map(([word, all]) => [word, all.length] as const)
    .reduce((best, one) => (one[1] > best[1] ? one : best));

const countPairs = (found: readonly DoubtedImage[]): DoubtedLabels["pairs"] =>
  [...Map.groupBy(found, ({ given, suggested }) => JSON.stringify([given, suggested])).values()]
    .map((own) => ({ given: own[0]!.given, suggested: own[0]!.suggested, images: own.length }))
    .sort((a, b) => b.images - a.images || (a.given < b.given ? -1 : 1));
