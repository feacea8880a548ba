/** Splits a cluster by the features it was made by; the same cluster into as many parts comes out the same each time. */

import { OsteonError } from "../../../errors.ts";
import { dot, rowOf } from "../../../numeric/matrix.ts";
import { type Acting, type ClusterMember, type Home, readClusters, splitCluster } from "../../../store/index.ts";
import { type ClusterFeatures, readClusterFeatures } from "../cluster-files.ts";
import { orderMembers } from "../order-clusters.ts";
import { partRows, partRowsWell } from "./part-rows.ts";

/** Which cluster, and into how many parts; as many as come out most distinct where it is not said. */
export interface ClusterToSplit {
  readonly clustering: string;
  readonly cluster: number;
  readonly parts?: number | undefined;
}

/**
 * The parts that a split would make, the largest first.
 *
 * @throws OsteonError `not-found` where there is no such cluster or the clustering kept no features, `bad-input` for one of too few
 *   radiographs, or of radiographs that are all alike
 */
export const previewSplit = async (
  home: Home,
  { clustering, cluster, parts }: ClusterToSplit,
): Promise<ClusterMember[][]> => {
  const [found] = await readClusters(home.database, clustering, cluster);
  if (!found) throw new OsteonError("not-found", `There is no cluster ${cluster} in this clustering.`);
  const features = await readClusterFeatures(home, clustering);
  const rowOfImage = new Map(features.images.map((image, row) => [image, row]));
  const rows = found.members.flatMap(({ image }) => rowOfImage.get(image) ?? []);
  const parted = parts === undefined ? partRowsWell(features.features, rows) : partRows(features.features, rows, parts);
  if (!parted) {
    const wanted = parts === undefined ? "parts" : `${parts} parts`;
    throw new OsteonError(
      "bad-input",
      `Cluster ${cluster} of ${rows.length} radiographs does not come apart in ${wanted}.`,
    );
  }
  return parted.parts.map((part) => membersOf(features, part));
};

/** Splits a cluster, as a reader's action; the numbers of its parts. See {@link previewSplit}. */
export const splitClusterInParts = async (
  home: Home,
  { id, acting, ...asked }: ClusterToSplit & { readonly id: string; readonly acting: Acting },
): Promise<number[]> => {
  const parts = await previewSplit(home, asked);
  return splitCluster(home.database, asked.clustering, { split: { id, cluster: asked.cluster, parts }, acting });
};

const membersOf = ({ features, images }: ClusterFeatures, rows: readonly number[]): ClusterMember[] => {
  const centre = new Float64Array(features.columns);
  for (const row of rows)
    rowOf(features, row).forEach((value, i) => {
      centre[i]! += value / rows.length;
    });
  const square = dot(centre, centre);
  const distanceOf = (row: number): number => {
    const own = rowOf(features, row);
    return Math.sqrt(Math.max(0, dot(own, own) - 2 * dot(centre, own) + square));
  };
  return orderMembers(rows.map((row) => ({ image: images[row]!, distance: distanceOf(row) })));
};
