/** Clusters that look like two or more things, found by how they come apart and by what labelled clusters say of their parts. */

import { neighboursOf } from "./cluster-graph.ts";
import type { GuideData, Likeness } from "./guide-data.ts";
import { evidenceFor, type GuideEvidence, knownOf, likenessOf } from "./guide-evidence.ts";
import type { Neighbours } from "./neighbours.ts";
import { partRows, partRowsWell } from "./part-rows.ts";

/** A cluster that is worth splitting. */
export interface ImpureCluster {
  readonly cluster: number;
  readonly images: number;
  /** In [0, 1]. */
  readonly score: number;
  readonly why: "apart" | "mixed";
  readonly label: string | null;
  readonly parts: readonly { readonly rows: readonly number[]; readonly proposed: Likeness | null }[];
}

/** Less than half sure is not worth a look. */
const leastScore = 0.5;
/** Fewer images are told apart as outliers one by one. */
const fewestImages = 6;
const fewestInPart = 2;

/** The surest first. */
export const impureClusters = (data: GuideData, evidence: GuideEvidence, most: number): ImpureCluster[] =>
  data.clusters
    .flatMap((_, place) => {
      const score = scoreOf(data, evidence, place);
      return score.score < leastScore ? [] : [{ place, ...score }];
    })
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, most)
    .map(({ place, score, why }) => {
      const { cluster, label } = data.clusters[place]!;
      const rows = standingRows(data, place);
      const parts = partRowsWell(data.features, rows)?.parts ?? [];
      return {
        cluster,
        images: rows.length,
        score,
        why,
        label,
        parts: parts.map((own) => ({
          rows: own,
          proposed: likenessOf(evidence, evidenceFor(evidence, own, "other clusters")),
        })),
      };
    });

const standingRows = ({ clusters, apart }: GuideData, place: number): number[] =>
  clusters[place]!.rows.filter((row) => !apart.has(row));

/**
 * Two parts are apart where the neighbours of radiographs of the one are of the one; they are mixed where labelled clusters
 * say different things of them. The more is known of both, the more depends on the labels too: two parts of one region are one
 * thing however far apart they lie.
 */
const scoreOf = (
  data: GuideData,
  evidence: GuideEvidence,
  place: number,
): { readonly score: number; readonly why: ImpureCluster["why"] } => {
  const rows = standingRows(data, place);
  const none = { score: 0, why: "apart" } as const;
  if (rows.length < fewestImages) return none;
  const parted = partRows(data.features, rows, 2);
  if (!parted || parted.parts[1]!.length < fewestInPart) return none;
  const [first, second] = parted.parts as [readonly number[], readonly number[]];
  const apart = apartness(evidence.neighbours.near, first, second);
  const [a, b] = [first, second].map((rows) => evidenceFor(evidence, rows, "other clusters"));
  const known = Math.min(1, 2 * Math.min(knownOf(a), knownOf(b)));
  const different = differenceOf(a, b);
  const score = (1 - known) * apart + known * Math.sqrt(apart * different);
  return { score, why: known >= 0.5 && different >= 0.5 ? "mixed" : "apart" };
};

/** 1 where no neighbour crosses from one part to the other; 0 where as many do as if the parts were drawn by lot. */
const apartness = (neighbours: Neighbours, first: readonly number[], second: readonly number[]): number => {
  const isFirst = new Map([...first.map((row) => [row, true] as const), ...second.map((row) => [row, false] as const)]);
  let crossing = 0;
  let byLot = 0;
  for (const [row, side] of isFirst) {
    const others = side ? second.length : first.length;
    for (const { of, weight } of neighboursOf(neighbours, row)) {
      const other = isFirst.get(of);
      if (other === undefined) continue;
      byLot += (weight * others) / (isFirst.size - 1);
      if (other !== side) crossing += weight;
    }
  }
  return byLot === 0 ? 0 : Math.max(0, 1 - crossing / byLot);
};

/** Half the sum of differences between two distributions: 0 for equal ones, 1 for those that share nothing. */
const differenceOf = (a: Float64Array, b: Float64Array): number => {
  const [knownA, knownB] = [knownOf(a), knownOf(b)];
  if (knownA === 0 || knownB === 0) return 0;
  return a.reduce((sum, share, label) => sum + Math.abs(share / knownA - b[label]! / knownB) / 2, 0);
};
