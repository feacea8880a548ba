/** Sorts radiographs of the archive by region, with the newest atlas model: all that it has not sorted, or what an import brought. */

import type { ImageId } from "../../../clinic/ids.ts";
import { OsteonError } from "../../../errors.ts";
import { Prefetch } from "../../../learning/prefetch.ts";
import {
  findImages,
  type Home,
  type ImageRegion,
  latestFinishedRun,
  listImages,
  listUnsorted,
  type Run,
  type StoredImage,
  writeImageRegions,
} from "../../../store/index.ts";
import { RegionSorter } from "./region-sorter.ts";
import { trainAtlasSystem } from "./train-atlas.ts";
import { atlasViews } from "./view-of.ts";

/** What sorting is told. */
export interface SortOptions {
  /** Sorts also what the newest model has sorted already. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface SortReport {
  /** The run whose model sorted. */
  readonly run: string;
  readonly sorted: number;
  /** Of those: put to a region, and of none. */
  readonly known: number;
  readonly unknown: number;
  readonly byRegion: Readonly<Record<string, number>>;
}

/** @throws OsteonError `not-trained` when there is no model yet */
export const newestAtlasRun = async ({ database }: Pick<Home, "database">): Promise<Run> => {
  const run = await latestFinishedRun(database, trainAtlasSystem);
  if (run) return run;
  throw new OsteonError("not-trained", "The atlas is not trained yet; run `osteon atlas train` first.");
};

/** @throws OsteonError `not-trained`, `corrupt-store` for a damaged model or picture, `interrupted` when the signal stops it */
export const sortArchive = async (home: Home, { again = false, ...options }: SortOptions): Promise<SortReport> => {
  const { id } = await newestAtlasRun(home);
  const images = again
    ? (await listImages(home.database)).map((image) => image.id)
    : await listUnsorted(home.database, id);
  return sortImages(home, id, { ...options, images });
};

/**
 * Sorts what came in after the newest model was trained, as the end of an import. Null where there is no model, and where sorting
 * fails: radiographs that are imported are imported, and `osteon atlas sort --archive` says what is wrong.
 */
export const sortAfterImport = async (
  home: Home,
  options: Omit<SortOptions, "again">,
): Promise<(SortReport & { readonly problem: null }) | { readonly problem: string } | null> => {
  try {
    const run = await latestFinishedRun(home.database, trainAtlasSystem);
    if (!run?.finishedAt) return null;
    const images = await listUnsorted(home.database, run.id, run.finishedAt);
    return { ...(await sortImages(home, run.id, { ...options, images })), problem: null };
  } catch (error) {
    return { problem: error instanceof OsteonError ? error.message : "Sorting by region failed." };
  }
};

/** Rows that are written together: a kill loses no more than these. */
const rowsAtOnce = 100;

const sortImages = async (
  home: Home,
  run: string,
  { images, signal, onProgress, now }: Omit<SortOptions, "again"> & { readonly images: readonly ImageId[] },
): Promise<SortReport> => {
  const counts = new Map<string, number>();
  let unknown = 0;
  if (images.length > 0) {
    const sorter = await RegionSorter.open(home.files, run);
    try {
      for (let from = 0; from < images.length; from += rowsAtOnce) {
        if (signal?.aborted)
          throw new OsteonError(
            "interrupted",
            `Sorting was interrupted after ${from} of ${images.length} radiographs.`,
          );
        const sorted = await sortSome(
          home,
          sorter,
          await findImages(home.database, images.slice(from, from + rowsAtOnce)),
        );
        await writeImageRegions(home.database, sorted, now());
        for (const { region, known } of sorted.values()) {
          if (known) counts.set(region, (counts.get(region) ?? 0) + 1);
          else unknown += 1;
        }
        onProgress?.(Math.min(from + rowsAtOnce, images.length), images.length);
      }
    } finally {
      await sorter.release();
    }
  }
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const byRegion = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { run, sorted: known + unknown, known, unknown, byRegion };
};

const sortSome = async (
  { files }: Home,
  sorter: RegionSorter,
  images: readonly StoredImage[],
): Promise<Map<ImageId, ImageRegion>> => {
  const sorted = new Map<ImageId, ImageRegion>();
  const how = atlasViews({ root: files.root, imageSize: sorter.card.network.imageSize });
  for await (const { item, value } of new Prefetch(images, how)) {
    sorted.set(item.id, { run: sorter.card.modelId, ...(await sorter.sort(value, item.modality)) });
  }
  return sorted;
};
