/**
 * Splits clusters as readers ask for it. Parts get numbers that no cluster of the clustering ever had, and an undone split keeps
 * its parts' members: so a number means the same radiographs for good.
 */

import { foldActions } from "../clinic/atlas/fold-actions.ts";
import { OsteonError } from "../errors.ts";
import { type Acting, listClusterActions } from "./cluster-labels.ts";
import { type ClusterMember, writeMembers } from "./clusterings.ts";
import type { Database } from "./database.ts";
import { listClusterSplits, listLeafClusters, numbersOfParts } from "./leaf-clusters.ts";

/** A split to be made. */
export interface NewClusterSplit {
  /** Drawn by whoever acts, so that what is sent twice is done once. */
  readonly id: string;
  readonly cluster: number;
  /** All radiographs of the cluster in two parts or more, those of each from the nearest to its centre to the farthest. */
  readonly parts: readonly (readonly ClusterMember[])[];
}

/**
 * Splits a cluster in one transaction, and answers the numbers of its parts. A split that was made already answers its own.
 *
 * @throws OsteonError `conflict` where the cluster is not to be labelled, as one that somebody else has just split, or the id is
 *   another split's
 */
export const splitCluster = (
  database: Database,
  clustering: string,
  { split, acting }: { readonly split: NewClusterSplit; readonly acting: Acting },
): Promise<number[]> =>
  database.transaction().execute(async (transaction) => {
    const { id, cluster, parts } = split;
    const twin = await transaction.selectFrom("cluster_splits").selectAll().where("id", "=", id).executeTakeFirst();
    if (twin?.clustering === clustering && twin.cluster === cluster && twin.reader === acting.reader)
      return numbersOfParts(twin);
    if (twin) throw new OsteonError("conflict", "Another split has this id.");
    const leaves = await listLeafClusters(transaction, clustering);
    if (!leaves.some((leaf) => leaf.cluster === cluster))
      throw new OsteonError("conflict", `Cluster ${cluster} is split already; load the page anew.`);
    const { highest } = await transaction
      .selectFrom("cluster_members")
      .select(({ fn }) => fn.max("cluster").as("highest"))
      .where("clustering", "=", clustering)
      .executeTakeFirstOrThrow();
    const row = { first_part: highest + 1, parts: parts.length };
    await transaction
      .insertInto("cluster_splits")
      .values({
        id,
        clustering,
        cluster,
        ...row,
        reader: acting.reader,
        reader_name: acting.readerName,
        split_at: acting.at,
      })
      .execute();
    const numbers = numbersOfParts(row);
    await writeMembers(
      transaction,
      clustering,
      parts.map((members, i) => ({ cluster: numbers[i]!, members })),
    );
    return numbers;
  });

/**
 * Undoes a split, while nothing was done with its parts.
 *
 * @throws OsteonError `not-found` where the cluster is not split, `conflict` where a part is labelled or split
 */
export const undoClusterSplit = (
  database: Database,
  clustering: string,
  { cluster, by, at }: { readonly cluster: number; readonly by: string; readonly at: Date },
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const splits = await listClusterSplits(transaction, clustering);
    const split = splits.find((one) => one.cluster === cluster);
    if (!split) throw new OsteonError("not-found", `Cluster ${cluster} is not split.`);
    const readings = foldActions(await listClusterActions(transaction, clustering));
    for (const part of split.parts) {
      if (splits.some((one) => one.cluster === part))
        throw new OsteonError("conflict", `Part ${part} is split itself; undo that first.`);
      const reading = readings.get(part);
      if (reading && (reading.labels.length > 0 || reading.decision))
        throw new OsteonError("conflict", `Part ${part} is labelled; take its labels back first.`);
    }
    await transaction
      .updateTable("cluster_splits")
      .set({ undone_by: by, undone_at: at })
      .where("id", "=", split.id)
      .execute();
  });

/** How many splits each reader made, undone ones too, by the reader's id. */
export const countClusterSplits = async (database: Database, clustering: string): Promise<Map<string, number>> => {
  const rows = await database
    .selectFrom("cluster_splits")
    .select(({ fn }) => ["reader", fn.countAll<string>().as("splits")])
    .where("clustering", "=", clustering)
    .groupBy("reader")
    .execute();
  return new Map(rows.map(({ reader, splits }) => [reader, Number(splits)]));
};
