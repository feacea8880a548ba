/** What the networks see of a radiograph: the whole, or the crop of a lesion; and what tells one such sight from another. */

import type { ImageId } from "../../../clinic/ids.ts";
import type { Home, StoredImage } from "../../../store/index.ts";
import type { LesionBox } from "../lesion-crop.ts";

/** A radiograph, and the part of it that is seen; null for the whole. As plain data. */
export interface Sight {
  readonly image: Pick<StoredImage, "id" | "width" | "height">;
  readonly box: LesionBox | null;
}

/** A sight with its key: features are kept under it. */
export interface KeyedSight extends Sight {
  readonly key: string;
}

/** Files that are looked at at the same time. */
const atOnce = 32;

/**
 * The sights with their keys, which change when the small picture is written anew or the box is another. Of a picture that is written
 * between this and its embedding the features are kept under the older key, where nobody finds them later.
 */
export const withKeys = async (
  { files }: Pick<Home, "files">,
  sights: readonly Sight[],
): Promise<readonly KeyedSight[]> => {
  const images = [...new Set(sights.map(({ image }) => image.id))];
  const tags = new Map<ImageId, string>();
  const next = images.values();
  const look = async (): Promise<void> => {
    for (const id of next) tags.set(id, (await files.pictureTag(id)) ?? "");
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  return sights.map((sight) => ({ ...sight, key: keyOf(sight, tags.get(sight.image.id)!) }));
};

const keyOf = ({ image: { id, width, height }, box }: Sight, tag: string): string =>
  [id, tag, ...(box ? [box.x, box.y, box.width, box.height, width, height] : [])].join(" ");
