/** Clusters as a graph: how far the radiographs of one are like those of each other one. */

import { type GuideData, placesOf } from "./guide-data.ts";
import type { AllNeighbours, Neighbours } from "./neighbours.ts";

/** For each cluster the others that its radiographs' neighbours are in. */
export interface ClusterGraph {
  /** The place among the data's clusters of each row; -1 for a row that is told apart. */
  readonly clusterOf: Int32Array;
  /** By place: places of other clusters with shares that sum to 1, or none. */
  readonly links: readonly (readonly ClusterLink[])[];
}

export interface ClusterLink {
  readonly to: number;
  readonly share: number;
}

/** Each radiograph counts alike and gives its neighbours in other clusters shares by their cosines. */
export const linkClusters = (data: GuideData, { beyond }: AllNeighbours): ClusterGraph => {
  const { clusters, apart } = data;
  const clusterOf = placesOf(data);
  const links = clusters.map(({ rows }) => {
    const shares = new Map<number, number>();
    for (const row of rows) {
      if (apart.has(row)) continue;
      for (const { of, weight } of neighboursOf(beyond, row)) {
        const to = clusterOf[of]!;
        if (to !== -1) shares.set(to, (shares.get(to) ?? 0) + weight);
      }
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    return [...shares].map(([to, share]) => ({ to, share: share / total }));
  });
  return { clusterOf, links };
};

/** The neighbours of a row with weights that sum to 1: by the cosine, for of two that differ the nearer says more. */
export const neighboursOf = (
  { most, rows, cosines }: Neighbours,
  row: number,
): { readonly of: number; readonly weight: number }[] => {
  const found: { of: number; weight: number }[] = [];
  let total = 0;
  for (let at = row * most; at < (row + 1) * most; at++) {
    const of = rows[at]!;
    const weight = Math.max(0, cosines[at]!) ** sharpness;
    if (of === -1 || weight === 0) continue;
    found.push({ of, weight });
    total += weight;
  }
  return found.map(({ of, weight }) => ({ of, weight: weight / total }));
};

const sharpness = 2;
