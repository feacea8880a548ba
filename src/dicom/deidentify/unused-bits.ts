/**
 * Bits of native pixel words that are no part of the samples (PS3.5 section 8.1.1). Old overlays lie there, also where the attributes
 * that described them are gone.
 */
import type { PixelDescription } from "../pixel-description.ts";

/**
 * Samples with the bits above and below them as they are without overlays: zero, and the sign above negative ones.
 *
 * @param bytes little endian
 * @returns the bytes themselves where nothing else is in them
 * @example
 * withoutUnusedBits(bytes, readPixelDescription(dataSet));
 */
export const withoutUnusedBits = (bytes: Uint8Array, pixels: PixelDescription): Uint8Array => {
  const { BitsAllocated, BitsStored, HighBit, signed } = pixels;
  if (BitsStored === BitsAllocated || (BitsAllocated !== 8 && BitsAllocated !== 16 && BitsAllocated !== 32)) {
    return bytes;
  }
  const size = BitsAllocated / 8;
  const [left, right] = [31 - HighBit, 32 - BitsStored];
  const lowest = HighBit + 1 - BitsStored;
  const plain = (word: number): number => {
    const sample = signed ? (word << left) >> right : (word << left) >>> right;
    return sample << lowest;
  };
  let clean: Uint8Array | undefined;
  for (let at = 0; at + size <= bytes.length; at += size) {
    let word = 0;
    for (let i = 0; i < size; i++) word |= bytes[at + i]! << (8 * i);
    const wanted = plain(word);
    if ((wanted ^ word) << (32 - BitsAllocated) === 0) continue;
    clean ??= bytes.slice();
    for (let i = 0; i < size; i++) clean[at + i] = (wanted >>> (8 * i)) & 0xff;
  }
  return clean ?? bytes;
};
