/** Thumbnails of small pictures, as lists of radiographs show them. */

import sharp from "sharp";

/** A PNG with its longer side at most `side`, as WebP: a quarter of the bytes. */
export const encodeThumbnail = (png: Uint8Array, side: number): Promise<Uint8Array> =>
  sharp(png)
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80, effort: 1 })
    .toBuffer();

/** Whether the bytes are a WebP that is all there. */
export const isWholeThumbnail = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length > 12 && view.getUint32(4, true) + 8 === bytes.length;
};
