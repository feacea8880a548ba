/** The features of a home's radiographs: threads prepare the next ones while the networks see one. */

import type { ImageId } from "../../clinic/ids.ts";
import { Prefetch } from "../../learning/prefetch.ts";
import type { Home, StoredImage } from "../../store/index.ts";
import { archiveViews, type PictureToView } from "./archive-pictures.ts";
import type { Embedder } from "./embedder.ts";
import type { LesionBox } from "./lesion-crop.ts";
import type { PrecedentsModel } from "./model.ts";

/** What is known of a radiograph that is to be embedded, at least. */
type ImageToEmbed = Pick<StoredImage, "id" | "width" | "height">;

/** A radiograph with its features, and its texture where it is asked for. */
export interface EmbeddedImage<Image extends ImageToEmbed = StoredImage> {
  readonly image: Image;
  readonly features: Float32Array;
  readonly texture: Float64Array | undefined;
}

/**
 * The radiographs one after another, in their order; the threads end when the loop ends, however it ends.
 *
 * @throws OsteonError `corrupt-store` for a picture that the home lacks
 */
export async function* embedArchive<Image extends ImageToEmbed>(
  { files }: Pick<Home, "files">,
  images: readonly Image[],
  {
    model: { card },
    embedder,
    withTexture = false,
    lesions,
  }: {
    readonly model: PrecedentsModel;
    readonly embedder: Embedder;
    readonly withTexture?: boolean;
    /** The boxes of all these radiographs, where their lesions are to be seen and not the whole. */
    readonly lesions?: ReadonlyMap<ImageId, LesionBox>;
  },
): AsyncGenerator<EmbeddedImage<Image>, void> {
  const { sourceSize, imageSizes } = card.settings;
  const how = archiveViews({ root: files.root, sourceSize, imageSizes, withTexture });
  let position = 0;
  for await (const { value } of new Prefetch(
    images.map(({ id, width, height }): PictureToView => {
      const box = lesions?.get(id);
      return box ? { image: id, lesion: { box, radiograph: { width, height } } } : { image: id };
    }),
    how,
  )) {
    const features = await embedder.embedViews(value.views);
    yield { image: images[position++]!, features, texture: value.texture };
  }
}
