/**
 * Looks through the archive's radiographs for text in their pixels, in batches of one transaction: started again, it goes on
 * with those that nobody has looked through. What is found waits at the review desk for a person.
 */

import { OsteonError } from "../../errors.ts";
import { findBurnedInText } from "../../imaging/burned-in-text/find-burned-in-text.ts";
import { imageOfRows, partOfRows } from "../../imaging/grey-rows.ts";
import type { PlateGeometry } from "../../imaging/plate-geometry.ts";
import {
  countToLookThrough,
  type FoundText,
  type Home,
  imagesToLookThrough,
  noteTextsFound,
  writeFoundText,
} from "../../store/index.ts";
import { decodeRadiograph } from "./read-radiograph.ts";

/** Radiographs whose findings are written together. */
const batchSize = 8;
/** Lower than where masking is all that follows: a person looks at every region. */
const leastTextScore = 0.5;

/** How far it went. */
export interface BurnedInTextSearch {
  readonly radiographs: number;
  /** Radiographs in which something was found. */
  readonly withText: number;
}

/**
 * Looks through every radiograph that was not looked through yet.
 *
 * @throws OsteonError `interrupted` when the signal stops it; what was found by then is kept
 */
export const lookForBurnedInText = async (
  home: Home,
  {
    signal,
    onProgress,
  }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<BurnedInTextSearch> => {
  const total = await countToLookThrough(home.database);
  let [done, withText] = [0, 0];
  onProgress?.(0, total);
  for (;;) {
    const batch = await imagesToLookThrough(home.database, batchSize);
    if (batch.length === 0) break;
    const looked = [];
    for (const { image, fileId, geometry } of batch) {
      if (signal?.aborted) break;
      const found = await textIn(home, fileId, geometry);
      looked.push({ image, found });
      done += 1;
      if (found && found.length > 0) withText += 1;
      onProgress?.(done, Math.max(total, done));
    }
    await writeFoundText(home.database, looked);
    if (signal?.aborted) {
      throw new OsteonError(
        "interrupted",
        `The search was interrupted after ${done} of ${total} radiographs; start it again to go on.`,
      );
    }
  }
  if (done > 0) await noteTextsFound(home.database);
  return { radiographs: done, withText };
};

/** In pixels of the radiograph as it is shown; null where the file is gone or no longer read: the search goes on. */
const textIn = async (home: Home, fileId: string, geometry: string | null): Promise<FoundText[] | null> => {
  const bytes = await home.files.readOriginal(fileId).catch((error) => {
    if (error instanceof OsteonError && error.code === "corrupt-store") return null;
    throw error;
  });
  const outcome = bytes && (await decodeRadiograph(bytes));
  if (!outcome?.ok) return null;
  const { rows } = outcome.radiograph;
  const shown = geometry === null ? undefined : (JSON.parse(geometry) as PlateGeometry).shown;
  const isWhole = shown === undefined || (shown.width === rows.width && shown.height === rows.height);
  const image = imageOfRows(isWhole ? rows : partOfRows(rows, shown));
  return findBurnedInText(image, { leastTextScore })
    .filter(({ kind }) => kind === "text")
    .map(({ x, y, width, height, score }) => ({ x, y, width, height, score }))
    .sort((a, b) => b.score - a.score);
};
