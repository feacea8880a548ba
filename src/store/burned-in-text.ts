/** Text in the pixels of archive radiographs: what the detector found, and what people say of it. */

import { sql } from "kysely";
import { type ImageId, imageId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";
import type { DecisionToWrite } from "./doubts.ts";
import type { BurnedInTextState } from "./schema.ts";

/** A rectangle in pixels of the radiograph as it is shown; x and y are its left upper corner. */
export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle that the detector found, and how sure it is. */
export interface FoundText extends TextBox {
  readonly score: number;
}

/** A radiograph that was looked through. */
export interface BurnedInText {
  readonly image: ImageId;
  readonly state: BurnedInTextState;
  /** The surest first. */
  readonly found: readonly FoundText[];
  /** As decided; null while nobody did. */
  readonly regions: readonly TextBox[] | null;
  readonly by: string | null;
  readonly at: Date | null;
}

/** Images that nobody has looked through yet, in the order of their files, so that a plate is decoded once. */
export const imagesToLookThrough = async (
  database: Database,
  limit: number,
): Promise<{ readonly image: ImageId; readonly fileId: string; readonly geometry: string | null }[]> => {
  const rows = await notLookedThrough(database)
    .select(["images.id as id", "file_id", "geometry"])
    .orderBy("file_id")
    .orderBy("exposure")
    .limit(limit)
    .execute();
  return rows.map(({ id, file_id: fileId, geometry }) => ({ image: imageId(id), fileId, geometry }));
};

/** How many images nobody has looked through. */
export const countToLookThrough = async (database: Database): Promise<number> => {
  const { count } = await notLookedThrough(database)
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
};

const notLookedThrough = (database: Database) =>
  database
    .selectFrom("images")
    .leftJoin("burned_in_text", "burned_in_text.image_id", "images.id")
    .where("burned_in_text.image_id", "is", null);

/** Writes what was found, in one transaction; what a person decided meanwhile stays. */
export const writeFoundText = (
  database: Database,
  looked: readonly { readonly image: ImageId; readonly found: readonly FoundText[] | null }[],
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    for (const { image, found } of looked) {
      const state: BurnedInTextState = found === null ? "unreadable" : found.length > 0 ? "open" : "none found";
      await transaction
        .insertInto("burned_in_text")
        .values({ image_id: image, found: JSON.stringify(found ?? []), state })
        .onConflict((conflict) => conflict.column("image_id").doNothing())
        .execute();
    }
  });

/** Lets those who keep what they read of the archive read it again, after a search. */
export const noteTextsFound = async (database: Database): Promise<void> => {
  await sql`update archive_version set number = number + 1`.execute(database);
};

