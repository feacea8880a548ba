/** Messages between centres: the text is signed as it travels, so nothing has to be put in order before a signature is checked. */

import { type KeyObject, sign, verify } from "node:crypto";
import { readPublicKey } from "./identity.ts";

/** A question is never taken for an answer, nor either for what another program signs with the key. */
export type MessagePurpose = "question" | "answer";

/** A text and who vouches for it. */
export interface Signed {
  readonly message: string;
  /** Ed25519, in base64. */
  readonly signature: string;
}

const signedBytes = (purpose: MessagePurpose, message: string): Buffer =>
  Buffer.from(`osteon centre ${purpose} 1\n${message}`, "utf8");

/** Signs a text. */
export const signMessage = (purpose: MessagePurpose, message: string, key: KeyObject): Signed => ({
  message,
  signature: sign(null, signedBytes(purpose, message), key).toString("base64"),
});

/** Whether a text was signed for this purpose by the holder of a public key. */
export const isSignedBy = (purpose: MessagePurpose, { message, signature }: Signed, publicKey: string): boolean =>
  verify(null, signedBytes(purpose, message), readPublicKey(publicKey), Buffer.from(signature, "base64"));
