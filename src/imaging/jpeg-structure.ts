/**
 * The marker structure of JPEG (ITU-T T.81, Annex B) and JPEG-LS (T.87) streams. Decoders fill what is missing with grey
 * and say nothing, so whether a stream is whole is decided here, before it is decoded.
 */
import { Unreadable } from "./unreadable.ts";

/** What the frame header of a JPEG stream declares. */
export interface JpegStructure {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits per sample, 2 to 16. */
  readonly precision: number;
  /** The marker of the frame header: 0xc0 baseline, 0xc1 extended, 0xc2 progressive, 0xc3 lossless, 0xf7 JPEG-LS. */
  readonly process: number;
  /** What the stream itself says of its components: by a JFIF marker, an Adobe marker, or components named R, G, B. */
  readonly colours: "ybr" | "rgb" | "unstated";
  /** Whether there is an APP1 segment, which is where the EXIF orientation stands. */
  readonly hasApp1: boolean;
}

/** Writers of progressive pictures make about ten; each costs a pass over the whole picture. */
const mostScans = 200;

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const JPEG_LS_FRAME = 0xf7;

const isFrameHeader = (marker: number): boolean =>
  marker === JPEG_LS_FRAME || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));

const startsWith = (bytes: Uint8Array, position: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[position + i] === letter.charCodeAt(0));

/** The position of the marker that ends the entropy-coded data from `position` on. */
const endOfScan = (bytes: Uint8Array, position: number, jpegLs: boolean): number => {
  for (let i = bytes.indexOf(0xff, position); i >= 0 && i + 1 < bytes.length; i = bytes.indexOf(0xff, i + 1)) {
    const next = bytes[i + 1]!;
    if (next === 0xff || (next >= 0xd0 && next <= 0xd7)) continue; // fill bytes and restart markers belong to the scan
    if (jpegLs ? next >= 0x80 : next !== 0) return i; // JPEG stuffs a zero byte after FF, JPEG-LS a zero bit
  }
  throw new Unreadable("truncated", "The JPEG data ends without an end-of-image marker.");
};

/**
 * Walks the markers from start to end of image.
 *
 * @throws Unreadable `truncated` where the data ends first, `corrupt` where the structure is wrong
 * @example
 * readJpegStructure(bytes).precision; // 12
 */
export const readJpegStructure = (bytes: Uint8Array): JpegStructure => {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) {
    throw new Unreadable("corrupt", "The JPEG data does not begin with a start-of-image marker.");
  }
  let frame: Omit<JpegStructure, "colours" | "hasApp1"> | undefined;
  let scans = 0;
  let colours: JpegStructure["colours"] = "unstated";
  let isJfif = false;
  let hasApp1 = false;
  let position = 2;
  for (;;) {
    while (bytes[position] === 0xff && bytes[position + 1] === 0xff) position++;
    if (position + 1 >= bytes.length) {
      throw new Unreadable("truncated", "The JPEG data ends without an end-of-image marker.");
    }
    const marker = bytes[position + 1]!;
    if (bytes[position] !== 0xff || marker === 0) {
      throw new Unreadable("corrupt", "The JPEG data has bytes where a marker is due.");
    }
    if (marker === END_OF_IMAGE) break;
    const start = position + 2;
    const length = (bytes[start]! << 8) | bytes[start + 1]!;
    if (!(start + length <= bytes.length)) throw new Unreadable("truncated", "The JPEG data ends inside a header.");
    if (length < 2) throw new Unreadable("corrupt", "The JPEG data has a header of impossible length.");
    if (isFrameHeader(marker)) {
      // Decoders go by the first; what was checked would be the size of another.
      if (frame) throw new Unreadable("corrupt", "The JPEG data holds two frame headers.");
      frame = {
        process: marker,
        precision: bytes[start + 2]!,
        height: (bytes[start + 3]! << 8) | bytes[start + 4]!,
        width: (bytes[start + 5]! << 8) | bytes[start + 6]!,
        components: bytes[start + 7]!,
      };
      const names = [8, 11, 14].map((i) => String.fromCharCode(bytes[start + i] ?? 0)).join("");
      if (colours === "unstated" && frame.components === 3 && names === "RGB") colours = "rgb";
    }
    if (marker === 0xe1) hasApp1 = true;
    if (marker === 0xe0 && startsWith(bytes, start + 2, "JFIF")) {
      isJfif = true;
      colours = "ybr";
    }
    if (marker === 0xee && !isJfif && startsWith(bytes, start + 2, "Adobe")) {
      colours = bytes[start + 13] === 1 ? "ybr" : "rgb";
    }
    position = start + length;
    if (marker === START_OF_SCAN) {
      if (!frame) throw new Unreadable("corrupt", "The JPEG data has a scan before its frame header.");
      position = endOfScan(bytes, position, frame.process === JPEG_LS_FRAME);
      if (++scans > mostScans) throw new Unreadable("corrupt", "The JPEG data holds more scans than a picture needs.");
    }
  }
  if (!frame || scans === 0) throw new Unreadable("corrupt", "The JPEG data holds no picture.");
  return { ...frame, colours, hasApp1 };
};
