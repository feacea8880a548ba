/** PNG files, decoded by libvips (sharp) after every chunk has been verified. */
import sharp from "sharp";
import type { DecodedSamples } from "./decode-jpeg.ts";
import { readPngStructure } from "./png-structure.ts";
import type { Samples } from "./samples.ts";
import { checkSize, MAXIMUM_PIXELS, Unreadable } from "./unreadable.ts";

/** The picture on black: alpha scales the colour and is dropped. */
const withoutAlpha = (samples: Samples, white: number): Samples => {
  const { width, height, channels, values } = samples;
  if (channels !== 2 && channels !== 4) return samples;
  const colours = channels - 1;
  const kept = values.slice(0, width * height * colours);
  for (let i = 0, from = 0, to = 0; i < width * height; i++, from += channels) {
    const alpha = values[from + colours]! / white;
    for (let c = 0; c < colours; c++) kept[to++] = Math.round(values[from + c]! * alpha);
  }
  return { width, height, channels: colours, values: kept };
};

/** Samples as stored: an embedded colour profile is ignored. */
const decode = async (bytes: Uint8Array): Promise<DecodedSamples> => {
  const picture = sharp(bytes, { failOn: "warning", limitInputPixels: MAXIMUM_PIXELS, ignoreIcc: true });
  const { depth, channels } = await picture.metadata();
  const deep = depth === "ushort";
  const grey = channels === 1; // libvips drops the alpha of grey, but keeps that of colour
  // Without a stated colour space libvips converts to RGB of 8 bits, and gives wrong values without an error.
  const target = deep ? (grey ? "grey16" : "rgb16") : grey ? "b-w" : "srgb";
  const { data, info } = await picture
    .autoOrient()
    .toColourspace(target)
    .raw({ depth: deep ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const count = info.width * info.height * info.channels;
  const values = deep
    ? new Uint16Array(data.buffer, data.byteOffset, count)
    : new Uint8Array(data.buffer, data.byteOffset, count);
  const white = deep ? 65535 : 255;
  return {
    samples: withoutAlpha({ width: info.width, height: info.height, channels: info.channels, values }, white),
    white,
  };
};

/**
 * Decodes a PNG of 1 to 16 bits: grey, RGB or palette, with or without alpha, which is laid on black; the EXIF orientation
 * is applied. Grey of 1, 2 and 4 bits and palettes become 8 bits.
 *
 * @throws Unreadable `truncated`, `corrupt`, `too-large`
 * @example
 * const { samples, white } = await decodePng(bytes);
 */
export const decodePng = async (bytes: Uint8Array): Promise<DecodedSamples> => {
  const { width, height } = readPngStructure(bytes);
  checkSize(width, height);
  try {
    return await decode(bytes);
  } catch (error) {
    throw new Unreadable("corrupt", "The PNG data cannot be decoded.", error);
  }
};
