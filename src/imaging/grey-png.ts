/** Grey pictures as PNG files of eight bits: how the home keeps small pictures, and how pages show them. */

import sharp from "sharp";
import type { GreyImage } from "./grey-image.ts";

/** The bytes of an eight-bit grey PNG. */
export const encodeGreyPng = ({ width, height, pixels }: GreyImage): Promise<Uint8Array> => {
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = pixels[i]! * 255 + 0.5; // rounds, and takes a tenth of Uint8Array.from
  return sharp(bytes, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 2 }) // three per cent more bytes than libvips' default, in half of the time
    .toBuffer();
};

/** Reads a PNG that {@link encodeGreyPng} wrote. */
export const decodeGreyPng = async (png: Uint8Array): Promise<GreyImage> => {
  const { data, info } = await sharp(png).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  const pixels = new Float32Array(info.width * info.height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = data[i * info.channels]! / 255;
  return { width: info.width, height: info.height, pixels };
};
