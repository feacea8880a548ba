/**
 * What stands for identifiers: UIDs, pseudonyms and date shifts that follow from a secret key (HMAC, RFC 2104, with SHA-256). The same
 * input gives the same output with the same key; without the key nobody can link one to the other.
 */
import { createHmac } from "node:crypto";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** One to ten years, in days: all that is shifted lies in the past. */
const [leastShiftDays, mostShiftDays] = [365, 3652];

/**
 * A UID of the standard itself (PS3.6 annex A): classes, transfer syntaxes, frames of reference; the same for everybody. Their
 * components are short: what has a date or a number of a patient behind the standard's root was made by somebody who must not.
 */
export const isWellKnownUid = (uid: string): boolean => /^1\.2\.840\.10008(\.\d{1,4}){1,9}$/.test(uid);

/** Whether a text is a UID (PS3.5 section 9.1). */
export const isUid = (text: string): boolean => text.length <= 64 && /^[0-2](\.(0|[1-9]\d*))+$/.test(text);

/** UIDs outside the table that say what something is, not whose: classes, code lists. */
export const classUids: ReadonlySet<number> = new Set([
  ...[0x00080016, 0x00081150, 0x0008001a, 0x0008001b, 0x00080062, 0x0008115a, 0x0008010c, 0x00080117, 0x00080118],
  ...[0x00041510, 0x00041512, 0x00080302],
]);

/** Derives what stands for identifiers from one key. */
export class KeyedIdentity {
  readonly #key: Uint8Array;

  /** @param key 32 secret bytes */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  #digest(purpose: string, value: string): Buffer {
    return createHmac("sha256", this.#key).update(`${purpose}\0${value}`).digest();
  }

  /**
   * The UID that stands for another one: a UUID of version 8 below 2.25 (PS3.5 annex B.2, RFC 9562). Well-known UIDs stay.
   *
   * @example
   * identity.uid("1.3.12.2.1107.5.1"); // "2.25.2173..."
   */
  uid(original: string): string {
    if (isWellKnownUid(original)) return original;
    const bytes = this.#digest("uid", original).subarray(0, 16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x80;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return `2.25.${BigInt(`0x${bytes.toString("hex")}`)}`;
  }

  /** The pseudonym of a patient: P and twelve letters and digits, 60 bits. */
  pseudonym(patient: string): string {
    const bytes = this.#digest("patient", patient);
    return `P${Array.from({ length: 12 }, (_, i) => base32[bytes[i]! & 31]).join("")}`;
  }

  /** By how many days the dates of a patient move back, 365 to 3652. */
  shiftDays(patient: string): number {
    const spread = mostShiftDays - leastShiftDays + 1;
    return leastShiftDays + (this.#digest("dates", patient).readUInt32BE(0) % spread);
  }

  /** A mark of anything, 32 hexadecimal digits. */
  mark(value: string | Uint8Array): string {
    const hash = createHmac("sha256", this.#key).update("mark\0").update(value);
    return hash.digest("hex").slice(0, 32);
  }
}

/** Whether a text has the form of {@link KeyedIdentity.pseudonym}. */
export const isPseudonym = (text: string): boolean => /^P[A-Z2-7]{12}$/.test(text);

/** Whether a text has the form of {@link KeyedIdentity.uid}. */
export const isReplacedUid = (text: string): boolean => /^2\.25\.[1-9]\d{0,38}$/.test(text);
