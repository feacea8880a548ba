/** What a page is told of a picture before its samples. */

import type { Picture } from "../../contract/pictures.ts";
import type { DecodedPicture } from "./picture-cache.ts";

export const showPicture = ({ viewer, pixelSpacingMm }: DecodedPicture): Picture => {
  const { width, height, samples, window, smallest, largest, inverted } = viewer;
  const bits = samples.BYTES_PER_ELEMENT === 1 ? 8 : 16;
  return {
    width,
    height,
    bits,
    window,
    smallest,
    largest,
    inverted,
    pixelSpacingMm: pixelSpacingMm && [...pixelSpacingMm],
  };
};
