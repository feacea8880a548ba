/** Identifiers that follow from a seed, so that the same centre has the same files on every machine. */
import { createHash } from "node:crypto";

/**
 * A UID below 2.25 (PS3.5 annex B.2): the SHA-256 of the names, cut to a UUID of version 8 (RFC 9562), as a decimal number.
 * @example
 * phantomUid(41, "P0001", "image", 1);
 */
export const phantomUid = (...names: readonly (string | number)[]): string => {
  const bytes = createHash("sha256").update(JSON.stringify(names)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString("hex")}`)}`;
};
