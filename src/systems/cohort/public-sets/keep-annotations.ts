/** Keeps the marks of a public set with the radiographs of the home that they were drawn on. */
import { basename } from "node:path";
import { imageKey } from "../../../clinic/labels-table.ts";
import { findByContent, type Home, hashFile, type ImageAnnotations, writeAnnotations } from "../../../store/index.ts";
import type { PublicSet } from "./open-public-set.ts";

/**
 * Keeps the marks on the files that the home has. Returns how many radiographs have some.
 *
 * @param files paths of the set's pictures
 */
export const keepAnnotations = async (
  home: Home,
  { format, annotations }: Pick<PublicSet, "format" | "annotations">,
  files: readonly string[],
): Promise<number> => {
  const marks: ImageAnnotations[] = [];
  for (const file of files) {
    const own = annotations.get(imageKey(basename(file)));
    if (own === undefined || own.length === 0) continue;
    const image = await findByContent(home.database, await hashFile(file));
    if (image !== undefined) marks.push({ image: image.id, source: format, annotations: own });
  }
  await writeAnnotations(home.database, marks);
  return marks.length;
};
