/** Codes as they travel and are kept: base64 of their bytes, least significant bit first. */

import { OsteonError } from "../../errors.ts";
import { hammingDistance } from "../../numeric/hamming.ts";

/** A code as text. */
export const codeToText = (code: Uint32Array): string => {
  const bytes = Buffer.alloc(code.length * 4);
  for (const [i, word] of code.entries()) bytes.writeUInt32LE(word, i * 4);
  return bytes.toString("base64");
};

/** @throws OsteonError `bad-input` for a text of another length */
export const codeFromText = (text: string, bits: number): Uint32Array => {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length * 8 !== bits) {
    throw new OsteonError("bad-input", `The code has ${bytes.length * 8} bits and is said to have ${bits}.`);
  }
  return Uint32Array.from({ length: bits / 32 }, (_, i) => bytes.readUInt32LE(i * 4));
};

/** The share of bits in which two codes differ, as far as the shorter one reaches. */
export const shareOfDifferingBits = (a: Uint32Array, b: Uint32Array): number => {
  const words = Math.min(a.length, b.length);
  return hammingDistance(a.subarray(0, words), b.subarray(0, words)) / (words * 32);
};
