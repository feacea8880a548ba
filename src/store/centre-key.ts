/** The key by which a centre signs what it says to others: made once, kept in the home, read by its user alone. */

import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { OsteonError } from "../errors.ts";
import { exists, storageError, syncDirectory } from "./atomic-file.ts";
import type { HomeFiles } from "./files.ts";

/**
 * The home's Ed25519 key, made where there is none.
 *
 * @throws OsteonError `corrupt-store` where its file holds something else: another key would be another centre to all that know this one
 */
export const readCentreKey = async ({ root }: Pick<HomeFiles, "root">): Promise<KeyObject> => {
  const path = join(root, "centre-key.pem");
  if (!(await exists(path))) await makeKey(root, path);
  try {
    const key = createPrivateKey(await readFile(path));
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (cause) {
    throw damaged(cause);
  }
  throw damaged();
};

const damaged = (cause?: unknown): OsteonError =>
  new OsteonError("corrupt-store", "The home's centre-key.pem is damaged; restore it from a backup.", {}, cause);

/** Written whole under another name; of two that do so at once the first one's key stays. */
const makeKey = async (root: string, path: string): Promise<void> => {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  const temporary = `${path}.writing-${process.pid}`;
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(pem);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await syncDirectory(root);
  } catch (cause) {
    throw storageError(cause);
  } finally {
    await rm(temporary, { force: true });
  }
};
