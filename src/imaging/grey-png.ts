/** Grey pictures as PNG files of eight bits: how the home keeps small pictures, and how pages show them. */

import sharp from "sharp";
import type { GreyImage } from "./grey-image.ts";

/** The bytes of an eight-bit grey PNG. */
export const encodeGreyPng = ({ width, height, pixels }: GreyImage): Promise<Uint8Array> => {
  const bytes = Uint8Array.from(pixels, (value) => Math.round(value * 255));
  return sharp(bytes, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
};

/** Reads a PNG that {@link encodeGreyPng} wrote. */
export const decodeGreyPng = async (png: Uint8Array): Promise<GreyImage> => {
  const { data, info } = await sharp(png).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  const pixels = new Float32Array(info.width * info.height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = data[i * info.channels]! / 255;
  return { width: info.width, height: info.height, pixels };
};
