/**
 * What of a code leaves the centre: its first bits, some of them flipped at random (randomised response, Warner 1965). The bits
 * of random hyperplanes are alike, so the first of them are a code themselves.
 */

import { createHmac, type KeyObject } from "node:crypto";
import { codeToText } from "./code-bytes.ts";

/** How much of a code is told. */
export interface Disguise {
  /** How many of the first bits. */
  readonly bits: number;
  /** How likely each is flipped, below one half. */
  readonly flippedShare: number;
}

/**
 * The code as it leaves. The same code has the same bits flipped each time: drawn anew, they would be seen through by asking
 * again. With a larger share the same bits are flipped and more.
 *
 * @param secret known to nobody else, or the flips could be taken back
 */
export const disguiseCode = (code: Uint32Array, { bits, flippedShare }: Disguise, secret: Buffer): Uint32Array => {
  const told = code.slice(0, bits / 32);
  if (flippedShare === 0) return told;
  const name = codeToText(code);
  const limit = flippedShare * 2 ** 32;
  for (let first = 0; first < bits; first += 8) {
    const drawn = createHmac("sha256", secret).update(`${first} ${name}`).digest();
    for (let b = first; b < first + 8; b++) {
      if (drawn.readUInt32LE((b - first) * 4) < limit) told[b >>> 5]! ^= 1 << (b & 31);
    }
  }
  return told;
};

/** The secret of a centre's disguises, which follows from its key and tells nothing of it. */
export const disguiseSecret = (key: KeyObject): Buffer =>
  createHmac("sha256", key.export({ format: "der", type: "pkcs8" }))
    .update("osteon disguise of codes")
    .digest();
