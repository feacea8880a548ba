/** Who this centre is to others: its key, made with the first need of it, and its fingerprint. */

import type { KeyObject } from "node:crypto";
import { type HomeFiles, readCentreKey } from "../../store/index.ts";
import { disguiseSecret, fingerprintOf, publicKeyOf } from "../../systems/centres/index.ts";

export interface CentreIdentity {
  /** The fingerprint of the key. */
  readonly id: string;
  readonly publicKey: string;
  readonly key: KeyObject;
  /** By which the bits are drawn that are flipped in codes that leave. */
  readonly secret: Buffer;
}

export const readIdentity = async (files: HomeFiles): Promise<CentreIdentity> => {
  const key = await readCentreKey(files);
  const publicKey = publicKeyOf(key);
  return { id: fingerprintOf(publicKey), publicKey, key, secret: disguiseSecret(key) };
};
