/** In which order clusters are read: those that look alike side by side, or as they are suggested. */

import { useMemo, useState } from "react";
import type { ClusterState } from "../../../../src/contract/atlas.ts";
import type { NextCluster } from "../../../../src/contract/atlas-guide.ts";

export const readingOrders = ["alike", "suggested"] as const;
export type ReadingOrder = (typeof readingOrders)[number];

const key = "osteon.atlas.order";

const readOrder = (): ReadingOrder => (localStorage.getItem(key) === "suggested" ? "suggested" : "alike");

interface ReadingOrderOptions {
  readonly clusters: readonly ClusterState[];
  readonly next: readonly NextCluster[] | undefined;
  readonly current: number;
}

/** The order, the clusters in it, and what changes it. */
export const useReadingOrder = ({ clusters, next, current }: ReadingOrderOptions) => {
  const [order, setOrder] = useState(readOrder);
  const [seen, setSeen] = useState<readonly number[]>([current]);
  if (order === "suggested" && !seen.includes(current)) setSeen([...seen, current]);
  const queue = useMemo(() => {
    const alike = inOrder(clusters);
    if (order === "alike") return alike;
    // What was looked at stays where it is, so that the way back leads there, however the suggestions change.
    const known = new Set(alike);
    const wanted = [...seen, ...(next ?? []).map(({ cluster }) => cluster)].filter((cluster) => known.has(cluster));
    return [...new Set([...wanted, ...alike])];
  }, [clusters, next, order, seen]);
  const choose = (chosen: ReadingOrder): void => {
    try {
      localStorage.setItem(key, chosen);
    } catch {
      // A browser that keeps nothing begins with the usual order.
    }
    setSeen([current]);
    setOrder(chosen);
  };
  return { order, queue, choose };
};

/** By their numbers; the parts of a cluster where it was. */
const inOrder = (clusters: readonly ClusterState[]): readonly number[] => {
  const parents = new Map(clusters.map(({ cluster, splitOf }) => [cluster, splitOf]));
  const rootOf = (cluster: number): number => {
    const parent = parents.get(cluster);
    return parent === null || parent === undefined ? cluster : rootOf(parent);
  };
  return clusters
    .map(({ cluster }) => ({ cluster, root: rootOf(cluster) }))
    .sort((a, b) => a.root - b.root || a.cluster - b.cluster)
    .map(({ cluster }) => cluster);
};
