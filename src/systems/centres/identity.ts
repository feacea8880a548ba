/** Who a centre is: an Ed25519 key, and its fingerprint, which two administrators compare over the telephone. */

import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { OsteonError } from "../../errors.ts";

/** The public half of a key, 32 bytes in base64. */
export const publicKeyOf = (key: KeyObject): string => {
  const { x } = (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" });
  return Buffer.from(x!, "base64url").toString("base64");
};

/** @throws OsteonError `bad-input` for what is no such key */
export const readPublicKey = (text: string): KeyObject => {
  try {
    const x = Buffer.from(text, "base64").toString("base64url");
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch (cause) {
    throw new OsteonError("bad-input", "This is no key of a centre; have its card copied again.", {}, cause);
  }
};

/** Hexadecimal digits of a fingerprint: 160 bits, which nobody can meet with another key. */
const digits = 40;

/**
 * The fingerprint of a public key: by it a centre is named everywhere.
 *
 * @example
 * fingerprintOf(publicKeyOf(key)); // "3f0c...", 40 digits
 */
export const fingerprintOf = (publicKey: string): string =>
  createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, digits);

/** Whether what a person typed is a fingerprint: spaces, hyphens and capitals are only for reading it out. */
export const isFingerprint = (typed: string, fingerprint: string): boolean =>
  typed.replaceAll(/[\s:-]/g, "").toLowerCase() === fingerprint;
