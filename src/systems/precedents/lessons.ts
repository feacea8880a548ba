/**
 * What the networks learn from: the radiographs, and where a lesion is marked its crop as a picture of its own with the same
 * label. The study's networks saw crops alone (4.4); links compare both, by the same networks.
 */

import type { ImageId } from "../../clinic/ids.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import { Prefetch } from "../../learning/prefetch.ts";
import { type Home, listAnnotations, type StoredImage } from "../../store/index.ts";
import { loadPictures } from "../training/index.ts";
import type { PrecedentsSettings } from "./config.ts";
import { lesionBytes, type MarkedLesion } from "./lesion-bytes.ts";
import { isInside, type LesionBox, lesionBoxes } from "./lesion-crop.ts";

/** Pictures that are learned from, in their order. */
export interface Lessons {
  /** Of whom each picture is: the radiographs, then those whose lesions come again. */
  readonly images: readonly StoredImage[];
  readonly lesions: readonly MarkedLesion[];
}

/** The lessons of some radiographs. */
export const lessonsOf = async (
  { database }: Pick<Home, "database">,
  images: readonly StoredImage[],
  { learnsLesions }: Pick<PrecedentsSettings, "learnsLesions">,
): Promise<Lessons> => {
  const boxes = learnsLesions ? lesionBoxes(await listAnnotations(database)) : new Map<ImageId, LesionBox>();
  const marked = images.flatMap((image) => {
    const box = boxes.get(image.id);
    return box !== undefined && isInside(box, image) ? [{ image, box }] : [];
  });
  return {
    images: [...images, ...marked.map(({ image }) => image)],
    lesions: marked.map(({ image: { id, width, height }, box }) => ({ image: id, box, radiograph: { width, height } })),
  };
};

/** The pictures of the lessons, in memory. */
export const loadLessons = async (
  home: Home,
  { images, lesions }: Lessons,
  { sourceSize: size }: Pick<PrecedentsSettings, "sourceSize">,
): Promise<GreyDataset> => {
  const pictures = await loadPictures(home, images.slice(0, images.length - lesions.length), size);
  for await (const { value } of new Prefetch(lesions, lesionBytes({ root: home.files.root, size })))
    pictures.addBytes(value);
  return pictures;
};
