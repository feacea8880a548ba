/**
 * The archive in clusters: which radiograph is in which, the typical ones first. A clustering is never changed; what readers split
 * comes beside it.
 */

import { type ImageId, imageId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import { listLeafClusters } from "./leaf-clusters.ts";

/** A radiograph in its cluster. */
export interface ClusterMember {
  readonly image: ImageId;
  /** From the cluster's centre. */
  readonly distance: number;
  /** Far from the centre beside the others. */
  readonly outlier: boolean;
}

/** A cluster, its radiographs from the nearest to the centre to the farthest. */
export interface StoredCluster {
  /** From 1 up; clusters that look alike follow each other. */
  readonly cluster: number;
  readonly members: readonly ClusterMember[];
}

/** A clustering as a row of a list. */
export interface ClusteringSummary {
  /** The run that made it. */
  readonly id: string;
  readonly clusters: number;
  readonly images: number;
  readonly madeAt: Date;
}

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const rowsAtOnce = 5000;

/** Writes a clustering in one transaction; the run must be there. One that is there already stays: a run makes one alone. */
export const writeClustering = (
  database: Database,
  id: string,
  { clusters, at }: { readonly clusters: readonly StoredCluster[]; readonly at: Date },
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const own = transaction.selectFrom("clusterings").select("run_id").where("run_id", "=", id);
    if (await own.executeTakeFirst()) return;
    const images = clusters.reduce((sum, { members }) => sum + members.length, 0);
    await transaction
      .insertInto("clusterings")
      .values({ run_id: id, clusters: clusters.length, images, made_at: at })
      .execute();
    await writeMembers(transaction, id, clusters);
  });

/** Writes which radiographs are in which cluster, in the transaction of what makes the clusters. */
export const writeMembers = async (
  database: Database,
  clustering: string,
  clusters: readonly StoredCluster[],
): Promise<void> => {
  const rows = clusters.flatMap(({ cluster, members }) =>
    members.map(({ image, distance, outlier }, rank) => ({
      clustering,
      cluster,
      rank,
      image_id: image,
      distance,
      outlier,
    })),
  );
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await database
      .insertInto("cluster_members")
      .values(rows.slice(first, first + rowsAtOnce))
      .execute();
  }
};

/** Every clustering, the newest first. */
export const listClusterings = async (database: Database): Promise<ClusteringSummary[]> => {
  const rows = await database
    .selectFrom("clusterings")
    .selectAll()
    .orderBy("made_at", "desc")
    .orderBy("run_id", "desc")
    .execute();
  return rows.map(({ run_id, clusters, images, made_at }) => ({ id: run_id, clusters, images, madeAt: made_at }));
};

/**
 * The clustering of an id, or the newest.
 *
 * @throws OsteonError `not-found`
 */
export const findClustering = async (database: Database, id?: string): Promise<ClusteringSummary> => {
  const all = await listClusterings(database);
  const found = id === undefined ? all[0] : all.find((one) => one.id === id);
  if (found) return found;
  const sentence = all.length === 0 ? "The archive is not clustered yet; run `osteon atlas cluster` first." : undefined;
  throw new OsteonError("not-found", sentence ?? "There is no clustering of this id; `osteon runs` lists them.");
};

/** The radiographs of each cluster that is to be labelled; or of any one, be it split. */
export const readClusters = async (database: Database, id: string, cluster?: number): Promise<StoredCluster[]> => {
  let query = database
    .selectFrom("cluster_members")
    .select(["cluster", "image_id", "distance", "outlier"])
    .where("clustering", "=", id)
    .orderBy("cluster")
    .orderBy("rank");
  if (cluster !== undefined) query = query.where("cluster", "=", cluster);
  const rowsOf = Map.groupBy(await query.execute(), (row) => row.cluster);
  const wanted = cluster === undefined ? await listLeafClusters(database, id) : [{ cluster }];
  return wanted.flatMap(({ cluster: number }) => {
    const members = rowsOf.get(number);
    if (!members) return [];
    return {
      cluster: number,
      members: members.map(({ image_id, distance, outlier }) => ({ image: imageId(image_id), distance, outlier })),
    };
  });
};

/** How many radiographs each cluster that is to be labelled has, in the order of the clustering. */
export const clusterSizes = async (database: Database, id: string): Promise<Map<number, number>> => {
  const rows = await database
    .selectFrom("cluster_members")
    .select(({ fn }) => ["cluster", fn.countAll<string>().as("images")])
    .where("clustering", "=", id)
    .groupBy("cluster")
    .execute();
  const images = new Map(rows.map((row) => [row.cluster, Number(row.images)]));
  return new Map((await listLeafClusters(database, id)).map(({ cluster }) => [cluster, images.get(cluster) ?? 0]));
};
