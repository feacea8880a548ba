/** PNG and JPEG files as grey pictures, strictly: a damaged file is refused rather than filled with grey. */
import { greyOfColour } from "./colour.ts";
import { decodeJpeg } from "./decode-jpeg.ts";
import { decodePng } from "./decode-png.ts";
import type { GreyImage } from "./grey-image.ts";
import { pixelHash } from "./pixel-hash.ts";
import { collapseGrey } from "./samples.ts";

/** A decoded picture. */
export interface DecodedPicture {
  readonly image: GreyImage;
  /** Mean chroma in [0, 1], see colour.ts. */
  readonly colourfulness: number;
  /** See pixel-hash.ts. */
  readonly pixelHash: string;
}

/**
 * Decodes a PNG or JPEG: EXIF orientation applied, colour to luminance, values divided by full intensity.
 *
 * @throws Unreadable `truncated`, `corrupt`, `too-large`, `unsupported-pixels`
 * @example
 * const { image, colourfulness } = await decodePicture(bytes, "png");
 */
export const decodePicture = async (bytes: Uint8Array, format: "png" | "jpeg"): Promise<DecodedPicture> => {
  const { samples, white } = await (format === "png" ? decodePng(bytes) : decodeJpeg(bytes));
  const shown = collapseGrey(samples);
  return { ...greyOfColour(shown, white), pixelHash: pixelHash(shown) };
};
