/** PNG and JPEG files as grey pictures, strictly: a damaged file is refused rather than filled with grey. */
import { greyOfColour } from "./colour.ts";
import { type DecodedSamples, decodeJpeg } from "./decode-jpeg.ts";
import { decodePng } from "./decode-png.ts";
import type { GreyImage } from "./grey-image.ts";
import { type GreyRows, imageOfRows } from "./grey-rows.ts";
import { pixelHash } from "./pixel-hash.ts";
import { PNG_SIGNATURE } from "./png-structure.ts";
import { collapseGrey } from "./samples.ts";
import { type ViewerPicture, viewerPictureOfRows } from "./viewer-picture.ts";

/** A decoded picture. */
export interface DecodedRows {
  readonly rows: GreyRows;
  /** Mean chroma in [0, 1], see colour.ts. */
  readonly colourfulness: number;
  /** See pixel-hash.ts. */
  readonly pixelHash: string;
}

/** The picture formats that are decoded. */
export type PictureFormat = "png" | "jpeg";

/** The format that a file's first bytes tell, whatever its name says. */
export const pictureFormat = (bytes: Uint8Array): PictureFormat | undefined => {
  const beginsWith = (start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);
  if (beginsWith(PNG_SIGNATURE)) return "png";
  return beginsWith([0xff, 0xd8, 0xff]) ? "jpeg" : undefined;
};

const decodeSamples = (bytes: Uint8Array, format: PictureFormat): Promise<DecodedSamples> =>
  format === "png" ? decodePng(bytes) : decodeJpeg(bytes);

/**
 * Decodes a PNG or JPEG: EXIF orientation applied, colour to luminance, values divided by full intensity.
 *
 * @throws Unreadable `truncated`, `corrupt`, `too-large`, `unsupported-pixels`
 * @example
 * const { rows, colourfulness } = await decodePictureRows(bytes, "png");
 */
export const decodePictureRows = async (bytes: Uint8Array, format: PictureFormat): Promise<DecodedRows> => {
  const { samples, white } = await decodeSamples(bytes, format);
  const shown = collapseGrey(samples);
  return { ...greyOfColour(shown, white), pixelHash: pixelHash(shown) };
};

/** As {@link decodePictureRows}, with the picture as a viewer wants it. */
export const decodePictureForViewer = async (
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<DecodedRows & { readonly viewer: ViewerPicture }> => {
  const { samples, white } = await decodeSamples(bytes, format);
  const shown = collapseGrey(samples);
  const grey = greyOfColour(shown, white);
  return { ...grey, pixelHash: pixelHash(shown), viewer: viewerPictureOfRows(grey.rows, white) };
};

/** The {@link DecodedRows} with all their values in memory. */
export interface DecodedPicture extends Omit<DecodedRows, "rows"> {
  readonly image: GreyImage;
}

/**
 * Decodes a PNG or JPEG into memory, as {@link decodePictureRows} does.
 *
 * @example
 * const { image, colourfulness } = await decodePicture(bytes, "png");
 */
export const decodePicture = async (bytes: Uint8Array, format: PictureFormat): Promise<DecodedPicture> => {
  const { rows, ...facts } = await decodePictureRows(bytes, format);
  return { ...facts, image: imageOfRows(rows) };
};

/**
 * The grey picture of {@link decodePictureRows} alone: without the hash, which nobody needs who only looks at the picture.
 *
 * @throws Unreadable as {@link decodePictureRows}
 */
export const decodeGreyPicture = async (bytes: Uint8Array, format: PictureFormat): Promise<GreyImage> => {
  const { samples, white } = await decodeSamples(bytes, format);
  return imageOfRows(greyOfColour(collapseGrey(samples), white).rows);
};
