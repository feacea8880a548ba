/**
 * JPEG files, decoded by libjpeg to the very end of the stream: of streams with damage in the middle it finds several times
 * as many as libvips, which stops looking when its rows are full.
 */
import sharp from "sharp";
import { greyOfYbr, rgbOfYbr } from "./colour.ts";
import { readJpegStructure } from "./jpeg-structure.ts";
import { decodeNatively } from "./native-codecs.ts";
import { orient } from "./orient.ts";
import type { Samples } from "./samples.ts";
import { checkSize, Unreadable } from "./unreadable.ts";

/** Stored samples of one or three channels, and the value of full intensity. */
export interface DecodedSamples {
  readonly samples: Samples;
  readonly white: number;
}

/** The EXIF orientation, 1 where there is none. */
const orientationOf = async (bytes: Uint8Array): Promise<number> => {
  try {
    return (await sharp(bytes).metadata()).orientation ?? 1;
  } catch {
    return 1; // libvips does not know every process that libjpeg decodes
  }
};

/** One channel of a picture that was saved with colours but has none, as most radiographs are; else red, green and blue. */
const shownOfYbr = (coded: Samples, white: number): Samples => {
  const samples = greyOfYbr(coded, white);
  return samples.channels === 1 ? samples : rgbOfYbr(samples, white);
};

/**
 * Decodes a JPEG of one component, or of three in YCbCr or RGB; the EXIF orientation is applied.
 *
 * @throws Unreadable `truncated`, `corrupt`, `too-large`, `unsupported-pixels`
 * @example
 * const { samples, white } = await decodeJpeg(bytes);
 */
export const decodeJpeg = async (bytes: Uint8Array): Promise<DecodedSamples> => {
  const structure = readJpegStructure(bytes);
  const { width, height, components, precision } = structure;
  checkSize(width, height);
  if (components !== 1 && components !== 3) {
    throw new Unreadable("unsupported-pixels", `The JPEG has ${components} components; grey and RGB are read.`);
  }
  const decoded = await decodeNatively("Jpeg", bytes, { width, height, components, precision, signed: false });
  const values = precision <= 8 ? decoded : new Uint16Array(decoded.buffer, decoded.byteOffset, decoded.length >> 1);
  const white = 2 ** precision - 1;
  const coded = { width, height, channels: components, values };
  const samples = components === 3 && structure.colours !== "rgb" ? shownOfYbr(coded, white) : coded;
  return { samples: structure.hasApp1 ? orient(samples, await orientationOf(bytes)) : samples, white };
};
