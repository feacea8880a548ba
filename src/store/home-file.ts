/** `home.json`: says that a folder is a home, and of which archive where its database is on a server. */

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OsteonError } from "../errors.ts";
import { exists, writeFileAtomically } from "./atomic-file.ts";
import type { Database } from "./database.ts";
import type { DatabaseServer } from "./database-server.ts";

/** What a home says of itself. */
interface HomeFile {
  /** The id of the archive on a server; none where the folder has its database. */
  readonly archive?: string;
}

const format = "osteon-home";
/** A folder whose database is on a server is no home for an Osteon that knows of none. */
const [ownVersion, serverVersion] = [1, 2];

/** Undefined where there is none. */
export const readHomeFile = async (root: string): Promise<HomeFile | undefined> => {
  const path = join(root, "home.json");
  if (!(await exists(path))) return undefined;
  let kept: { readonly version?: unknown; readonly archive?: unknown };
  try {
    kept = JSON.parse(await readFile(path, "utf8")) as typeof kept;
  } catch (cause) {
    throw new OsteonError("corrupt-store", "The home's home.json is damaged; restore it from a backup.", {}, cause);
  }
  const { version, archive } = kept;
  if (typeof version !== "number" || version > serverVersion) {
    throw new OsteonError(
      "corrupt-store",
      `The home has format ${version} and this Osteon knows up to ${serverVersion}; use a newer Osteon.`,
    );
  }
  return typeof archive === "string" ? { archive } : {};
};

export const writeHomeFile = (root: string, { archive }: HomeFile): Promise<void> => {
  const version = archive === undefined ? ownVersion : serverVersion;
  return writeFileAtomically(join(root, "home.json"), `${JSON.stringify({ format, version, archive })}\n`);
};

/** @throws OsteonError `bad-usage` for a home whose database is on a server: an empty one would be made beside it */
export const refuseServer = ({ archive }: HomeFile): void => {
  if (archive === undefined) return;
  throw new OsteonError(
    "bad-usage",
    "This home's database is on a server; name it with --database, or in the environment variable OSTEON_DATABASE.",
  );
};

/**
 * Makes sure that a folder and a database belong together; a new folder and an empty database do from now on.
 *
 * @throws OsteonError `bad-usage` where they are of two archives
 */
export const claimServer = async (root: string, database: Database, server: DatabaseServer): Promise<void> => {
  const archive = await archiveOf(database);
  const kept = await readHomeFile(root);
  if (kept?.archive === archive) return;
  if (kept?.archive !== undefined || (await hasImages(database))) {
    throw new OsteonError(
      "bad-usage",
      `The files of ${server} are in another home; name that with --home, on a disk that all its machines share.`,
    );
  }
  await writeHomeFile(root, { archive });
};

/** Drawn once for each database; of several processes one writes it. */
const archiveOf = async (database: Database): Promise<string> => {
  const name = "archive id";
  await database
    .insertInto("server_settings")
    .values({ name, value: JSON.stringify(randomUUID()) })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await database
    .selectFrom("server_settings")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return JSON.parse(value) as string;
};

const hasImages = async (database: Database): Promise<boolean> =>
  (await database.selectFrom("images").select("id").limit(1).executeTakeFirst()) !== undefined;
