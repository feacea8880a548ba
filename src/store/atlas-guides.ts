/** What was worked out to guide the labelling of a clustering, kept for as long as nothing newer is. */

import type { Database } from "./database.ts";

/** Whose labels a guide was worked out from: a reader's id, or null for what is settled. */
export type GuideReader = string | null;

/** A guide as it is kept. */
export interface StoredGuide {
  /** Names what it was worked out from: labels, splits and decisions. */
  readonly basis: string;
  /** JSON, in the form of who works it out. */
  readonly content: string;
  readonly madeAt: Date;
}

const everybody = "";

/** Keeps a guide in the place of an earlier one. */
export const writeAtlasGuide = async (
  database: Database,
  clustering: string,
  { reader, guide }: { readonly reader: GuideReader; readonly guide: StoredGuide },
): Promise<void> => {
  const row = { basis: guide.basis, content: guide.content, made_at: guide.madeAt };
  await database
    .insertInto("atlas_guides")
    .values({ clustering, reader: reader ?? everybody, ...row })
    .onConflict((conflict) => conflict.columns(["clustering", "reader"]).doUpdateSet(row))
    .execute();
};

/** The guide of a reader; undefined where there is none yet. */
export const readAtlasGuide = async (
  database: Database,
  clustering: string,
  reader: GuideReader,
): Promise<StoredGuide | undefined> => {
  const row = await database
    .selectFrom("atlas_guides")
    .select(["basis", "content", "made_at"])
    .where("clustering", "=", clustering)
    .where("reader", "=", reader ?? everybody)
    .executeTakeFirst();
  return row && { basis: row.basis, content: row.content, madeAt: row.made_at };
};
