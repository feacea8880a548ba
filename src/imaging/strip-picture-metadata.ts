/**
 * PNG and JPEG files without anything but their picture: text, EXIF, thumbnails, comments, times and whatever lies behind the end go,
 * byte by byte; the coded pixels stay as they are. PNG specification section 11, ITU-T T.81 section B, CIPA DC-008 for the orientation,
 * which is kept because the picture would be turned without it.
 */
import type { PictureFormat } from "./decode-picture.ts";
import { readJpegStructure } from "./jpeg-structure.ts";
import { readPngStructure } from "./png-structure.ts";
import { Unreadable } from "./unreadable.ts";

/** What the pixels mean; everything else says where they come from. */
const pngChunks: ReadonlySet<string> = new Set("IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT pHYs".split(" "));

const join = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const stripPng = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  readPngStructure(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; ; ) {
    const end = at + 12 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "eXIf" && (orientationOf(bytes.subarray(at + 8, end - 4)) ?? 1) !== 1) {
      throw new Unreadable("unsupported-pixels", "The PNG is turned by its metadata, which cannot stay.");
    }
    if (pngChunks.has(type)) parts.push(bytes.subarray(at, end));
    if (type === "IEND") return join(parts);
    at = end;
  }
};

/** The orientation that a TIFF header's first directory states. */
const orientationOf = (tiff: Uint8Array): number | undefined => {
  if (tiff.length < 14) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return undefined;
  const count = view.getUint16(start, little);
  for (let i = 0, at = start + 2; i < count && at + 12 <= tiff.length; i++, at += 12) {
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little);
  }
  return undefined;
};

/** An EXIF segment that states the orientation and nothing else. */
const orientationSegment = (orientation: number): Uint8Array =>
  Uint8Array.of(
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  );

const isAscii = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

/** An application segment as it may stay, undefined where it may not. */
const keptSegment = (segment: Uint8Array): Uint8Array | undefined => {
  const marker = segment[1]!;
  if (marker === 0xe0 && isAscii(segment, 4, "JFIF\0") && segment.length >= 18) {
    const plain = segment.slice(0, 18); // without its thumbnail
    plain.set([0, 16], 2);
    plain.set([0, 0], 16);
    return plain;
  }
  if (marker === 0xee && isAscii(segment, 4, "Adobe") && segment.length >= 16) {
    const plain = segment.slice(0, 16);
    plain.set([0, 14], 2);
    return plain;
  }
  if (marker === 0xe1 && isAscii(segment, 4, "Exif\0\0")) {
    const orientation = orientationOf(segment.subarray(10));
    return orientation && orientation > 1 && orientation <= 8 ? orientationSegment(orientation) : undefined;
  }
  return undefined;
};

const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let i = bytes.indexOf(0xff, from); i >= 0 && i + 1 < bytes.length; i = bytes.indexOf(0xff, i + 1)) {
    const next = bytes[i + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return i;
  }
  return bytes.length;
};

const stripJpeg = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  readJpegStructure(bytes);
  const parts = [bytes.subarray(0, 2)];
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) return join([...parts, bytes.subarray(at, at + 2)]);
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const end = marker === 0xda ? endOfScan(bytes, at + 2 + length) : at + 2 + length;
    const segment = bytes.subarray(at, end);
    const isOfPicture = (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xda && marker <= 0xdf);
    const kept = isOfPicture ? segment : keptSegment(segment);
    if (kept) parts.push(kept);
    at = end;
  }
};

/**
 * The picture without its metadata.
 *
 * @throws Unreadable `truncated`, `corrupt` where its structure is wrong, `unsupported-pixels` for a PNG that EXIF turns
 * @example
 * const clean = stripPictureMetadata(bytes, "jpeg");
 */
export const stripPictureMetadata = (bytes: Uint8Array, format: PictureFormat): Uint8Array<ArrayBuffer> =>
  format === "png" ? stripPng(bytes) : stripJpeg(bytes);
