/** PNG and JPEG pictures to grey, by libvips (sharp), strictly: a damaged file is refused rather than filled with grey. */
import sharp from "sharp";
import { greyOfColour } from "./colour.ts";
import type { GreyImage } from "./grey-image.ts";
import { readJpegStructure } from "./jpeg-structure.ts";
import { pixelHash } from "./pixel-hash.ts";
import { readPngStructure } from "./png-structure.ts";
import { collapseGrey, type Samples } from "./samples.ts";
import { checkSize, MAXIMUM_PIXELS, Unreadable } from "./unreadable.ts";

/** A decoded picture. */
export interface DecodedPicture {
  readonly image: GreyImage;
  /** Mean chroma in [0, 1], see colour.ts. */
  readonly colourfulness: number;
  /** See pixel-hash.ts. */
  readonly pixelHash: string;
}

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

/** Pixels as stored: the embedded colour profile is ignored, the EXIF orientation is applied. */
const decode = async (bytes: Uint8Array): Promise<{ samples: Samples; white: number }> => {
  const picture = sharp(bytes, { failOn: "warning", limitInputPixels: MAXIMUM_PIXELS, ignoreIcc: true });
  const { depth, space, channels } = await picture.metadata();
  const deep = depth === "ushort";
  const grey = channels <= 2;
  // Without a 16-bit colour space libvips converts to 8-bit RGB and gives wrong values without an error.
  const target = deep ? (grey ? "grey16" : "rgb16") : grey ? "b-w" : "srgb";
  const upright = space === target ? picture.autoOrient() : picture.autoOrient().toColourspace(target);
  const { data, info } = await upright.raw({ depth: deep ? "ushort" : "uchar" }).toBuffer({ resolveWithObject: true });
  const count = info.width * info.height * info.channels;
  const values = deep
    ? new Uint16Array(data.buffer, data.byteOffset, count)
    : new Uint8Array(data.buffer, data.byteOffset, count);
  return {
    samples: { width: info.width, height: info.height, channels: info.channels, values },
    white: deep ? 65535 : 255,
  };
};

/**
 * Decodes a PNG (1 to 16 bit; grey, RGB, palette, with or without alpha) or JPEG: EXIF orientation applied, alpha on black,
 * colour to luminance, values divided by full intensity.
 *
 * @throws Unreadable `truncated`, `corrupt`, `too-large`, `unsupported-pixels`
 * @example
 * const { image, colourfulness } = await decodePicture(bytes, "png");
 */
export const decodePicture = async (bytes: Uint8Array, format: "png" | "jpeg"): Promise<DecodedPicture> => {
  const structure = format === "png" ? readPngStructure(bytes) : readJpegStructure(bytes);
  checkSize(structure.width, structure.height);
  let decoded: { samples: Samples; white: number };
  try {
    decoded = await decode(bytes);
  } catch (error) {
    throw new Unreadable("corrupt", `The ${format.toUpperCase()} data cannot be decoded.`, error);
  }
  const samples = collapseGrey(withoutAlpha(decoded.samples, decoded.white));
  if (samples.channels !== 1 && samples.channels !== 3) {
    throw new Unreadable("unsupported-pixels", `The picture has ${samples.channels} channels.`);
  }
  return { ...greyOfColour(samples, decoded.white), pixelHash: pixelHash(samples) };
};
