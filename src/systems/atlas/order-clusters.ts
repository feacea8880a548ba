/** Clusters as a reader sees them: typical pictures first, outliers marked, and clusters that look alike one after another. */

import type { Clustering } from "../../learning/clustering/k-means.ts";
import { leafOrder } from "../../numeric/leaf-order.ts";
import { rowsAt } from "../../numeric/matrix.ts";
import { quantiles } from "../../numeric/quantile.ts";
import type { ClusterMember, StoredCluster, StoredImage } from "../../store/index.ts";
import { fewestForOutliers, outlierRanges } from "./config.ts";

/**
 * The clusters that are not empty, numbered from 1 in the order of the leaves of the centres' average-linkage tree: so that the
 * reader's eye stays on one region.
 */
export const orderClusters = (
  images: readonly Pick<StoredImage, "id">[],
  { centres, assignment, distances }: Pick<Clustering, "centres" | "assignment" | "distances">,
): StoredCluster[] => {
  const rowsOf = Map.groupBy(assignment.keys(), (row) => assignment[row]!);
  const filled = [...rowsOf.keys()].sort((a, b) => a - b);
  return leafOrder(rowsAt(centres, filled)).map((place, position) => ({
    cluster: position + 1,
    members: orderMembers(
      rowsOf.get(filled[place]!)!.map((row) => ({ image: images[row]!.id, distance: Math.sqrt(distances[row]!) })),
    ),
  }));
};

/** The radiographs of a cluster, the nearest to its centre first, with those marked that lie far beside the others. */
export const orderMembers = (members: readonly Omit<ClusterMember, "outlier">[]): ClusterMember[] => {
  const [first, third] = quantiles(
    members.map(({ distance }) => distance),
    [0.25, 0.75],
  ) as [number, number];
  const limit = members.length < fewestForOutliers ? Number.POSITIVE_INFINITY : third + outlierRanges * (third - first);
  return members
    .toSorted((a, b) => a.distance - b.distance || (a.image < b.image ? -1 : 1))
    .map((member) => ({ ...member, outlier: member.distance > limit }));
};
