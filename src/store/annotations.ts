/** Marks that others drew on radiographs of the home, in the radiograph's own pixels. */

import { type ImageId, imageId } from "../clinic/ids.ts";
import type { Annotation } from "../clinic/public-sets/annotation.ts";
import type { Database } from "./database.ts";

/** All marks of one source on one radiograph. */
export interface ImageAnnotations {
  readonly image: ImageId;
  /** Who drew them, such as `btxrd`. */
  readonly source: string;
  readonly annotations: readonly Annotation[];
}

/** Writes marks in one transaction; those of the same source on the same radiograph are replaced. */
export const writeAnnotations = (database: Database, marks: readonly ImageAnnotations[]): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    for (const { image, source, annotations } of marks) {
      const row = { annotations: JSON.stringify(annotations) };
      await transaction
        .insertInto("image_annotations")
        .values({ image_id: image, source, ...row })
        .onConflict((conflict) => conflict.columns(["image_id", "source"]).doUpdateSet(row))
        .execute();
    }
  });

/** The marks of every radiograph, or of some. */
export const listAnnotations = async (
  database: Database,
  of?: ImageId | readonly ImageId[],
): Promise<ImageAnnotations[]> => {
  if (Array.isArray(of) && of.length === 0) return [];
  const query = database.selectFrom("image_annotations").selectAll().orderBy("image_id").orderBy("source");
  const rows = await (of === undefined ? query : query.where("image_id", "in", [of].flat())).execute();
  return rows.map(({ image_id, source, annotations }) => ({
    image: imageId(image_id),
    source,
    annotations: JSON.parse(annotations) as Annotation[],
  }));
};
