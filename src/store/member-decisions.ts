/** What readers decided of single radiographs in their clusters. The history only grows; of several decisions the newest holds. */

import { type ImageId, imageId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import type { Acting } from "./cluster-labels.ts";
import type { Database } from "./database.ts";
import { listLeafClusters } from "./leaf-clusters.ts";
import type { MemberVerdict } from "./schema.ts";

/** A decision to be kept. */
export interface NewMemberDecision {
  /** Drawn by whoever acts, so that what is sent twice is kept once. */
  readonly id: string;
  readonly cluster: number;
  readonly images: readonly ImageId[];
  readonly verdict: MemberVerdict;
}

/** What stands for a radiograph in its cluster. */
export interface MemberDecision {
  readonly image: ImageId;
  /** It says nothing of the radiograph in another cluster, as in a part of this one. */
  readonly cluster: number;
  readonly verdict: Exclude<MemberVerdict, "open">;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const rowsAtOnce = 5000;

/**
 * Keeps a decision on radiographs of one cluster, as one action; kept already, it is passed over.
 *
 * @throws OsteonError `bad-input` where a radiograph is not of the cluster, `conflict` where the cluster was split or the id is
 *   another's
 */
export const decideOnMembers = (
  database: Database,
  clustering: string,
  { decision, acting }: { readonly decision: NewMemberDecision; readonly acting: Acting },
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const { id, cluster, images, verdict } = decision;
    const twin = await transaction
      .selectFrom("member_decisions")
      .select(["clustering", "cluster", "verdict", "reader"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (twin) {
      const isRepeated =
        twin.clustering === clustering &&
        twin.cluster === cluster &&
        twin.verdict === verdict &&
        twin.reader === acting.reader;
      if (isRepeated) return;
      throw new OsteonError("conflict", "Another decision has this id.");
    }
    if (!(await listLeafClusters(transaction, clustering)).some((leaf) => leaf.cluster === cluster))
      throw new OsteonError("conflict", `Cluster ${cluster} was split, or is none; load the page anew.`);
    const members = await transaction
      .selectFrom("cluster_members")
      .select("image_id")
      .where("clustering", "=", clustering)
      .where("cluster", "=", cluster)
      .execute();
    const known = new Set<string>(members.map(({ image_id }) => image_id));
    if (!images.every((image) => known.has(image)))
      throw new OsteonError("bad-input", `A radiograph is not of cluster ${cluster}; load the page anew.`);
    const rows = [...new Set(images)].map((image) => ({
      id,
      clustering,
      cluster,
      image_id: image,
      verdict,
      reader: acting.reader,
      reader_name: acting.readerName,
      decided_at: acting.at,
    }));
    for (let first = 0; first < rows.length; first += rowsAtOnce) {
      await transaction
        .insertInto("member_decisions")
        .values(rows.slice(first, first + rowsAtOnce))
        .execute();
    }
  });

/** What stands for each radiograph and cluster that somebody decided on; what was taken back is left out. */
export const listMemberDecisions = async (database: Database, clustering: string): Promise<MemberDecision[]> => {
  const rows = await database
    .selectFrom("member_decisions")
    .selectAll()
    .where("clustering", "=", clustering)
    .orderBy("number")
    .execute();
  const newest = new Map(rows.map((row) => [`${row.cluster} ${row.image_id}`, row]));
  return [...newest.values()].flatMap(({ image_id, cluster, verdict, reader, reader_name, decided_at }) =>
    verdict === "open"
      ? []
      : [{ image: imageId(image_id), cluster, verdict, by: { id: reader, name: reader_name }, at: decided_at }],
  );
};

/** How many decisions were made by whom: one on many radiographs is one; by the reader's id. */
export const countMemberDecisions = async (database: Database, clustering: string): Promise<Map<string, number>> => {
  const rows = await database
    .selectFrom("member_decisions")
    .select(({ fn }) => ["reader", fn.count<string>("id").distinct().as("actions")])
    .where("clustering", "=", clustering)
    .where("verdict", "!=", "open")
    .groupBy("reader")
    .execute();
  return new Map(rows.map(({ reader, actions }) => [reader, Number(actions)]));
};