/** A page of radiographs in some state, those of which the detector is surest first. */
export const listBurnedInText = async (
  database: Database,
  { state, offset, limit }: { readonly state: BurnedInTextState; readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly images: readonly BurnedInText[] }> => {
  const query = database.selectFrom("burned_in_text").where("state", "=", state);
  const { total } = await query.select(({ fn }) => fn.countAll<string>().as("total")).executeTakeFirstOrThrow();
  const surest = sql`(found::jsonb -> 0 ->> 'score')::double precision`;
  const rows = await query
    .selectAll()
    .orderBy(surest, (order) => order.desc().nullsLast())
    .orderBy("image_id")
    .offset(offset)
    .limit(limit)
    .execute();
  return { total: Number(total), images: rows.map(fromRow) };
};

/** What is known of one radiograph; undefined where nobody looked. */
export const readBurnedInText = async (database: Database, image: ImageId): Promise<BurnedInText | undefined> => {
  const row = await database.selectFrom("burned_in_text").selectAll().where("image_id", "=", image).executeTakeFirst();
  return row && fromRow(row);
};

/** How many radiographs are in each state. */
export const countBurnedInText = async (database: Database): Promise<Partial<Record<BurnedInTextState, number>>> => {
  const rows = await database
    .selectFrom("burned_in_text")
    .select(({ fn }) => ["state", fn.countAll<string>().as("count")])
    .groupBy("state")
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
};

/** Where text stands, as a person says. */
export interface TextDecision {
  /** Empty for a radiograph without text. */
  readonly regions: readonly TextBox[];
  readonly by: string;
  readonly at: Date;
}

/**
 * Writes what a person says, or with null takes it back: what the detector found is to be decided again, and a radiograph in
 * which it found nothing, or which it never saw, is looked through again.
 *
 * @returns whether there is such a radiograph
 */
export const decideBurnedInText = (
  database: Database,
  image: ImageId,
  { decision, check }: DecisionToWrite<TextDecision | null>,
): Promise<boolean> =>
  database.transaction().execute(async (transaction) => {
    const known = await transaction.selectFrom("images").select("id").where("id", "=", image).executeTakeFirst();
    if (known === undefined) return false;
    const before = await readBurnedInText(transaction, image);
    check?.(before?.by ?? null);
    if (decision !== null) await writeTextDecision(transaction, image, decision);
    else if (before && before.by !== null) await takeTextDecisionBack(transaction, before);
    return true;
  });

const writeTextDecision = async (
  transaction: Database,
  image: ImageId,
  { regions, by, at }: TextDecision,
): Promise<void> => {
  const row = {
    state: regions.length > 0 ? ("text" as const) : ("no text" as const),
    regions: JSON.stringify(regions),
    decided_by: by,
    decided_at: at,
  };
  await transaction
    .insertInto("burned_in_text")
    .values({ image_id: image, found: "[]", ...row })
    .onConflict((conflict) => conflict.column("image_id").doUpdateSet(row))
    .execute();
};

const takeTextDecisionBack = async (transaction: Database, { image, found }: BurnedInText): Promise<void> => {
  if (found.length === 0) {
    await transaction.deleteFrom("burned_in_text").where("image_id", "=", image).execute();
    return;
  }
  await transaction
    .updateTable("burned_in_text")
    .set({ state: "open", regions: null, decided_by: null, decided_at: null })
    .where("image_id", "=", image)
    .execute();
};

/** Whether text stands in the pixels of each radiograph that was judged; of the others nobody can say. */
export const judgedTexts = async (database: Database): Promise<Map<ImageId, boolean>> => {
  const rows = await database
    .selectFrom("burned_in_text")
    .select(["image_id", "state"])
    .where("state", "in", ["text", "no text", "none found"])
    .execute();
  return new Map(rows.map(({ image_id, state }) => [imageId(image_id), state === "text"]));
};

/** What a person decided of one radiograph of a file, and where in the file's picture that lies. */
export interface DecidedText {
  /** Whether it is one exposure of several on a plate, beside which more may stand. */
  readonly isExposure: boolean;
  /** Where a radiograph lies on its plate, JSON text; null where that is not known. */
  readonly geometry: string | null;
  readonly regions: readonly TextBox[];
}

/** The decisions by the hash of the file. */
export const decidedTexts = async (database: Database): Promise<Map<string, readonly DecidedText[]>> => {
  const rows = await database
    .selectFrom("burned_in_text")
    .innerJoin("images", "images.id", "burned_in_text.image_id")
    .select(["file_id", "exposure", "geometry", "regions"])
    .where("regions", "is not", null)
    .orderBy("images.id")
    .execute();
  const texts = rows.map(({ file_id: file, exposure, geometry, regions }) => ({
    file,
    text: { isExposure: exposure !== null, geometry, regions: JSON.parse(regions!) as TextBox[] },
  }));
  return new Map([...Map.groupBy(texts, ({ file }) => file)].map(([file, own]) => [file, own.map(({ text }) => text)]));
};

const fromRow = (row: {
  readonly image_id: string;
  readonly state: BurnedInTextState;
  readonly found: string;
  readonly regions: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}): BurnedInText => ({
  image: imageId(row.image_id),
  state: row.state,
  found: JSON.parse(row.found) as FoundText[],
  regions: row.regions === null ? null : (JSON.parse(row.regions) as TextBox[]),
  by: row.decided_by,
  at: row.decided_at,
});
