/** The radiographs that a table names, by the names of their files or by their ids. */

import { imageKey, parseLabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import type { StoredImage } from "../../store/index.ts";

/**
 * The radiographs of a home that the rows of a CSV table with a column `image` name, in their order in the home. Names of
 * files are compared without their folders, for the home keeps none.
 *
 * @throws OsteonError `bad-input` for no table, or one with a row that names no radiograph of the home, or several
 */
export const imagesNamedIn = (table: Uint8Array, images: readonly StoredImage[]): StoredImage[] => {
  const byName = Map.groupBy(images, ({ fileName }) => imageKey(fileName));
  const byId = new Map(images.map((image) => [image.id as string, image]));
  const { rows } = parseLabelsTable(table);
  const named = new Set<StoredImage>();
  for (const [key, { line }] of rows) {
    const found = byId.get(key) ?? byName.get(key.slice(key.lastIndexOf("/") + 1)) ?? [];
    const own = Array.isArray(found) ? found : [found];
    if (own.length !== 1) {
      const what = own.length === 0 ? "no radiograph of the home" : `${own.length} radiographs; name them by their ids`;
      throw new OsteonError("bad-input", `Line ${line} of the table names ${what}.`, { line });
    }
    named.add(own[0]!);
  }
  return images.filter((image) => named.has(image));
};
