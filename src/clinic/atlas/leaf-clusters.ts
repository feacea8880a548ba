/** The clusters that are to be labelled: those of the clustering, but for each that was split its parts. */

/** A split that stands. */
export interface ClusterParts {
  /** The cluster that was split. */
  readonly cluster: number;
  readonly parts: readonly number[];
}

/** A cluster that is not split, and what it is a part of. */
export interface LeafCluster {
  readonly cluster: number;
  readonly splitOf: number | null;
}

/**
 * The leaves in the order of the clustering, parts in the place of what they are parts of: so that clusters that look alike still
 * follow each other.
 *
 * @param clusters how many the clustering was made with; they are numbered from 1
 */
export const leafClusters = (clusters: number, splits: readonly ClusterParts[]): LeafCluster[] => {
  const partsOf = new Map(splits.map(({ cluster, parts }) => [cluster, parts]));
  const leavesUnder = (leaf: LeafCluster): LeafCluster[] =>
    partsOf.get(leaf.cluster)?.flatMap((part) => leavesUnder({ cluster: part, splitOf: leaf.cluster })) ?? [leaf];
  return Array.from({ length: clusters }, (_, i) => ({ cluster: i + 1, splitOf: null })).flatMap(leavesUnder);
};
