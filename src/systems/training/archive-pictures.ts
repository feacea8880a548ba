/**
 * The small pictures of a home as a data set keeps them, read and decoded in the form that prefetch.ts runs in its threads.
 * Imports the store's files alone: a thread has no use for the database.
 */

import { availableParallelism } from "node:os";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import { GreyDataset, greyBytes } from "../../learning/grey-dataset.ts";
import { Prefetch, type Preparation, type Prepare, preparation } from "../../learning/prefetch.ts";
import { HomeFiles } from "../../store/files.ts";
import type { Home, StoredImage } from "../../store/index.ts";

/** Where the pictures are, and at what side a data set keeps them. */
export interface ArchiveByteSettings {
  readonly root: string;
  readonly size: number;
}

/** For a picture's id its bytes as a data set keeps them. */
export const makeArchiveBytes = ({ root, size }: ArchiveByteSettings): Prepare<StoredImage["id"], Uint8Array> => {
  const files = new HomeFiles(root);
  return async (id) => {
    const value = greyBytes(await decodeGreyPng(await files.readPicture(id)), size);
    return { value, transfer: [value.buffer] };
  };
};

/** See {@link makeArchiveBytes}; the thread throws OsteonError `corrupt-store` for a picture that the home lacks. */
export const archiveBytes = (settings: ArchiveByteSettings): Preparation<StoredImage["id"], Uint8Array> =>
  preparation(import.meta.url, makeArchiveBytes, settings);

/** Threads that read pictures; more wait for the disk. */
const mostReaders = 4;

/** The small pictures of radiographs, in memory and in their order. */
export const loadPictures = async (
  home: Home,
  images: readonly Pick<StoredImage, "id">[],
  size: number,
): Promise<GreyDataset> => {
  const pictures = new GreyDataset(size);
  const ids = images.map(({ id }) => id);
  const workers = Math.min(availableParallelism(), mostReaders); // no session runs meanwhile
  for await (const { value } of new Prefetch(ids, archiveBytes({ root: home.files.root, size }), { workers }))
    pictures.addBytes(value);
  return pictures;
};
