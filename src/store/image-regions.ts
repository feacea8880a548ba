/** What the atlas sorted each radiograph as: the newest sorting alone, with the run whose model did it. */

import { sql } from "kysely";
import type { NoRegionReason } from "../clinic/atlas/no-region.ts";
import { type ImageId, imageId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";

/** What a model took a radiograph for. */
export interface ImageRegion {
  /** The run whose model it was. */
  readonly run: string;
  /** The likeliest region, also where the radiograph is not known to be of one. */
  readonly region: string;
  readonly score: number;
  readonly second: { readonly region: string; readonly score: number } | null;
  readonly known: boolean;
  /** Why it belongs to no region that the model knows; null where it is known. */
  readonly reason: NoRegionReason | null;
}

/** Rows of one statement, whose values the database numbers with 16 bits. */
const rowsAtOnce = 2000;

/** Writes down what radiographs were sorted as, in one transaction; what was written before is replaced. */
export const writeImageRegions = (
  database: Database,
  regions: ReadonlyMap<ImageId, ImageRegion>,
  at: Date,
): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const rows = [...regions].map(([image, { run, region, score, second, known, reason }]) => ({
      image_id: image,
      run_id: run,
      region,
      score,
      second_region: second?.region ?? null,
      second_score: second?.score ?? null,
      known,
      reason,
      sorted_at: at,
    }));
    for (let first = 0; first < rows.length; first += rowsAtOnce) {
      await transaction
        .insertInto("image_regions")
        .values(rows.slice(first, first + rowsAtOnce))
        .onConflict((conflict) =>
          conflict.column("image_id").doUpdateSet(({ ref }) => ({
            run_id: ref("excluded.run_id"),
            region: ref("excluded.region"),
            score: ref("excluded.score"),
            second_region: ref("excluded.second_region"),
            second_score: ref("excluded.second_score"),
            known: ref("excluded.known"),
            reason: ref("excluded.reason"),
            sorted_at: ref("excluded.sorted_at"),
          })),
        )
        .execute();
    }
  });

/** The radiographs that a run's model has not sorted yet, all or those that came in since, in the order of their ids. */
export const listUnsorted = async (database: Database, run: string, since?: Date): Promise<ImageId[]> => {
  const query = database
    .selectFrom("images")
    .leftJoin("image_regions", (join) =>
      join.onRef("image_regions.image_id", "=", "images.id").on("image_regions.run_id", "=", run),
    )
    .select("images.id")
    .where("image_regions.image_id", "is", null)
    .orderBy("images.id");
  const rows = await (since === undefined ? query : query.where("images.imported_at", ">=", since)).execute();
  return rows.map(({ id }) => imageId(id));
};

/** What the radiographs of the archive were sorted as, as far as they were. */
export const listImageRegions = async (
  database: Database,
): Promise<Map<ImageId, Pick<ImageRegion, "region" | "known" | "reason">>> => {
  const rows = await database.selectFrom("image_regions").select(["image_id", "region", "known", "reason"]).execute();
  return new Map(rows.map(({ image_id, ...sorted }) => [imageId(image_id), sorted]));
};

/** How many radiographs of the archive a run's model sorted into a region, into none, and not at all. */
export const countSorted = async (
  database: Database,
  run: string,
): Promise<{
  readonly images: number;
  readonly known: number;
  readonly unknown: number;
  readonly unsorted: number;
}> => {
  const { rows } = await sql<{ images: number; known: number; unknown: number }>`
    select count(*)::integer as images, (count(*) filter (where known))::integer as known,
      (count(*) filter (where not known))::integer as unknown
    from images left join image_regions on image_regions.image_id = images.id and image_regions.run_id = ${run}`.execute(
    database,
  );
  const { images, known, unknown } = rows[0]!;
  return { images, known, unknown, unsorted: images - known - unknown };
};
