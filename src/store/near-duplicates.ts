/** Radiographs that an import took for another one again, and what people say of these pairs. */

import { type ImageId, imageId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";
import type { DecisionToWrite } from "./doubts.ts";

/** Two radiographs that look the same. */
export interface NearDuplicatePair {
  readonly image: ImageId;
  /** The one that was there first. */
  readonly of: ImageId;
  readonly decision: {
    readonly decision: "confirmed" | "parted";
    readonly by: string;
    readonly at: Date;
  } | null;
}

const everyPair = (database: Database) =>
  database
    .selectFrom("images")
    .leftJoin("near_duplicate_decisions as decided", "decided.image_id", "images.id")
    .where((where) => where.or([where("near_duplicate_of", "is not", null), where("decided.image_id", "is not", null)]))
    .select(({ fn }) => [
      "images.id as id",
      fn.coalesce("decided.other_id", "near_duplicate_of").as("other_id"),
      "decision",
      "decided_by",
      "decided_at",
    ]);

/** A page of pairs. */
export const listNearDuplicates = async (
  database: Database,
  { state, offset, limit }: { readonly state: "open" | "decided"; readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly pairs: readonly NearDuplicatePair[] }> => {
  const query = database
    .selectFrom(everyPair(database).as("pairs"))
    .where("decision", state === "open" ? "is" : "is not", null);
  const { total } = await query.select(({ fn }) => fn.countAll<string>().as("total")).executeTakeFirstOrThrow();
  const rows = await query.selectAll().orderBy("id").offset(offset).limit(limit).execute();
  return {
    total: Number(total),
    pairs: rows.map(({ id, other_id, decision, decided_by, decided_at }) => ({
      image: imageId(id),
      of: imageId(other_id!),
      decision: decision === null ? null : { decision, by: decided_by!, at: decided_at! },
    })),
  };
};

/**
 * Writes down whether two radiographs show the same, or with null that nobody has decided; parted ones are no duplicates
 * any more.
 *
 * @returns whether there is such a pair
 */
export const decideNearDuplicate = (
  database: Database,
  image: ImageId,
  { decision, check }: DecisionToWrite<NearDuplicatePair["decision"]>,
): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const pair = await everyPair(transaction).where("images.id", "=", image).executeTakeFirst();
    if (pair?.other_id == null) return false;
    check?.(pair.decided_by);
    await transaction
      .updateTable("images")
      .set({ near_duplicate_of: decision?.decision === "parted" ? null : pair.other_id })
      .where("id", "=", image)
      .execute();
    if (decision === null) {
      await transaction.deleteFrom("near_duplicate_decisions").where("image_id", "=", image).execute();
      return true;
    }
    const row = { decision: decision.decision, decided_by: decision.by, decided_at: decision.at };
    await transaction
      .insertInto("near_duplicate_decisions")
      .values({ image_id: image, other_id: pair.other_id, ...row })
      .onConflict((conflict) => conflict.column("image_id").doUpdateSet(row))
      .execute();
    return true;
  });
