/**
 * What of each radiograph the study compares, as pictures in memory: the lesion's box with its margin, or the whole. Read, decoded and
 * cut in the form that prefetch.ts runs in its threads; knows no database.
 */

import { availableParallelism } from "node:os";
import { decodeGreyPng } from "../../../imaging/grey-png.ts";
import { GreyDataset, greyBytes } from "../../../learning/grey-dataset.ts";
import { Prefetch, type Preparation, type Prepare, preparation } from "../../../learning/prefetch.ts";
import { HomeFiles } from "../../../store/files.ts";
import type { Home, StoredImage } from "../../../store/index.ts";
import { cropLesion, isInside, type LesionBox } from "../lesion-crop.ts";

/** A radiograph of the archive, and the box to see of it; the whole where there is none. */
interface PictureToCrop {
  readonly id: StoredImage["id"];
  readonly width: number;
  readonly height: number;
  readonly box: LesionBox | null;
}

/** Where the pictures are, and at what side a data set keeps them. */
export interface CropSettings {
  readonly root: string;
  readonly size: number;
}

/** For a picture the bytes of its crop, letter-boxed. */
export const makeCrops = ({ root, size }: CropSettings): Prepare<PictureToCrop, Uint8Array> => {
  const files = new HomeFiles(root);
  return async ({ id, box, ...radiograph }) => {
    const whole = await decodeGreyPng(await files.readPicture(id));
    const value = greyBytes(box ? cropLesion(whole, box, radiograph) : whole, size);
    return { value, transfer: [value.buffer] };
  };
};

/** See {@link makeCrops}; the thread throws OsteonError `corrupt-store` for a picture that the home lacks. */
export const crops = (settings: CropSettings): Preparation<PictureToCrop, Uint8Array> =>
  preparation(import.meta.url, makeCrops, settings);

/** Threads that read pictures; more wait for the disk. */
const mostReaders = 4;

/** The boxes by radiograph that lie in their pictures. */
export const boxesWithin = (
  images: readonly StoredImage[],
  boxes: ReadonlyMap<StoredImage["id"], LesionBox>,
): ReadonlyMap<StoredImage["id"], LesionBox> =>
  new Map(
    images.flatMap((image) => {
      const box = boxes.get(image.id);
      return box && isInside(box, image) ? [[image.id, box] as const] : [];
    }),
  );

/** The crops of radiographs, in memory and in their order. */
export const loadCrops = async (
  { files }: Pick<Home, "files">,
  images: readonly StoredImage[],
  { boxes, size }: { readonly boxes: ReadonlyMap<StoredImage["id"], LesionBox>; readonly size: number },
): Promise<GreyDataset> => {
  const pictures = new GreyDataset(size);
  const wanted = images.map(({ id, width, height }) => ({ id, width, height, box: boxes.get(id) ?? null }));
  const workers = Math.min(availableParallelism(), mostReaders); // no session runs meanwhile
  for await (const { value } of new Prefetch(wanted, crops({ root: files.root, size }), { workers }))
    pictures.addBytes(value);
  return pictures;
};
