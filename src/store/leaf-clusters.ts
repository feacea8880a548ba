/** Which clusters of a clustering are to be labelled, as the splits stand. */

import { type LeafCluster, leafClusters } from "../clinic/atlas/leaf-clusters.ts";
import type { Database } from "./database.ts";

/** A split that stands. */
export interface StoredClusterSplit {
  readonly id: string;
  readonly cluster: number;
  readonly parts: readonly number[];
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** The splits that stand, in the order in which they were made. */
export const listClusterSplits = async (database: Database, clustering: string): Promise<StoredClusterSplit[]> => {
  const rows = await database
    .selectFrom("cluster_splits")
    .selectAll()
    .where("clustering", "=", clustering)
    .where("undone_at", "is", null)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    cluster: row.cluster,
    parts: numbersOfParts(row),
    by: { id: row.reader, name: row.reader_name },
    at: row.split_at,
  }));
};

/** The numbers of the clusters that a split made. */
export const numbersOfParts = (split: { readonly first_part: number; readonly parts: number }): number[] =>
  Array.from({ length: split.parts }, (_, i) => split.first_part + i);

/** The clusters that are to be labelled, in the order of the clustering. */
export const listLeafClusters = async (database: Database, clustering: string): Promise<LeafCluster[]> => {
  const { clusters } = await database
    .selectFrom("clusterings")
    .select("clusters")
    .where("run_id", "=", clustering)
    .executeTakeFirstOrThrow();
  return leafClusters(clusters, await listClusterSplits(database, clustering));
};
