/**
 * The chunk structure of PNG (W3C PNG specification, section 5): every length and every checksum is verified, because the
 * decoder leaves ancillary chunks and the end of the file unchecked.
 */
import { crc32 } from "node:zlib";
import { Unreadable } from "./unreadable.ts";

/** What the header chunk of a PNG declares. */
export interface PngStructure {
  readonly width: number;
  readonly height: number;
  /** 1, 2, 4, 8 or 16 bits per sample or palette index. */
  readonly bitDepth: number;
}

/** The eight bytes every PNG begins with. */
export const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Walks the chunks from the signature to IEND.
 *
 * @throws Unreadable `truncated` where the data ends first, `corrupt` where a checksum or the order is wrong
 * @example
 * readPngStructure(bytes).bitDepth; // 16
 */
export const readPngStructure = (bytes: Uint8Array): PngStructure => {
  if (!PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) {
    throw new Unreadable("corrupt", "The PNG signature is damaged.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PngStructure | undefined;
  let position = PNG_SIGNATURE.length;
  for (;;) {
    if (position + 12 > bytes.length) throw new Unreadable("truncated", "The PNG ends without its end chunk.");
    const length = view.getUint32(position);
    const end = position + 12 + length;
    const type = String.fromCharCode(...bytes.subarray(position + 4, position + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new Unreadable("corrupt", "The PNG has a chunk without a valid name.");
    if (end > bytes.length) throw new Unreadable("truncated", `The PNG ends inside its ${type} chunk.`);
    if (crc32(bytes.subarray(position + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw new Unreadable("corrupt", `The checksum of the PNG's ${type} chunk is wrong.`);
    }
    if (header === undefined) {
      if (type !== "IHDR" || length !== 13) throw new Unreadable("corrupt", "The PNG does not begin with its header.");
      header = {
        width: view.getUint32(position + 8),
        height: view.getUint32(position + 12),
        bitDepth: bytes[position + 16]!,
      };
    }
    if (type === "IEND") return header;
    position = end;
  }
};
